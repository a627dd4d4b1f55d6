//! Questions to ranked classes: pairs, small talk, and what is known to lie outside. Knows no store, no
//! dialogue and no protocol.

mod ahead;
pub mod alike;
pub mod concepts;
pub mod features;
pub mod index;
mod lexeme;
mod likeness;
pub mod linear;
pub mod matcher;
mod overlap;
pub mod query;
pub mod rank;
mod reading;
mod relaid;
mod segment;
mod slip;
mod snapshot;
mod tongue;
pub mod vocabulary;

pub use concepts::Concepts;
pub use likeness::Likeness;
pub use matcher::{Candidate, Class, ClassKind, Hint, Matcher, Ranking};
pub use query::Query;
pub use rank::Features;
pub use snapshot::{BuildError, prepare};
