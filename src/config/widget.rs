//! How the chat widget presents itself on the clinic's pages.

use super::layers::Layers;

/// Characters of a clinic's name, at most: more does not fit above a conversation.
const NAME_CHARS: usize = 60;

/// What the widget shows of the clinic. A page's own attributes win over these.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = WidgetLook)]
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

impl Widget {
    /// The same with every text checked and brought to its one form; an empty text is none.
    ///
    /// # Errors
    /// The field and what is expected of it, for the first that is wrong.
    pub fn checked(&self) -> Result<Self, (&'static str, String)> {
        let check = |field, value: &Option<String>, parse: fn(&str) -> Result<Option<String>, String>| {
            let text = value.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map_or(Ok(None), parse).map_err(|expected| (field, expected))
        };
        Ok(Self {
            name_ar: check("widget.name_ar", &self.name_ar, name)?,
            name_fa: check("widget.name_fa", &self.name_fa, name)?,
            accent: check("widget.accent", &self.accent, accent)?,
            logo: check("widget.logo", &self.logo, logo)?,
            phone: check("widget.phone", &self.phone, phone)?,
        })
    }

    /// The origin that the logo comes from, if it is another one than this server.
    #[must_use]
    pub fn logo_origin(&self) -> Option<&str> {
        let rest = self.logo.as_deref()?.strip_prefix("https://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let origin = self.logo.as_deref()?.get(.."https://".len() + host.len())?;
        super::values::is_host(host).then_some(origin)
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
