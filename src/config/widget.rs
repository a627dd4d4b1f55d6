//! How the chat widget presents itself on the clinic's pages.

use super::layers::Layers;

/// Characters of a clinic's name, at most: more does not fit above a conversation.
const NAME_CHARS: usize = 60;

/// What the widget shows of the clinic. A page's own attributes win over these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Widget {
    /// The clinic's name in Arabic.
    pub name_ar: Option<String>,
    /// The clinic's name in Persian.
    pub name_fa: Option<String>,
    /// The clinic's colour, as in `#0b7a75`.
    pub accent: Option<String>,
    /// Address of the clinic's logo: `https://…`, or a path of this server.
    pub logo: Option<String>,
    /// The clinic's telephone number, as it is dialled.
    pub phone: Option<String>,
}

impl Widget {
    /// Reads the `widget.*` settings.
    pub(super) fn read(layers: &mut Layers) -> Self {
        Self {
            name_ar: layers.read("widget.name_ar", None, name),
            name_fa: layers.read("widget.name_fa", None, name),
            accent: layers.read("widget.accent", None, accent),
            logo: layers.read("widget.logo", None, logo),
            phone: layers.read("widget.phone", None, phone),
        }
    }
}

fn name(text: &str) -> Result<Option<String>, String> {
    let fits = text.chars().count() <= NAME_CHARS && !text.chars().any(char::is_control);
    if fits { Ok(Some(text.into())) } else { Err(format!("a name of at most {NAME_CHARS} characters")) }
}

fn accent(text: &str) -> Result<Option<String>, String> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Some(text.to_ascii_lowercase()));
    }
    Err("a colour, as in #0b7a75".into())
}

fn logo(text: &str) -> Result<Option<String>, String> {
    let safe = text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//"));
    if safe { Ok(Some(text.into())) } else { Err("an address, as in https://clinic.example/logo.svg".into()) }
}

fn phone(text: &str) -> Result<Option<String>, String> {
    let good = text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+- ()".contains(&byte));
    if good { Ok(Some(text.into())) } else { Err("a telephone number, as in +98 21 5550 100".into()) }
}
