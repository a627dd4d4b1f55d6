//! How the index is searched: the postings of each term, added up by BM25 over all documents. There is one document a
//! class and language, so that going through all postings costs less than what skips some of them, and much less than
//! setting that up for each term.

use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};

use crate::language::Lang;

/// BM25's usual constants: how soon more of a term counts no more, and how much a long text is discounted.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What is read of postings; all fields are indexed so.
pub(super) const OPTION: IndexRecordOption = IndexRecordOption::WithFreqs;

/// What a class is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Terms.
    Terms,
    /// Trigrams of words.
    Grams,
}

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
    /// By language and [`Kind`].
    postings: [[Postings; 2]; 2],
}

impl Segment {
    /// A segment of `searcher` with the fields of each language, in the order of [`Kind`].
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
        Ok(Self { classes, postings: [[postings(a)?, postings(b)?], [postings(c)?, postings(d)?]] })
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

    /// Adds what a term says of each document.
    ///
    /// # Errors
    /// Whatever Tantivy says of a broken index.
    pub(super) fn add(&mut self, kind: Kind, term: &str) -> tantivy::Result<()> {
        let (lang, kind) = (self.lang as usize, kind as usize);
        self.found.clear();
        for segment in self.segments {
            self.found.push(segment.postings[lang][kind].inverted.terms().get(term)?);
        }
        let holders: u32 = self.found.iter().flatten().map(|info| info.doc_freq).sum();
        let holders = holders as f32;
        let idf = (1.0 + (self.documents - holders + 0.5) / (holders + 0.5)).ln();
        let weight = idf * (1.0 + K1);
        for ((segment, info), scores) in self.segments.iter().zip(&self.found).zip(&mut self.scores) {
            let Some(info) = info else { continue };
            let Postings { inverted, norms } = &segment.postings[lang][kind];
            let block = match &mut self.block {
                Some(block) => {
                    inverted.reset_block_postings_from_terminfo(info, block)?;
                    block
                }
                none => none.insert(inverted.read_block_postings_from_terminfo(info, OPTION)?),
            };
            while block.block_len() > 0 {
                for (doc, times) in block.docs().iter().zip(block.freqs()) {
                    let (doc, times) = (*doc as usize, *times as f32);
                    if let (Some(score), Some(norm)) = (scores.get_mut(doc), norms.get(doc)) {
                        *score += weight * (times / (times + norm));
                    }
                }
                block.advance();
            }
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
