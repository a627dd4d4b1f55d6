//! The Tantivy index: forms of questions and their answers to candidates. Its scores rank within one
//! search and are never compared with a constant.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token as TantivyToken, WhitespaceTokenizer};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, Term as TantivyTerm};

use super::query::Query;

/// Memory of the writer while it builds; Tantivy wants at least 15 MB a thread.
const WRITER_BYTES: usize = 15_000_000;

/// The fields of a form.
#[derive(Debug, Clone, Copy)]
struct Fields {
    /// Place of the class that the form belongs to.
    class: Field,
    /// `ar` or `fa`.
    lang: Field,
    /// Concepts and stems.
    terms: Field,
    /// Folded words.
    surface: Field,
    /// Character trigrams of the folded words, for typing errors.
    grams: Field,
    /// Concepts and stems of the answer; only on a class's first form.
    answer: Field,
}

/// An open index.
#[derive(Clone)]
pub struct CandidateIndex {
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for CandidateIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CandidateIndex").finish_non_exhaustive()
    }
}

/// A form to be indexed.
#[derive(Debug)]
pub struct IndexedForm<'a> {
    /// Place of its class.
    pub class: u64,
    /// The form, read.
    pub query: &'a Query,
    /// The answer, read; on the first form of a class.
    pub answer: Option<&'a Query>,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(record),
        )
    };
    let fields = Fields {
        class: builder.add_u64_field("class", FAST | STORED | INDEXED),
        lang: builder.add_text_field("lang", text(IndexRecordOption::Basic)),
        terms: builder.add_text_field("terms", text(IndexRecordOption::WithFreqs)),
        surface: builder.add_text_field("surface", text(IndexRecordOption::WithFreqs)),
        grams: builder.add_text_field("grams", text(IndexRecordOption::WithFreqs)),
        answer: builder.add_text_field("answer", text(IndexRecordOption::WithFreqs)),
    };
    (builder.build(), fields)
}

/// The analyzer's tokens, handed to Tantivy as they are: index and query share them to the letter.
fn pre_tokenized<'a>(words: impl Iterator<Item = &'a str>) -> PreTokenizedString {
    let tokens: Vec<TantivyToken> = words
        .enumerate()
        .map(|(position, text)| TantivyToken {
            offset_from: 0,
            offset_to: 0,
            position,
            text: text.to_owned(),
            position_length: 1,
        })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}

fn grams(query: &Query) -> Vec<String> {
    let mut grams: Vec<String> = Vec::new();
    for word in &query.words {
        let chars: Vec<char> = format!("_{}_", word.text).chars().collect();
        for window in chars.windows(3) {
            let gram: String = window.iter().collect();
            if !grams.contains(&gram) {
                grams.push(gram);
            }
        }
    }
    grams
}

impl CandidateIndex {
    /// Writes an index of `forms` into the empty folder `dir` and opens it.
    ///
    /// # Errors
    /// Whatever Tantivy or the file system says.
    pub fn build<'a>(
        dir: &Path,
        forms: impl Iterator<Item = IndexedForm<'a>>,
    ) -> tantivy::Result<CandidateIndex> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(dir, schema)?;
        register(&index);
        let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for form in forms {
            let mut doc = TantivyDocument::default();
            doc.add_u64(fields.class, form.class);
            doc.add_text(fields.lang, form.query.lang.code());
            let query = form.query;
            doc.add_pre_tokenized_text(
                fields.terms,
                pre_tokenized(query.terms.iter().map(|t| t.name.as_str())),
            );
            doc.add_pre_tokenized_text(
                fields.surface,
                pre_tokenized(query.words.iter().map(|w| w.text.as_str())),
            );
            doc.add_pre_tokenized_text(fields.grams, pre_tokenized(grams(query).iter().map(String::as_str)));
            if let Some(answer) = form.answer {
                let terms = answer.terms.iter().map(|t| t.name.as_str());
                doc.add_pre_tokenized_text(fields.answer, pre_tokenized(terms));
            }
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
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(CandidateIndex { reader, fields })
    }

    /// Number of forms in the index.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Up to `limit` classes for a query, best first, each once, with the score of its best form. The
    /// scores are BM25 sums: no unit, comparable only within this one call. An empty query gives none.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    pub fn candidates(&self, query: &Query, limit: usize) -> tantivy::Result<Vec<(usize, f32)>> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        let mut add = |field: Field, text: &str, boost: f32| {
            let term = TantivyTerm::from_field_text(field, text);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost))));
        };
        for term in &query.terms {
            add(self.fields.terms, &term.name, 2.0 * term.weight);
            add(self.fields.answer, &term.name, 0.4 * term.weight);
        }
        for word in &query.words {
            add(self.fields.surface, &word.text, word.weight);
        }
        // Trigrams only where a word was not known: they cost most and say least.
        if query.words.iter().any(|w| w.weight < 1.0 || w.origin == super::query::Origin::Unknown) {
            for gram in grams(query) {
                add(self.fields.grams, &gram, 0.25);
            }
        }
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let matching = BooleanQuery::new(clauses);
        let lang = TermQuery::new(
            TantivyTerm::from_field_text(self.fields.lang, query.lang.code()),
            IndexRecordOption::Basic,
        );
        let in_lang: Vec<(Occur, Box<dyn TantivyQuery>)> = vec![
            (Occur::Must, Box::new(matching)),
            (Occur::Must, Box::new(BoostQuery::new(Box::new(lang), 0.0))),
        ];
        let searcher = self.reader.searcher();
        let hits =
            searcher.search(&BooleanQuery::new(in_lang), &TopDocs::with_limit(limit * 4).order_by_score())?;
        let mut classes: Vec<(usize, f32)> = Vec::with_capacity(limit);
        for (score, address) in hits {
            let reader = searcher.segment_reader(address.segment_ord);
            let class = reader.fast_fields().u64("class")?.first(address.doc_id).unwrap_or(u64::MAX);
            let class = usize::try_from(class).unwrap_or(usize::MAX);
            if classes.len() < limit && !classes.iter().any(|(c, _)| *c == class) {
                classes.push((class, score));
            }
        }
        Ok(classes)
    }
}

fn register(index: &Index) {
    index.tokenizers().register("whitespace", WhitespaceTokenizer::default());
}
