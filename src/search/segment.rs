//! How the index is searched: the postings of each term, added up by BM25 over all documents. There is one document a
//! class and language, so that going through all postings costs less than what skips some of them, and much less than
//! setting that up for each term. Those of terms are unpacked when the index is opened; those of trigrams, four times as
//! many and asked for only where a word is not known, when they are needed.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};

use super::query::key;
use crate::language::Lang;

/// BM25's usual constants: how soon more of a term counts no more, and how much a long text is discounted.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What is read of postings; all fields are indexed so.
pub(super) const OPTION: IndexRecordOption = IndexRecordOption::WithFreqs;

/// One field of a segment.
#[derive(Clone)]
struct Postings {
    inverted: Arc<InvertedIndexReader>,
    /// What the length of each document makes of its terms.
    norms: Vec<f32>,
}

/// A segment, with what a search needs of it read once: opening a column anew for each search cost more than the
/// search itself.
#[derive(Clone)]
pub(super) struct Segment {
    /// The class of every document.
    classes: Vec<usize>,
    /// What terms say, by language.
    terms: [Unpacked; 2],
    /// Trigrams, by language.
    grams: [Postings; 2],
}

/// The postings of one field, unpacked.
#[derive(Clone, Default)]
struct Unpacked {
    /// For each term's key its range of `held`.
    terms: FxHashMap<u64, (u32, u32)>,
    /// A document, and how full it is of the term, from 0 to 1.
    held: Vec<(u32, f32)>,
}

impl Segment {
    /// A segment of `searcher` with the fields of each language: terms, then trigrams.
    ///
    /// # Errors
    /// Whatever Tantivy says.
    pub(super) fn open(
        searcher: &Searcher,
        segment: &SegmentReader,
        fields: [[Field; 2]; 2],
    ) -> tantivy::Result<Self> {
        let column = segment.fast_fields().u64("class")?;
        let class = |doc| column.first(doc).and_then(|class| usize::try_from(class).ok());
        let classes = (0..segment.max_doc()).map(|doc| class(doc).unwrap_or(usize::MAX)).collect();
        let [[a, b], [c, d]] = fields;
        let postings = |field| Postings::open(searcher, segment, field);
        let terms = [postings(a)?.unpacked()?, postings(c)?.unpacked()?];
        Ok(Self { classes, terms, grams: [postings(b)?, postings(d)?] })
    }
}

impl Postings {
    fn open(searcher: &Searcher, segment: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            tokens += segment.inverted_index(field)?.total_num_tokens();
        }
        let usual = tokens as f32 / searcher.num_docs().max(1) as f32;
        let lengths = segment.get_fieldnorms_reader(field)?;
        let norm = |doc| K1 * (1.0 - B + B * lengths.fieldnorm(doc) as f32 / usual);
        Ok(Self {
            inverted: segment.inverted_index(field)?,
            norms: (0..segment.max_doc()).map(norm).collect(),
        })
    }

    /// All of them.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    fn unpacked(&self) -> tantivy::Result<Unpacked> {
        let mut unpacked = Unpacked::default();
        let mut terms = self.inverted.terms().stream()?;
        let mut block = None;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            let start = unpacked.held.len() as u32;
            let block = self.block_of(terms.value(), &mut block)?;
            self.each(block, |doc, fullness| unpacked.held.push((doc, fullness)));
            unpacked.terms.insert(key(&[term]), (start, unpacked.held.len() as u32));
        }
        unpacked.held.shrink_to_fit();
        Ok(unpacked)
    }

    /// The postings of a term, in `block`, where those of others may have been.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    fn block_of<'b>(
        &self,
        info: &TermInfo,
        block: &'b mut Option<BlockSegmentPostings>,
    ) -> tantivy::Result<&'b mut BlockSegmentPostings> {
        Ok(match block {
            Some(block) => {
                self.inverted.reset_block_postings_from_terminfo(info, block)?;
                block
            }
            none => none.insert(self.inverted.read_block_postings_from_terminfo(info, OPTION)?),
        })
    }

    /// Gives each document of a term's postings, and how full it is of the term.
    fn each(&self, block: &mut BlockSegmentPostings, mut give: impl FnMut(u32, f32)) {
        while block.block_len() > 0 {
            for (doc, times) in block.docs().iter().zip(block.freqs()) {
                let times = *times as f32;
                if let Some(norm) = self.norms.get(*doc as usize) {
                    give(*doc, times / (times + norm));
                }
            }
            block.advance();
        }
    }
}

impl Unpacked {
    /// The documents that hold a term, and how full each is of it.
    fn of(&self, key: u64) -> &[(u32, f32)] {
        let range = self.terms.get(&key).map_or(0..0, |(start, end)| *start as usize..*end as usize);
        self.held.get(range).unwrap_or_default()
    }
}

/// Documents that hold terms of a question.
pub(super) struct Hits<'a> {
    segments: &'a [Segment],
    lang: Lang,
    documents: f32,
    /// The score of each document of each segment; 0 for one that holds nothing.
    scores: Vec<Vec<f32>>,
    /// Where the term at hand is found in each segment.
    found: Vec<Option<TermInfo>>,
    /// Where postings are unpacked: two kilobytes that are not to be made anew for each term.
    block: Option<BlockSegmentPostings>,
}

impl<'a> Hits<'a> {
    /// None yet, in an index of so many `documents` in all.
    pub(super) fn new(segments: &'a [Segment], lang: Lang, documents: u64) -> Self {
        let scores = segments.iter().map(|segment| vec![0.0; segment.classes.len()]).collect();
        Self {
            segments,
            lang,
            documents: documents as f32,
            scores,
            found: Vec::with_capacity(segments.len()),
            block: None,
        }
    }

    /// What a term counts that so many documents hold.
    fn weight(&self, holders: usize) -> f32 {
        let holders = holders as f32;
        (1.0 + (self.documents - holders + 0.5) / (holders + 0.5)).ln() * (1.0 + K1)
    }

    /// Adds what the term of `key` says of each document.
    pub(super) fn add_term(&mut self, key: u64) {
        let lang = self.lang as usize;
        let weight = self.weight(self.segments.iter().map(|segment| segment.terms[lang].of(key).len()).sum());
        for (segment, scores) in self.segments.iter().zip(&mut self.scores) {
            for (doc, fullness) in segment.terms[lang].of(key) {
                if let Some(score) = scores.get_mut(*doc as usize) {
                    *score += weight * fullness;
                }
            }
        }
    }

    /// Adds what a trigram says of each document.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    pub(super) fn add_gram(&mut self, gram: &str) -> tantivy::Result<()> {
        let lang = self.lang as usize;
        self.found.clear();
        for segment in self.segments {
            self.found.push(segment.grams[lang].inverted.terms().get(gram)?);
        }
        let weight = self.weight(self.found.iter().flatten().map(|info| info.doc_freq as usize).sum());
        for ((segment, info), scores) in self.segments.iter().zip(&self.found).zip(&mut self.scores) {
            let Some(info) = info else { continue };
            let postings = &segment.grams[lang];
            let block = postings.block_of(info, &mut self.block)?;
            postings.each(block, |doc, fullness| {
                if let Some(score) = scores.get_mut(doc as usize) {
                    *score += weight * fullness;
                }
            });
        }
        Ok(())
    }

    /// The classes of the `limit` best documents with their scores, best first; of equals the first document.
    pub(super) fn best(&self, limit: usize) -> Vec<(usize, f32)> {
        let mut best: Vec<(usize, f32)> = Vec::with_capacity(limit + 1);
        let mut least = 0.0;
        for (segment, scores) in self.segments.iter().zip(&self.scores) {
            for (class, score) in segment.classes.iter().zip(scores) {
                if *score <= least {
                    continue;
                }
                let place = best.partition_point(|(_, held)| held >= score);
                best.insert(place, (*class, *score));
                if best.len() > limit {
                    best.pop();
                }
                if best.len() == limit {
                    least = best.last().map_or(0.0, |(_, held)| *held);
                }
            }
        }
        best
    }
}
