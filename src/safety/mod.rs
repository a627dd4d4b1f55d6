//! Red flags, personal requests, risk groups, and masking of identifiers. The screen runs before any
//! search, on every message; it only routes and never judges how ill somebody is.

mod affix;
mod age;
mod fails;
mod latin;
mod lookup;
mod mask;
mod meaning;
mod reading;
mod rules;
mod screen;
mod spelled;
mod typo;
mod verbs;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub use crate::knowledge::policy::{Level, PersonalKind};
pub use mask::mask;
pub use screen::Screen;

/// What the screen found in one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Screening {
    /// The gravest red flag that the message tells of: it interrupts everything else.
    pub red_flag: Option<RedFlag>,
    /// Ids of the signs that a doctor should see without haste, in the policy's order.
    pub caution: Vec<String>,
    /// What the message asks that only a clinician may say.
    pub personal: Option<PersonalKind>,
    /// Risk groups that someone is said to belong to, in the policy's order.
    pub groups: Vec<String>,
    /// Why, a line a finding, in ids of the policy: no word that the patient typed.
    pub explain: Vec<String>,
}

/// A red flag that a message tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedFlag {
    /// Its id in the policy.
    pub id: String,
    /// How urgent it is.
    pub level: Level,
    /// Ids of the signs that it rests on.
    pub evidence: Vec<String>,
}
