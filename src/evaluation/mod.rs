//! Labelled questions to figures: how many replies are right, how the confidence holds, and how the matcher
//! alone does over other people's pairs.

pub mod calibration;
pub mod compare;
pub mod confidence;
pub mod draw;
pub mod fold;
pub mod foreign;
pub mod judge;
pub mod languages;
pub mod lines;
pub mod matching;
pub mod measures;
pub mod page;
pub mod pattern;
pub mod queries;
pub mod questions;
pub mod report;
pub mod run;
pub mod spelling;
pub mod suite;
pub mod thresholds;

pub use judge::{Why, judge};
pub use lines::{Place, ReadError};
pub use questions::{Kind, Question};
pub use report::{Floor, Report};
pub use run::{Judged, run};
pub use suite::{Loss, Respelled, Suite};
pub use thresholds::Study;
