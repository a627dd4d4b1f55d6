//! JSON into a table: what is the same stays as it is written, with its comments.

use serde_json::{Map, Value as Json};
use toml_edit::{Array, Datetime, InlineTable, Item, Table, TableLike, Value};

use crate::knowledge::entries::{EntryKind, FORMS};

/// Members in the order in which people write them; others follow by name.
const ORDER: [&str; 26] = [
    "id",
    "code",
    "country",
    "kind",
    "negative",
    "made_of",
    "lang",
    "title",
    "url",
    "asks",
    "subject",
    "risk",
    "facts",
    "cites",
    "related",
    "near",
    "around",
    "review_by",
    "withdrawn",
    "section",
    "locator",
    "gist",
    "question",
    "variants",
    "ar",
    "fa",
];

/// Members that are dates.
const DATES: [&str; 2] = ["review_by", "checked"];

/// Makes `table` hold what `content` says and nothing else.
///
/// # Errors
/// What cannot be written in TOML.
pub(super) fn update(
    kind: EntryKind,
    table: &mut dyn TableLike,
    content: &Map<String, Json>,
) -> Result<(), String> {
    let named: Vec<(&str, &Json)> =
        content.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (written(kind, table, k), v)).collect();
    let gone: Vec<String> = table
        .iter()
        .map(|(key, _)| key.to_owned())
        .filter(|key| named.iter().all(|(name, _)| name != key))
        .collect();
    for key in gone {
        table.remove(&key);
    }
    let mut named = named;
    named.sort_by_key(|(name, _)| (ORDER.iter().position(|o| o == name).unwrap_or(ORDER.len()), *name));
    for (name, value) in named {
        set(kind, table, name, value)?;
    }
    Ok(())
}

/// Makes the member `name` of `table` hold `content`: a table of texts, or one text under `en`.
///
/// # Errors
/// What cannot be written in TOML.
pub(super) fn member(
    kind: EntryKind,
    table: &mut dyn TableLike,
    name: &str,
    content: &Map<String, Json>,
) -> Result<(), String> {
    match content.get("en") {
        Some(text) if table.get(name).is_some_and(Item::is_str) => set(kind, table, name, text),
        _ => set(kind, table, name, &Json::Object(content.clone())),
    }
}

/// The name that a member has in the file: lists of ways to say it have several.
fn written<'a>(kind: EntryKind, table: &dyn TableLike, key: &'a str) -> &'a str {
    if key != FORMS[0] || !matches!(kind, EntryKind::Smalltalk | EntryKind::Outside) {
        return key;
    }
    let usual = if kind == EntryKind::Smalltalk { "phrases" } else { "questions" };
    FORMS.into_iter().find(|name| table.contains_key(name)).unwrap_or(usual)
}

fn set(kind: EntryKind, table: &mut dyn TableLike, name: &str, value: &Json) -> Result<(), String> {
    if let Some(item) = table.get_mut(name) {
        if let (Some(inner), Json::Object(content)) = (item.as_table_like_mut(), value) {
            return update(kind, inner, content);
        }
        if let Item::Value(old) = item {
            let new = value_of(kind, name, value, Some(old))?;
            if let Some(new) = new {
                let decor = old.decor().clone();
                *old = new;
                *old.decor_mut() = decor;
            }
            return Ok(());
        }
    }
    // Question, variants and answer are long: they are tables of their own, as in the files.
    let wording = matches!(kind, EntryKind::Pair | EntryKind::Smalltalk | EntryKind::Outside);
    let item = match value {
        Json::Object(content) if wording && (name == "ar" || name == "fa") => {
            let mut inner = Table::new();
            inner.decor_mut().set_prefix("\n");
            update(kind, &mut inner, content)?;
            Item::Table(inner)
        }
        value => match value_of(kind, name, value, None)? {
            Some(value) => Item::Value(value),
            None => return Ok(()),
        },
    };
    table.insert(name, item);
    Ok(())
}

/// A value, or `None` where `old` is it already.
fn value_of(kind: EntryKind, name: &str, value: &Json, old: Option<&Value>) -> Result<Option<Value>, String> {
    let new = match value {
        Json::String(text) if DATES.contains(&name) => match text.parse::<Datetime>() {
            Ok(date) => {
                if old.and_then(Value::as_datetime) == Some(&date) {
                    return Ok(None);
                }
                Value::from(date)
            }
            // As a text it is refused with its line when it is loaded.
            Err(_) => Value::from(text.as_str()),
        },
        Json::String(text) => {
            if old.and_then(Value::as_str) == Some(text) {
                return Ok(None);
            }
            Value::from(text.as_str())
        }
        Json::Bool(yes) => {
            if old.and_then(Value::as_bool) == Some(*yes) {
                return Ok(None);
            }
            Value::from(*yes)
        }
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(part)) => Value::from(part),
            (None, None) => return Err(format!("{name} holds a number that TOML does not know")),
        },
        Json::Array(items) => return list(kind, name, items, old.and_then(Value::as_array)),
        Json::Object(members) => {
            let mut table = InlineTable::new();
            for (key, value) in members.iter().filter(|(_, v)| !v.is_null()) {
                if let Some(value) = value_of(kind, key, value, None)? {
                    table.insert(key, value);
                }
            }
            Value::InlineTable(table)
        }
        Json::Null => return Err(format!("{name} holds nothing where something has to be")),
    };
    Ok(Some(new))
}

/// Lists of more than this many letters in all are written one item a line.
const ONE_LINE: usize = 100;

/// A list in which the items of `old` are written as they were; `None` where it is the same.
fn list(kind: EntryKind, name: &str, items: &[Json], old: Option<&Array>) -> Result<Option<Value>, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let olds: Vec<&Value> = old.iter().flat_map(|old| old.iter()).collect();
    let same = |old: &Value, item: &Json| item.as_str().is_some_and(|item| old.as_str() == Some(item));
    if old.is_some() && olds.len() == items.len() && olds.iter().zip(items).all(|(o, i)| same(o, i)) {
        return Ok(None);
    }
    let was_tall = olds.iter().any(|value| {
        value.decor().prefix().and_then(|prefix| prefix.as_str()).is_some_and(|prefix| prefix.contains('\n'))
    });
    let length: usize = items.iter().map(|item| item.as_str().map_or(8, |t| t.chars().count() + 4)).sum();
    let tall = was_tall || (olds.is_empty() && length > ONE_LINE);
    let mut array = Array::new();
    for item in items {
        let kept = olds.iter().find(|old| same(old, item) && text(old).is_some());
        let value = match kept {
            Some(kept) if was_tall => (*kept).clone(),
            _ => match value_of(kind, name, item, None)? {
                Some(value) if tall => value.decorated("\n  ", ""),
                Some(value) => value,
                None => continue,
            },
        };
        if tall { array.push_formatted(value) } else { array.push(value) }
    }
    if tall {
        match old.filter(|_| was_tall) {
            Some(old) => {
                array.set_trailing(old.trailing().as_str().filter(|t| t.contains('\n')).unwrap_or("\n"));
            }
            None => array.set_trailing("\n"),
        }
        array.set_trailing_comma(!items.is_empty());
    }
    Ok(Some(Value::Array(array)))
}
