//! HTML that text cannot break out of: text goes in escaped, tags and attribute names only from the source.

use std::fmt::Display;

/// A piece of HTML. Empty by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Adds `next` behind what is there.
    pub fn push(&mut self, next: Markup) {
        self.0.push_str(&next.0);
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The HTML.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromIterator<Markup> for Markup {
    fn from_iter<I: IntoIterator<Item = Markup>>(pieces: I) -> Markup {
        pieces.into_iter().fold(Markup::default(), |mut all, piece| {
            all.push(piece);
            all
        })
    }
}

/// Text, escaped. Control characters other than line ends show as �: no text may end the page or hide a part of
/// it.
#[must_use]
pub fn text(text: impl Display) -> Markup {
    let mut out = String::new();
    for c in text.to_string().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Markup(out)
}

/// An element with its attributes, whose values are escaped, and what it holds.
#[must_use]
pub fn element(
    name: &'static str,
    attributes: &[(&'static str, &str)],
    inside: impl IntoIterator<Item = Markup>,
) -> Markup {
    let mut out = format!("<{name}");
    for (key, value) in attributes {
        out.push_str(&format!(" {key}=\"{}\"", text(value).0));
    }
    out.push('>');
    // These have no end tag.
    if !matches!(name, "meta" | "br" | "hr") {
        out.extend(inside.into_iter().map(|piece| piece.0));
        out.push_str(&format!("</{name}>"));
    }
    Markup(out)
}

/// An element without attributes that holds only text.
#[must_use]
pub fn said(name: &'static str, what: impl Display) -> Markup {
    element(name, &[], [text(what)])
}

/// What a patient reads or wrote: its direction is its own, and ends with it.
#[must_use]
pub fn spoken(name: &'static str, what: impl Display) -> Markup {
    element(name, &[("dir", "auto")], [text(what)])
}

/// A style sheet that is part of the source, unescaped.
#[must_use]
pub fn style(sheet: &'static str) -> Markup {
    Markup(format!("<style>{sheet}</style>"))
}

/// The whole document.
#[must_use]
pub fn document(head: Markup, body: Markup) -> String {
    let html =
        element("html", &[("lang", "en")], [element("head", &[], [head]), element("body", &[], [body])]);
    format!("<!doctype html>\n{}\n", html.into_string())
}

/// A table with a header row; cells of the first column head their rows. Empty where there are no rows.
#[must_use]
pub fn table(caption: &str, columns: &[&str], rows: impl IntoIterator<Item = Vec<Markup>>) -> Markup {
    let rows: Vec<Markup> = rows
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().enumerate().map(|(at, cell)| match at {
                0 => element("th", &[("scope", "row")], [cell]),
                _ => element("td", &[], [cell]),
            });
            element("tr", &[], cells)
        })
        .collect();
    if rows.is_empty() {
        return Markup::default();
    }
    let head = columns.iter().map(|column| element("th", &[("scope", "col")], [text(column)]));
    let table = element(
        "table",
        &[],
        [
            said("caption", caption),
            element("thead", &[], [element("tr", &[], head)]),
            element("tbody", &[], rows),
        ],
    );
    // A wide table scrolls by itself on a phone; who uses a keyboard has to reach it.
    let box_of = [("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)];
    element("div", &box_of, [table])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (given, html) in [
            ("<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"),
            ("a & \"b\"", "a &amp; &quot;b&quot;"),
            ("كم جلسة؟\n", "كم جلسة؟\n"),
            ("\u{0}\u{1b}[31m\u{85}", "\u{fffd}\u{fffd}[31m\u{fffd}"),
            ("", ""),
        ] {
            assert_eq!(text(given).into_string(), html);
        }
    }

    #[test]
    fn elements() {
        let html = element("p", &[("title", "\"><script>")], [text("a<b"), said("b", 3)]).into_string();
        assert_eq!(html, "<p title=\"&quot;&gt;&lt;script&gt;\">a&lt;b<b>3</b></p>");
        assert_eq!(element("meta", &[("charset", "utf-8")], []).into_string(), "<meta charset=\"utf-8\">");
        assert_eq!(spoken("q", "سلام").into_string(), "<q dir=\"auto\">سلام</q>");
    }

    #[test]
    fn tables() {
        assert!(table("t", &["a"], []).is_empty());
        let html = table("t", &["a", "b"], [vec![text(1), text("<")]]).into_string();
        assert!(html.contains("<th scope=\"row\">1</th><td>&lt;</td>"), "{html}");
    }
}
