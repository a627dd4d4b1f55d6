//! Placeholder until the safety room is merged.
use super::problem::Problem;
use std::collections::BTreeSet;
/// Policy.
#[derive(Debug, Clone, Default)]
pub struct Policy;
impl Policy {
    /// Parse.
    pub fn parse(_t: &str, _f: &str) -> Result<Policy, Vec<Problem>> {
        Ok(Policy)
    }
    /// Codes.
    pub fn disclaimer_codes(&self) -> BTreeSet<String> {
        [
            "pregnancy",
            "breastfeeding",
            "minors",
            "diabetes",
            "cancer",
            "clots",
            "blood-disease",
            "blood-thinners",
            "heart-medicines",
            "heart-disease",
            "stroke",
            "allergy",
            "infection",
        ]
        .iter()
        .map(|s| s.to_string())
        .collect()
    }
}
