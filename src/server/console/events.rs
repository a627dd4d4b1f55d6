//! What happens while staff watch.

/// Something that happened. What it holds is for staff; nothing of it is stored.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its kind, as in `inbox`.
    pub name: &'static str,
    /// What there is to say about it.
    pub data: serde_json::Value,
}
