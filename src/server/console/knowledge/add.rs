//! What becomes of a message that staff looked at: another way to ask a pair, or a question to be asked before
//! anything is published.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::questions::AskedBefore;
use super::{Revision, drafts, parsed, target, tell};
use crate::dialogue::Outcome;
use crate::evaluation::compare::Seen;
use crate::knowledge::EntryKind;
use crate::language::{Lang, fold};
use crate::server::App;
use crate::server::console::problem::Problem;
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::questions::{self, Purpose};
use crate::store::revisions::{self, State as Stands};
use crate::store::{Masked, audit};

/// Characters of a way to ask, or of a question.
const TEXT_CHARS: usize = 1000;

/// What a reply has to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Expected {
    /// Its outcome.
    pub outcome: Outcome,
    /// The pair that has to answer, if it matters.
    #[serde(default)]
    pub pair: Option<String>,
}

/// Adds `text` as another way to ask `pair` to the pair's draft, which is begun if there is none. Identifiers in it
/// are masked.
///
/// # Errors
/// 403 `role_too_low`, 404 `not_found` for a pair that there is not, 409 `in_review` where the draft is being read,
/// 409 `known_already` where the pair has the text, 409 `no_wording` where it has none in this language, 422 `invalid`.
pub async fn add_variant(
    app: &Arc<App>,
    staff: &Staff,
    pair: &str,
    lang: &str,
    text: &str,
    reason: &str,
) -> Result<Revision, Problem> {
    add_form(app, staff, EntryKind::Pair, pair, lang, text, reason).await
}

/// [`add_variant`] for any kind of entry that patients ask for: a pair, or what lies outside.
///
/// # Errors
/// As for [`add_variant`].
pub async fn add_form(
    app: &Arc<App>,
    staff: &Staff,
    kind: EntryKind,
    id: &str,
    lang: &str,
    text: &str,
    reason: &str,
) -> Result<Revision, Problem> {
    staff.require(Role::Editor)?;
    let lang = language(lang)?;
    let text = Masked::new(&short(text)?).into_text();
    let edition = super::edition(app).await?;
    let (who, id, reason) = (staff.user.id, id.to_owned(), reason.trim().to_owned());
    let revision = app
        .store
        .transact(move |transaction| {
            let open = revisions::open(transaction, kind.name(), &id)?;
            if open.as_ref().is_some_and(|r| matches!(r.state, Stands::InReview | Stands::Approved)) {
                let detail = "A change of this entry is being read. Publish it or have it given back first.";
                return Err(Problem::conflict("in_review", detail));
            }
            let live = edition.shelf().get(kind, &id).map(|entry| entry.content.clone());
            let (content, old_reason) = match open {
                Some(open) => (parsed(open.content), open.reason),
                None => (live, String::new()),
            };
            let mut content = content.ok_or_else(Problem::not_found)?;
            push(content.get_mut(lang.code()), forms_of(kind), &text)?;
            let reason = if old_reason.is_empty() { reason } else { old_reason };
            let draft = drafts::draft(&edition, kind, &id, Some(content), who, reason);
            let number = revisions::write(transaction, &draft)?;
            let detail = json!({"revision": number, "lang": lang.code()});
            audit::record(transaction, Some(who), "knowledge.variant", &target(kind, &id), &detail)?;
            let stored = revisions::by_number(transaction, number)?;
            stored.as_ref().and_then(Revision::of).ok_or_else(Problem::internal)
        })
        .await?;
    tell(app);
    Ok(revision)
}

/// Where an entry of `kind` keeps the ways to ask it.
const fn forms_of(kind: EntryKind) -> &'static str {
    if matches!(kind, EntryKind::Pair) { "variants" } else { "forms" }
}

/// Puts a text behind the other ways to ask of a wording.
fn push(wording: Option<&mut Value>, forms: &str, text: &str) -> Result<(), Problem> {
    let Some(wording) = wording.and_then(Value::as_object_mut) else {
        let detail = "The entry, or its draft, has no text in this language yet. Write it first.";
        return Err(Problem::conflict("no_wording", detail));
    };
    let same = |other: &Value| other.as_str().is_some_and(|other| fold(other) == fold(text));
    let known = wording.get(forms).and_then(Value::as_array).cloned().unwrap_or_default();
    if known.iter().any(same) || wording.get("question").is_some_and(same) {
        return Err(Problem::conflict("known_already", "The entry has this way to ask already."));
    }
    let with_it = known.into_iter().chain([json!(text)]).collect();
    wording.insert(forms.into(), Value::Array(with_it));
    Ok(())
}

/// Keeps `text` as a question that is asked before anything is published. Identifiers in it are masked.
///
/// # Errors
/// 403 `role_too_low`, 422 `invalid`.
pub async fn add_question(
    app: &Arc<App>,
    staff: &Staff,
    lang: &str,
    text: &str,
    expected: Expected,
    set: Purpose,
) -> Result<AskedBefore, Problem> {
    staff.require(Role::Editor)?;
    let lang = language(lang)?;
    let text = Masked::new(&short(text)?);
    let known = |pair: &String| app.publisher.edition().engine().knowledge().pair(pair).is_some();
    if expected.pair.as_ref().is_some_and(|pair| !known(pair)) {
        return Err(Problem::invalid("expected.pair", "Name the id of a pair that patients have."));
    }
    let id = Uuid::now_v7();
    let question = questions::NewQuestion {
        id,
        lang: lang.code(),
        text: text.clone(),
        outcome: expected.outcome.name(),
        pair: expected.pair.clone(),
        purpose: set,
        author: staff.user.id,
        created_ms: now_ms(),
    };
    let who = staff.user.id;
    app.store
        .transact(move |transaction| {
            questions::insert(transaction, question)?;
            let detail = json!({"set": set});
            audit::record(transaction, Some(who), "knowledge.question.add", &id.to_string(), &detail)?;
            Ok::<_, Problem>(())
        })
        .await?;
    Ok(AskedBefore {
        id: id.to_string(),
        lang: lang.code().to_owned(),
        text: text.into_text(),
        expected: Seen { outcome: expected.outcome, pair: expected.pair },
        set,
        added: true,
    })
}

fn language(code: &str) -> Result<Lang, Problem> {
    Lang::from_code(code).ok_or_else(|| Problem::invalid("lang", "`ar` or `fa`."))
}

fn short(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if fold(text).trim().is_empty() {
        return Err(Problem::invalid("text", "Write what a patient would ask."));
    }
    if text.chars().count() > TEXT_CHARS {
        return Err(Problem::invalid("text", format!("At most {TEXT_CHARS} characters.")));
    }
    Ok(text.to_owned())
}
