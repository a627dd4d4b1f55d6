//! What can be wrong with `policy.toml` as written.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;

use super::{PolicyFile, RawRule};
use crate::knowledge::bilingual::Bilingual;
use crate::knowledge::policy::PersonalKind;
use crate::knowledge::problem::FileProblems;
use crate::language;

/// Adds everything that is wrong with `raw` to `problems`.
pub(super) fn check(raw: &PolicyFile, problems: &mut FileProblems<'_>) {
    let mut ids = HashSet::new();
    for sign in &raw.signs {
        unique(&mut ids, &sign.id, "sign", problems);
        check_forms(&sign.id, [&sign.ar, &sign.fa, &sign.latin], problems);
    }
    for parts in raw.signs.iter().filter_map(|s| s.made_of.as_ref()) {
        for part in parts.get_ref().iter().filter(|p| !ids.contains(*p)) {
            let what = format!("`made_of` names the sign {part:?}, which does not exist");
            problems.at(parts.span(), what, "Correct the name or add a [[sign]] with this id");
        }
    }
    let mut frames = HashSet::new();
    for frame in &raw.frames {
        unique(&mut frames, &frame.id, "frame", problems);
        check_forms(&frame.id, [&frame.ar, &frame.fa, &frame.latin], problems);
    }
    let mut flags = HashSet::new();
    for flag in &raw.red_flags {
        unique(&mut flags, &flag.id, "red flag", problems);
        check_rules(&flag.rules, &flag.id.span(), &ids, problems);
    }
    let mut kinds = HashSet::new();
    for personal in &raw.personal {
        if !kinds.insert(*personal.kind.get_ref()) {
            let what = "this kind of personal request is described twice";
            problems.at(personal.kind.span(), what, "Join the two tables");
        }
        check_rules(&personal.rules, &personal.kind.span(), &ids, problems);
        check_text(&personal.decline, &personal.kind.span(), "decline", problems);
    }
    for kind in PersonalKind::ALL {
        if !kinds.contains(&kind) {
            let what = format!("no [[personal]] table has the kind {}", kind_name(kind));
            problems.at(0..0, what, "Add one, with its rules and its `decline` in both languages");
        }
    }
    check_disclaimers(raw, &ids, problems);
    check_texts(raw, problems);
    check_numbers(raw, problems);
}

fn kind_name(kind: PersonalKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn unique(seen: &mut HashSet<String>, id: &Spanned<String>, what: &str, problems: &mut FileProblems<'_>) {
    if !seen.insert(id.get_ref().clone()) {
        problems.at(id.span(), format!("the {what} id {} stands twice", id.get_ref()), "Rename or join them");
    }
}

fn check_forms(id: &Spanned<String>, lists: [&Vec<Spanned<String>>; 3], problems: &mut FileProblems<'_>) {
    if lists.iter().all(|l| l.is_empty()) {
        problems.at(
            id.span(),
            format!("{} has no forms", id.get_ref()),
            "Add words to `ar`, `fa` or `latin`",
        );
    }
    for form in lists.into_iter().flatten() {
        let folded = language::fold(form.get_ref().trim_start_matches(['=', '~']));
        if language::tokenize(&folded).is_empty() {
            let what = format!("a form of {} has no letters", id.get_ref());
            problems.at(form.span(), what, "Write a word or a phrase, or take it out");
        }
    }
}

fn check_rules(
    rules: &[RawRule],
    owner: &Range<usize>,
    signs: &HashSet<String>,
    problems: &mut FileProblems<'_>,
) {
    if rules.is_empty() {
        problems.at(owner.clone(), "there are no rules", "Add at least one `{ all = [\"sign\"] }`");
    }
    for rule in rules {
        if rule.all.is_empty() {
            problems.at(owner.clone(), "a rule has an empty `all`", "Name at least one sign in it");
        }
        if rule.within == Some(0) {
            problems.at(
                owner.clone(),
                "a rule has `within = 0`",
                "Give the number of words the signs may span",
            );
        }
        for entry in rule.all.iter().chain(&rule.unless).chain(&rule.not_after) {
            for id in entry.get_ref().split('|') {
                if !signs.contains(id) {
                    let what = format!("the rule names the sign {id:?}, which does not exist");
                    problems.at(entry.span(), what, "Correct the name or add a [[sign]] with this id");
                }
            }
        }
    }
}

fn check_disclaimers(raw: &PolicyFile, signs: &HashSet<String>, problems: &mut FileProblems<'_>) {
    let mut codes = HashSet::new();
    for disclaimer in &raw.disclaimers {
        unique(&mut codes, &disclaimer.code, "disclaimer", problems);
        for (lang, text) in [("ar", &disclaimer.ar), ("fa", &disclaimer.fa)] {
            if text.trim().is_empty() {
                let what = format!("the disclaimer {} has no text in {lang}", disclaimer.code.get_ref());
                problems.at(disclaimer.code.span(), what, "Write it");
            }
        }
    }
    for needed in ["not-medical-advice", "see-doctor", "general"] {
        if !codes.contains(needed) {
            let what = format!("the disclaimer {needed} is missing");
            problems.at(0..0, what, "Add a [[disclaimer]] with this code, in both languages");
        }
    }
    let mut groups = HashSet::new();
    for group in &raw.groups {
        unique(&mut groups, &group.id, "risk group", problems);
        check_rules(&group.rules, &group.id.span(), signs, problems);
        if !codes.contains(group.id.get_ref()) {
            let what = format!("the risk group {} has no disclaimer", group.id.get_ref());
            problems.at(group.id.span(), what, "Add a [[disclaimer]] whose code is the group's id");
        }
    }
}

fn check_text(text: &Bilingual, at: &Range<usize>, name: &str, problems: &mut FileProblems<'_>) {
    for (lang, words) in [("ar", &text.ar), ("fa", &text.fa)] {
        if words.trim().is_empty() {
            problems.at(at.clone(), format!("{name} has no text in {lang}"), "Write it");
        }
    }
}

fn check_texts(raw: &PolicyFile, problems: &mut FileProblems<'_>) {
    let at = raw.texts.span();
    let texts = raw.texts.get_ref();
    for (name, text) in [
        ("greeting", &texts.greeting),
        ("no_answer", &texts.no_answer),
        ("clarify", &texts.clarify),
        ("suggestions", &texts.suggestions),
        ("too_short", &texts.too_short),
        ("contact", &texts.contact),
        ("call", &texts.call),
        ("call_local", &texts.call_local),
    ] {
        check_text(text, &at, name, problems);
    }
    needs(&texts.greeting, "greeting", "{emergency}", &at, problems);
    needs(&texts.call, "call", "{number}", &at, problems);
    let at = raw.emergency.span();
    let levels = raw.emergency.get_ref();
    for (name, text) in
        [("emergency", &levels.emergency), ("crisis", &levels.crisis), ("same-day", &levels.same_day)]
    {
        check_text(text, &at, name, problems);
        needs(text, name, "{emergency}", &at, problems);
    }
}

/// A text that must hold a placeholder, in both languages: a number that is never said saves nobody.
fn needs(
    text: &Bilingual,
    name: &str,
    placeholder: &str,
    at: &Range<usize>,
    problems: &mut FileProblems<'_>,
) {
    for (lang, words) in [("ar", &text.ar), ("fa", &text.fa)] {
        if !words.contains(placeholder) {
            let what = format!("{name} lacks {placeholder} in {lang}");
            problems.at(at.clone(), what, format!("Put {placeholder} where it belongs"));
        }
    }
}

fn check_numbers(raw: &PolicyFile, problems: &mut FileProblems<'_>) {
    let mut seen = HashSet::new();
    for row in &raw.numbers {
        let number = row.get_ref();
        if !seen.insert(number.country.to_ascii_uppercase()) {
            let what = format!("the country {} stands twice", number.country);
            problems.at(row.span(), what, "Keep the reviewed row");
        }
        if number.country.len() != 2 || !number.country.bytes().all(|b| b.is_ascii_uppercase()) {
            let what = format!("{:?} is no country code", number.country);
            problems.at(row.span(), what, "Use two capital letters, such as IR");
        }
        if number.number.is_empty() || !number.number.bytes().all(|b| b.is_ascii_digit()) {
            let what = format!("the number of {} is not made of digits", number.country);
            problems.at(row.span(), what, "Write what is dialled, in ASCII digits");
        }
        if number.source.trim().is_empty() {
            let what = format!("the number of {} has no source", number.country);
            problems.at(row.span(), what, "Say where it is listed; without a source take the row out");
        }
    }
}
