//! The Tantivy index: a class by all ways to ask it and its answer, to find candidates. Its scores rank within
//! one search and are never compared with a constant.

use std::path::Path;

use tantivy::schema::{FAST, Field, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::WhitespaceTokenizer;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument};

use super::query::{Origin, Query};
use super::segment::{self, Hits, Segment};
use crate::language::Lang;

/// Memory of the writer while it builds: enough for one segment, since every search asks each of them.
const WRITER_BYTES: usize = 60_000_000;

/// The fields of one language. Languages share no field, so that no query needs a filter.
#[derive(Debug, Clone, Copy)]
struct LangFields {
    /// Concepts and stems, of all forms and of the answer.
    terms: Field,
    /// Character trigrams of the forms' words, for typing errors.
    grams: Field,
}

/// The fields of a class.
#[derive(Debug, Clone, Copy)]
struct Fields {
    /// Its place among the classes.
    class: Field,
    of: [LangFields; 2],
}

/// An open index.
#[derive(Clone)]
pub struct CandidateIndex {
    reader: IndexReader,
    segments: Vec<Segment>,
}

impl std::fmt::Debug for CandidateIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CandidateIndex").finish_non_exhaustive()
    }
}

/// What one class is found by, in one language. Words stand in one text, which Tantivy takes apart at the spaces again:
/// none holds a space.
#[derive(Debug)]
pub struct IndexedClass {
    class: u64,
    lang: Lang,
    terms: String,
    grams: String,
}

impl IndexedClass {
    /// The class at the place `class` among all, as yet without any text.
    #[must_use]
    pub fn new(class: u64, lang: Lang) -> Self {
        Self { class, lang, terms: String::new(), grams: String::new() }
    }

    /// Adds a way to ask it.
    pub fn add_form(&mut self, form: &Query) {
        self.add_terms(form);
        let mut grams: Vec<String> = form.words.iter().flat_map(|w| trigrams(&w.text)).collect();
        grams.sort_unstable();
        grams.dedup();
        grams.iter().for_each(|gram| add(&mut self.grams, gram));
    }

    /// Adds the terms of a text alone, such as its answer's.
    pub fn add_terms(&mut self, text: &Query) {
        text.terms.iter().for_each(|term| add(&mut self.terms, &term.name));
    }
}

fn add(text: &mut String, word: &str) {
    text.push_str(word);
    text.push(' ');
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(segment::OPTION),
        )
    };
    let class = builder.add_u64_field("class", FAST);
    let of = Lang::ALL.map(|lang| LangFields {
        terms: builder.add_text_field(&format!("terms_{}", lang.code()), text()),
        grams: builder.add_text_field(&format!("grams_{}", lang.code()), text()),
    });
    (builder.build(), Fields { class, of })
}

fn trigrams(word: &str) -> Vec<String> {
    let chars: Vec<char> = format!("_{word}_").chars().collect();
    chars.windows(3).map(|window| window.iter().collect()).collect()
}

impl CandidateIndex {
    /// Writes an index of `classes` into the empty folder `dir` and opens it.
    ///
    /// # Errors
    /// Whatever Tantivy or the file system says.
    pub fn build(dir: &Path, classes: impl Iterator<Item = IndexedClass>) -> tantivy::Result<CandidateIndex> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(dir, schema)?;
        register(&index);
        let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for class in classes {
            let mut doc = TantivyDocument::default();
            doc.add_u64(fields.class, class.class);
            let of = fields.of[class.lang as usize];
            doc.add_text(of.terms, class.terms);
            doc.add_text(of.grams, class.grams);
            writer.add_document(doc)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Self::with(&index, fields)
    }

    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// Whatever Tantivy or the file system says: the folder is missing, half-written or of another schema.
    pub fn open(dir: &Path) -> tantivy::Result<CandidateIndex> {
        let (expected, fields) = schema();
        let index = Index::open_in_dir(dir)?;
        if index.schema() != expected {
            return Err(tantivy::TantivyError::SchemaError("the index has another schema".to_owned()));
        }
        register(&index);
        Self::with(&index, fields)
    }

    fn with(index: &Index, fields: Fields) -> tantivy::Result<CandidateIndex> {
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let of = fields.of.map(|of| [of.terms, of.grams]);
        let segments = searcher.segment_readers().iter().map(|segment| Segment::open(&searcher, segment, of));
        let segments = segments.collect::<tantivy::Result<_>>()?;
        Ok(CandidateIndex { reader, segments })
    }

    /// Number of classes in the index, counted once a language.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Up to `limit` classes for a query, best first, each once. The
    /// scores are BM25 sums: no unit, comparable only within this one call. An empty query gives none.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    pub fn candidates(&self, query: &Query, limit: usize) -> tantivy::Result<Vec<(usize, f32)>> {
        let mut hits = Hits::new(&self.segments, query.lang, self.len());
        for term in &query.terms {
            hits.add_term(term.key);
        }
        // Trigrams only of words that were not known: they cost most and say least.
        for word in query.words.iter().filter(|w| w.origin != Origin::Known) {
            for gram in trigrams(&word.typed) {
                hits.add_gram(&gram)?;
            }
        }
        Ok(hits.best(limit))
    }
}

fn register(index: &Index) {
    index.tokenizers().register("whitespace", WhitespaceTokenizer::default());
}
