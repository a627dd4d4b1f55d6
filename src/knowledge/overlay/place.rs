//! Where in an entry a line of its file is, so that a form can show a problem beside its field.

use toml_edit::{Document, Item, Table, TableLike, Value};

use crate::knowledge::entries::{EntryKind, FORMS, Shape};
use crate::knowledge::problem::line_of;

/// The member of the entry `id` that stands on `line` of the file whose content is `text`, as a path such as
/// `ar.variants.3`; empty for a line of the entry that is no member's. `None` for a line outside the entry.
#[must_use]
pub fn field_at(text: &str, kind: EntryKind, id: &str, line: usize) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let own = match id.split_once('#') {
        Some((_, own)) if kind == EntryKind::Passage => own,
        _ => id,
    };
    let lines = Lines { text, line };
    match kind.shape() {
        Shape::Rows { table, key } => {
            let row = find(document.as_table(), table, key, own)?;
            let name = row.get(key);
            let heads = name.and_then(Item::span).is_some_and(|span| line_of(text, span.start) == line);
            lines.table(row).or_else(|| heads.then(|| key.to_owned())).or_else(|| lines.head(row.span()))
        }
        Shape::Part { table, key, part } => {
            let row = find(document.as_table(), table, key, own)?;
            let item = row.get(part)?;
            lines.item(item).or_else(|| lines.head(row.span()))
        }
        Shape::Head { table } => lines.item(document.get(table)?),
        Shape::Members { table } => {
            let head = document.get(table)?;
            lines.item(head.get(own)?).or_else(|| lines.head(head.span()))
        }
    }
}

fn find<'a>(document: &'a Table, table: &str, key: &str, id: &str) -> Option<&'a Table> {
    let rows = document.get(table)?.as_array_of_tables()?;
    rows.iter().find(|row| row.get(key).and_then(Item::as_str) == Some(id))
}

/// One line of a text.
struct Lines<'a> {
    text: &'a str,
    line: usize,
}

impl Lines<'_> {
    /// Whether the line is one of `span`.
    fn within(&self, span: Option<std::ops::Range<usize>>) -> bool {
        span.is_some_and(|span| {
            (line_of(self.text, span.start)..=line_of(self.text, span.end)).contains(&self.line)
        })
    }

    /// The empty path where the line is that on which `span` begins.
    fn head(&self, span: Option<std::ops::Range<usize>>) -> Option<String> {
        span.filter(|span| line_of(self.text, span.start) == self.line).map(|_| String::new())
    }

    fn table(&self, table: &dyn TableLike) -> Option<String> {
        table.iter().find_map(|(key, item)| {
            let key = if FORMS.contains(&key) { FORMS[0] } else { key };
            self.item(item).map(|inner| join(key, &inner))
        })
    }

    fn item(&self, item: &Item) -> Option<String> {
        match item {
            Item::Value(value) => self.value(value),
            Item::Table(table) => self.table(table).or_else(|| self.head(table.span())),
            _ => None,
        }
    }

    fn value(&self, value: &Value) -> Option<String> {
        if !self.within(value.span()) {
            return None;
        }
        let inner = match value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(at, item)| self.value(item).map(|inner| join(&at.to_string(), &inner))),
            // All of it mostly stands on one line, so only a member of its own line is told.
            Value::InlineTable(_) | Value::String(_) => None,
            _ => None,
        };
        Some(inner.unwrap_or_default())
    }
}

fn join(outer: &str, inner: &str) -> String {
    if inner.is_empty() { outer.to_owned() } else { format!("{outer}.{inner}") }
}
