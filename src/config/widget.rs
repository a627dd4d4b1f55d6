//! How the chat widget presents itself on the clinic's pages.

use super::layers::Layers;

/// Characters of a clinic's name, at most: more does not fit above a conversation.
const NAME_CHARS: usize = 60;

/// Characters of the other texts, at most: they stand on one or two lines.
const LINE_CHARS: usize = 120;

/// First questions, at most: more would hide the greeting.
const STARTERS: usize = 6;

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
    /// What stands under the name, in Arabic; left out, the widget's own words.
    pub subtitle_ar: Option<String>,
    /// The same in Persian.
    pub subtitle_fa: Option<String>,
    /// What stands on the button, in Arabic.
    pub launcher_ar: Option<String>,
    /// The same in Persian.
    pub launcher_fa: Option<String>,
    /// What stands in the empty field, in Arabic.
    pub placeholder_ar: Option<String>,
    /// The same in Persian.
    pub placeholder_fa: Option<String>,
    /// First questions in Arabic, parted by `|`.
    pub starters_ar: Option<String>,
    /// The same in Persian.
    pub starters_fa: Option<String>,
}

/// One thing that can be set.
struct Field {
    /// Its key in the settings file, and its name wherever it is refused.
    key: &'static str,
    of: fn(&Widget) -> &Option<String>,
    place: fn(&mut Widget) -> &mut Option<String>,
    parse: fn(&str) -> Result<Option<String>, String>,
}

macro_rules! field {
    ($name:ident, $parse:ident) => {
        Field {
            key: concat!("widget.", stringify!($name)),
            of: |widget| &widget.$name,
            place: |widget| &mut widget.$name,
            parse: $parse,
        }
    };
}

const FIELDS: [Field; 13] = [
    field!(name_ar, name),
    field!(name_fa, name),
    field!(accent, accent),
    field!(logo, logo),
    field!(phone, phone),
    field!(subtitle_ar, line),
    field!(subtitle_fa, line),
    field!(launcher_ar, line),
    field!(launcher_fa, line),
    field!(placeholder_ar, line),
    field!(placeholder_fa, line),
    field!(starters_ar, starters),
    field!(starters_fa, starters),
];

impl Widget {
    /// Reads the `widget.*` settings.
    pub(super) fn read(layers: &mut Layers) -> Self {
        let mut widget = Self::default();
        for Field { key, place, parse, .. } in FIELDS {
            *place(&mut widget) = layers.read(key, None, parse);
        }
        widget
    }

    /// The keys of all fields.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        FIELDS.into_iter().map(|field| field.key)
    }

    /// What is set under `key`; `None` too where there is no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        FIELDS.into_iter().find(|field| field.key == key).and_then(|field| (field.of)(self).as_deref())
    }

    /// This one with the fields of `chosen` for whose keys `free` holds.
    #[must_use]
    pub fn with(&self, chosen: &Self, free: impl Fn(&str) -> bool) -> Self {
        let mut widget = self.clone();
        for Field { key, of, place, .. } in FIELDS {
            if free(key) {
                place(&mut widget).clone_from(of(chosen));
            }
        }
        widget
    }

    /// The same with every text checked and brought to its one form; an empty text is none.
    ///
    /// # Errors
    /// The field and what is expected of it, for the first that is wrong.
    pub fn checked(&self) -> Result<Self, (&'static str, String)> {
        let mut widget = Self::default();
        for Field { key, of, place, parse } in FIELDS {
            let text = of(self).as_deref().map(str::trim).filter(|text| !text.is_empty());
            *place(&mut widget) = text.map_or(Ok(None), parse).map_err(|expected| (key, expected))?;
        }
        Ok(widget)
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

fn line(text: &str) -> Result<Option<String>, String> {
    let fits = text.chars().count() <= LINE_CHARS && !text.chars().any(char::is_control);
    if fits { Ok(Some(text.into())) } else { Err(format!("one line of at most {LINE_CHARS} characters")) }
}

fn starters(text: &str) -> Result<Option<String>, String> {
    let questions: Vec<&str> =
        text.split('|').map(str::trim).filter(|question| !question.is_empty()).collect();
    if questions.len() > STARTERS || questions.iter().any(|question| line(question).is_err()) {
        return Err(format!(
            "at most {STARTERS} questions, parted by |, each on one line of at most {LINE_CHARS} characters"
        ));
    }
    Ok((!questions.is_empty()).then(|| questions.join("|")))
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
