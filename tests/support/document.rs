//! Documents of interfaces: what they refer to, they hold.

#![allow(dead_code, reason = "shared by several test programs")]

use serde_json::Value;

/// That every reference of `document` leads to something in it; how many there are.
pub fn refers_to_what_it_holds(document: &Value) -> usize {
    let mut references = Vec::new();
    collect(document, &mut references);
    for reference in &references {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    references.len()
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(Into::into));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
