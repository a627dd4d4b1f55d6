//! Edits over the files: entries changed, added and taken out in the texts, which keep their formatting and comments.

mod place;
mod write;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::Problem;
use super::entries::{self, EntryKind, Shape};
use super::files::Files;

pub use place::field_at;

/// What becomes of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
    /// What it holds from now on; `None` takes it out.
    pub content: Option<Value>,
}

/// The longest id of a new entry.
const LONGEST_ID: usize = 80;

/// Applies `edits` to `files`, in order.
///
/// # Errors
/// Every edit that cannot be put into a file; `files` is then as it was. What an edit makes of the knowledge is not
/// looked at here: that is for loading it.
pub fn apply<'a>(files: &mut Files, edits: impl IntoIterator<Item = &'a Edit>) -> Result<(), Vec<Problem>> {
    let mut desk = Desk { files, open: BTreeMap::new() };
    let problems: Vec<Problem> = edits.into_iter().filter_map(|edit| desk.apply(edit).err()).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let texts: Vec<(String, String)> =
        desk.open.into_iter().map(|(name, document)| (name, document.to_string())).collect();
    for (name, text) in texts {
        files.set(&name, text);
    }
    Ok(())
}

/// The files that are being edited; each is parsed once.
struct Desk<'a> {
    files: &'a Files,
    open: BTreeMap<String, DocumentMut>,
}

/// An edit that cannot be made, told of the entry that it is for.
fn refused(edit: &Edit, what: impl Into<String>, mend: &str) -> Problem {
    let file = edit.kind.file().map_or_else(|| edit.kind.folder().to_owned(), str::to_owned);
    Problem { file, line: 0, what: what.into(), mend: mend.to_owned() }
}

impl Desk<'_> {
    /// The document of the file `name`; `None` where there is none or it is no TOML.
    fn document(&mut self, name: &str) -> Option<&mut DocumentMut> {
        if !self.open.contains_key(name) {
            let document = self.files.text(name)?.parse().ok()?;
            self.open.insert(name.to_owned(), document);
        }
        self.open.get_mut(name)
    }

    fn apply(&mut self, edit: &Edit) -> Result<(), Problem> {
        let content = match &edit.content {
            None => None,
            Some(Value::Object(content)) => Some(content),
            Some(_) => {
                let what = format!("{} {} is no object", edit.kind.name(), edit.id);
                return Err(refused(edit, what, "Give its members by name"));
            }
        };
        let found = self.find(edit);
        if found.is_none() && content.is_some() && !is_id(edit) {
            let what = format!("{:?} cannot be the id of a {}", edit.id, edit.kind.name());
            return Err(refused(edit, what, "Use Latin letters, digits, hyphens and low lines, at most 80"));
        }
        let Some(content) = content else {
            return match found {
                Some(name) => self.take_out(edit, &name),
                // Gone already: the file has caught up with the edit.
                None => Ok(()),
            };
        };
        let home = self.home(edit, content, found.as_deref())?;
        if let Some(left) = found.filter(|name| *name != home) {
            self.take_out(edit, &left)?;
        }
        self.put(edit, content, &home)
    }

    /// The file that holds the entry now.
    fn find(&mut self, edit: &Edit) -> Option<String> {
        let (owner, own) = split_id(edit);
        let names: Vec<String> = self
            .files
            .iter()
            .map(|file| file.name.clone())
            .chain(self.open.keys().cloned())
            .filter(|name| entries::holds(edit.kind, name))
            .collect();
        names.into_iter().find(|name| {
            // Parsing costs far more than looking for the letters of the id.
            let open = self.open.contains_key(name);
            if !open && self.files.text(name).is_some_and(|text| !text.contains(own)) {
                return false;
            }
            let Some(document) = self.document(name) else { return false };
            match edit.kind.shape() {
                Shape::Rows { table, key } | Shape::Part { table, key, .. } => {
                    owner.is_none_or(|owner| head_id(document, "source") == Some(owner))
                        && row(document, table, key, own).is_some()
                }
                Shape::Head { table } => match document.get(table) {
                    Some(head) => head.get("id").and_then(Item::as_str).unwrap_or(table) == own,
                    None => false,
                },
                Shape::Members { table } => document.get(table).is_some_and(|t| t.get(own).is_some()),
            }
        })
    }

    /// The file that the entry belongs in, which is made if need be.
    fn home(
        &mut self,
        edit: &Edit,
        content: &Map<String, Value>,
        now: Option<&str>,
    ) -> Result<String, Problem> {
        if let Some(file) = edit.kind.file() {
            return if self.document(file).is_some() {
                Ok(file.to_owned())
            } else {
                Err(refused(edit, format!("{file} is missing or no TOML"), "Mend the file first"))
            };
        }
        let (head, member) = match edit.kind {
            EntryKind::Pair => ("topic", "topic"),
            EntryKind::Passage => ("source", "source"),
            _ => {
                let name =
                    now.map_or_else(|| format!("{}{}.toml", edit.kind.folder(), edit.id), str::to_owned);
                if self.document(&name).is_none() {
                    self.open.insert(name.clone(), DocumentMut::new());
                }
                return Ok(name);
            }
        };
        let wanted = match (content.get(member).and_then(Value::as_str), split_id(edit).0, now) {
            (_, Some(owner), _) => owner.to_owned(),
            (Some(wanted), None, _) => wanted.to_owned(),
            (None, None, Some(now)) => return Ok(now.to_owned()),
            (None, None, None) => {
                let what = format!("{} {} names no {member}", edit.kind.name(), edit.id);
                return Err(refused(edit, what, "Say where it belongs"));
            }
        };
        let names: Vec<String> = self
            .files
            .iter()
            .map(|file| file.name.clone())
            .chain(self.open.keys().cloned())
            .filter(|name| name.starts_with(edit.kind.folder()))
            .collect();
        let holds = |desk: &mut Self, name: &String| {
            desk.document(name).is_some_and(|document| head_id(document, head) == Some(wanted.as_str()))
        };
        // A file mostly bears the name of what it holds; looking there first saves parsing the others.
        let likely = format!("{}{}.toml", edit.kind.folder(), wanted.replace('-', "_"));
        let found =
            if holds(self, &likely) { Some(likely) } else { names.into_iter().find(|n| holds(self, n)) };
        found.ok_or_else(|| {
            let what = format!(
                "{} {} belongs to the {member} {wanted:?}, which there is not",
                edit.kind.name(),
                edit.id
            );
            refused(edit, what, "Name one that there is, or add it first")
        })
    }

    fn take_out(&mut self, edit: &Edit, name: &str) -> Result<(), Problem> {
        let Some(document) = self.document(name) else { return Ok(()) };
        let own = split_id(edit).1;
        match edit.kind.shape() {
            Shape::Rows { table, key } => {
                if let (Some(at), Some(rows)) = (row(document, table, key, own), rows_mut(document, table)) {
                    rows.remove(at);
                }
                Ok(())
            }
            _ => {
                let what = format!("{} {} cannot be taken out", edit.kind.name(), edit.id);
                Err(refused(edit, what, "Change its texts instead"))
            }
        }
    }

    fn put(&mut self, edit: &Edit, content: &Map<String, Value>, name: &str) -> Result<(), Problem> {
        let kind = edit.kind;
        let own = split_id(edit).1.to_owned();
        let odd = |what: String| refused(edit, what, "Give what CONTRIBUTING.md shows for this kind");
        let Some(document) = self.document(name) else { return Ok(()) };
        let mut content = content.clone();
        match kind {
            EntryKind::Pair => drop(content.remove("topic")),
            EntryKind::Passage => drop(content.remove("source")),
            _ => {}
        }
        match kind.shape() {
            Shape::Rows { table, key } => {
                is_own(&content, key, &own).map_err(odd)?;
                content.insert(key.to_owned(), Value::String(own.clone()));
                let at = row(document, table, key, &own);
                let rows = rows_mut(document, table)
                    .ok_or_else(|| odd(format!("{table} is no list of tables in {name}")))?;
                match at.and_then(|at| rows.get_mut(at)) {
                    Some(row) => write::update(kind, row, &content).map_err(odd),
                    None => {
                        let mut row = Table::new();
                        row.decor_mut().set_prefix("\n");
                        write::update(kind, &mut row, &content).map_err(odd)?;
                        rows.push(row);
                        Ok(())
                    }
                }
            }
            Shape::Head { table } => {
                if kind != EntryKind::Courtesy {
                    is_own(&content, "id", &own).map_err(odd)?;
                    content.insert("id".into(), Value::String(own));
                }
                let head = document.entry(table).or_insert_with(|| Item::Table(Table::new()));
                let head = head.as_table_like_mut().ok_or_else(|| odd(format!("{table} is no table")))?;
                write::update(kind, head, &content).map_err(odd)
            }
            Shape::Members { table } => {
                let head = document.get_mut(table).and_then(Item::as_table_like_mut);
                let head = head.ok_or_else(|| odd(format!("{table} is no table")))?;
                write::member(kind, head, &own, &content).map_err(odd)
            }
            Shape::Part { table, key, part } => {
                let at = row(document, table, key, &own);
                let row = at.and_then(|at| rows_mut(document, table)?.get_mut(at));
                let row = row.ok_or_else(|| odd(format!("there is no {table} of the kind {own:?}")))?;
                write::member(kind, row, part, &content).map_err(odd)
            }
        }
    }
}

/// An entry keeps its id for life: what refers to it would be lost, and its history too.
fn is_own(content: &Map<String, Value>, key: &str, own: &str) -> Result<(), String> {
    match content.get(key) {
        None => Ok(()),
        Some(Value::String(id)) if id == own => Ok(()),
        Some(_) => Err(format!("the {key} is not {own:?}, by which the entry is known")),
    }
}

/// The owner and the own part of `source#passage`; other ids have no owner.
fn split_id(edit: &Edit) -> (Option<&str>, &str) {
    match edit.id.split_once('#') {
        Some((owner, own)) if edit.kind == EntryKind::Passage => (Some(owner), own),
        _ => (None, &edit.id),
    }
}

/// Whether a new entry may have this id: it may name a file, and stands in addresses.
fn is_id(edit: &Edit) -> bool {
    let plain =
        |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let (owner, own) = split_id(edit);
    edit.id.len() <= LONGEST_ID
        && plain(own)
        && owner.is_none_or(plain)
        && (edit.kind != EntryKind::Passage || owner.is_some())
}

fn head_id<'a>(document: &'a DocumentMut, table: &str) -> Option<&'a str> {
    document.get(table)?.get("id")?.as_str()
}

/// The place of the row whose `key` is `id`.
fn row(document: &DocumentMut, table: &str, key: &str, id: &str) -> Option<usize> {
    let rows = document.get(table)?.as_array_of_tables()?;
    rows.iter().position(|row| row.get(key).and_then(Item::as_str) == Some(id))
}

/// The rows of a list of tables, which is made if there is none.
fn rows_mut<'a>(document: &'a mut DocumentMut, table: &str) -> Option<&'a mut ArrayOfTables> {
    let rows = document.entry(table).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    rows.as_array_of_tables_mut()
}

#[cfg(test)]
mod tests;
