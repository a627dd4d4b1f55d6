//! Placeholder until the safety room is merged.
use super::bilingual::Bilingual;
use super::problem::Problem;
use crate::language::Lang;
use std::collections::BTreeSet;
/// Policy.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    d: Bilingual,
}
#[allow(missing_docs)]
impl Policy {
    /// Parse.
    pub fn parse(_t: &str, _f: &str) -> Result<Policy, Vec<Problem>> {
        Ok(Policy { d: Bilingual { ar: "x".into(), fa: "y".into() } })
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
    pub fn greeting(&self, _l: Lang, _c: Option<&str>) -> String {
        "g".into()
    }
    pub fn emergency(&self, _v: crate::safety::Level, _l: Lang, _c: Option<&str>) -> String {
        "g".into()
    }
    pub fn foreign_notice(&self, _l: bool) -> String {
        "f".into()
    }
    pub fn group_pair(&self, _g: &str) -> Option<&str> {
        None
    }
    pub fn clarify(&self, _l: Lang) -> &str {
        "c"
    }
    pub fn no_answer(&self, _l: Lang) -> &str {
        "n"
    }
    pub fn decline(&self, _k: crate::safety::PersonalKind, _l: Lang) -> &str {
        "d"
    }
    pub fn disclaimer(&self, _c: &str) -> Option<&Bilingual> {
        Some(&self.d)
    }
}
