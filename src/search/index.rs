//! The Tantivy index: a class by all ways to ask it and its answer, to find candidates. Its scores rank within
//! one search and are never compared with a constant.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::WhitespaceTokenizer;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, TantivyDocument, Term as TantivyTerm};

use super::query::{Origin, Query};
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
    fields: Fields,
    /// The class of every document of every segment. Read once: opening a column anew for each hit cost
    /// more than the search itself.
    classes: Vec<Vec<usize>>,
}

impl std::fmt::Debug for CandidateIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CandidateIndex").finish_non_exhaustive()
    }
}

/// What one class is found by, in one language.
#[derive(Debug)]
pub struct IndexedClass<'a> {
    /// Its place among the classes.
    pub class: u64,
    /// The language.
    pub lang: Lang,
    /// All ways to ask it, read.
    pub forms: &'a [Query],
    /// Its answer, read; `None` where it has none.
    pub answer: Option<&'a Query>,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("whitespace")
                .set_index_option(IndexRecordOption::WithFreqs),
        )
    };
    let class = builder.add_u64_field("class", FAST);
    let of = Lang::ALL.map(|lang| LangFields {
        terms: builder.add_text_field(&format!("terms_{}", lang.code()), text()),
        grams: builder.add_text_field(&format!("grams_{}", lang.code()), text()),
    });
    (builder.build(), Fields { class, of })
}

/// The analyzer's words as one text, which Tantivy takes apart at the spaces again: none holds a space.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(word);
        text.push(' ');
    }
    text
}

fn grams(query: &Query) -> Vec<String> {
    let mut grams: Vec<String> = query.words.iter().flat_map(|w| trigrams(&w.text)).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
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
    pub fn build<'a>(
        dir: &Path,
        classes: impl Iterator<Item = IndexedClass<'a>>,
    ) -> tantivy::Result<CandidateIndex> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(dir, schema)?;
        register(&index);
        let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for class in classes {
            let mut doc = TantivyDocument::default();
            doc.add_u64(fields.class, class.class);
            let of = fields.of[class.lang as usize];
            let read = class.forms.iter().chain(class.answer);
            let terms = read.flat_map(|query| query.terms.iter().map(|t| t.name.as_str()));
            doc.add_text(of.terms, joined(terms));
            let grams: Vec<String> = class.forms.iter().flat_map(grams).collect();
            doc.add_text(of.grams, joined(grams.iter().map(String::as_str)));
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
        let classes = searcher.segment_readers().iter().map(|segment| {
            let column = segment.fast_fields().u64("class")?;
            let class = |doc| column.first(doc).and_then(|class| usize::try_from(class).ok());
            Ok((0..segment.max_doc()).map(|doc| class(doc).unwrap_or(usize::MAX)).collect())
        });
        let classes = classes.collect::<tantivy::Result<_>>()?;
        Ok(CandidateIndex { reader, fields, classes })
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
        let of = self.fields.of[query.lang as usize];
        let clause = |field: Field, text: &str| -> (Occur, Box<dyn TantivyQuery>) {
            let term = TantivyTerm::from_field_text(field, text);
            // No boosts: plain term clauses let Tantivy skip what cannot reach the top.
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let mut clauses: Vec<_> = query.terms.iter().map(|t| clause(of.terms, &t.name)).collect();
        // Trigrams only of words that were not known: they cost most and say least.
        let doubtful = query.words.iter().filter(|w| w.origin != Origin::Known);
        clauses.extend(doubtful.flat_map(|w| trigrams(&w.typed)).map(|gram| clause(of.grams, &gram)));
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let hits =
            searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(limit).order_by_score())?;
        let class = |address: DocAddress| {
            self.classes.get(address.segment_ord as usize)?.get(address.doc_id as usize).copied()
        };
        Ok(hits.into_iter().filter_map(|(score, address)| Some((class(address)?, score))).collect())
    }
}

fn register(index: &Index) {
    index.tokenizers().register("whitespace", WhitespaceTokenizer::default());
}
