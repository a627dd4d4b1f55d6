//! Stub.
use crate::knowledge::Policy;
/// Level.
#[derive(Debug, Clone, Copy, serde::Serialize, PartialEq)]
pub enum Level {
    /// E
    Emergency,
}
/// Flag.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RedFlag {
    /// l
    pub level: Level,
}
/// Kind.
#[derive(Debug, Clone, Copy, serde::Serialize, PartialEq)]
pub enum PersonalKind {
    /// d
    Dose,
}
/// Screening.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Screening {
    /// r
    pub red_flag: Option<RedFlag>,
    /// c
    pub caution: Vec<String>,
    /// p
    pub personal: Option<PersonalKind>,
    /// g
    pub groups: Vec<String>,
}
/// Screen.
#[derive(Debug)]
pub struct Screen;
impl Screen {
    /// n
    pub fn new(_: &Policy) -> Self {
        Screen
    }
    /// c
    pub fn check(&self, _: &str) -> Screening {
        Screening::default()
    }
}
