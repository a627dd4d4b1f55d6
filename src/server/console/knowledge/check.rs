//! What would be wrong with an entry, while it is written; and what is nearly the same already.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{aside, edit, edits, faults};
use crate::dialogue::{Context, Message, Outcome};
use crate::knowledge::{self, Edit, EntryKind};
use crate::language::Lang;
use crate::server::App;
use crate::server::console::problem::{Details, Fault, Problem};
use crate::server::console::request::Body;
use crate::server::console::staff::Staff;
use crate::server::edition::Edition;
use crate::store::accounts::Role;
use crate::store::revisions;

/// Share of letter runs from which two ways to ask are nearly the same.
const NEAR: f32 = 0.72;

/// Confidence from which another pair answers a question already.
const ANSWERED: f32 = 0.9;

/// What is nearly the same is told of so many texts at most.
const TOLD: usize = 20;

/// Ways to ask are compared up to so many characters; longer ones are no questions.
const COMPARED: usize = 500;

/// An entry as it is being written.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = EntryTrial)]
pub struct Tried {
    /// What it is.
    kind: EntryKind,
    /// Its id.
    id: String,
    /// Its members; `null` takes it out.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<Object>)]
    content: Option<Value>,
}

/// What is wrong with an entry, and what is like it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// What is wrong, in the words of `mujib check`; empty if nothing is.
    pub problems: Vec<Fault>,
    /// Ways to ask of other pairs that are nearly the same, the likest first.
    pub near: Vec<Near>,
}

/// A way to ask that another pair nearly has.
#[derive(Debug, Serialize, ToSchema)]
pub struct Near {
    /// The other pair.
    pub pair: String,
    /// The language: `ar` or `fa`.
    pub lang: &'static str,
    /// What is being written.
    pub text: String,
    /// What the other pair has.
    pub like: String,
    /// How much the same they are, from 0 to 1.
    pub similarity: f32,
}

/// Checks an entry as it is being written. Nothing is stored.
#[utoipa::path(post, path = "/knowledge/check", tag = "knowledge", operation_id = "knowledge_check", request_body = Tried,
    responses(
        (status = 200, description = "What was found", body = Checked),
        (status = 403, description = "`role_too_low`", body = Details),
    ))]
pub(super) async fn check(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(tried): Body<Tried>,
) -> Result<Json<Checked>, Problem> {
    staff.require(Role::Editor)?;
    let edition = super::edition(&app).await?;
    let open = app.store.read(|connection| revisions::all_open(connection).map_err(Problem::from)).await?;
    let checked = aside(move || {
        let own = edit(&edition, tried.kind, &tried.id, tried.content);
        let others = open.iter().filter(|r| r.kind != tried.kind.name() || r.entry != tried.id);
        let others = edits(&edition, others);
        Checked { problems: problems_of(&edition, &own, &others), near: near(&edition, &own) }
    });
    checked.await.map(Json)
}

/// What is wrong with the knowledge once `own` is in it. What `others` that are on their way would mend is left out:
/// a new passage and the pair that cites it each need the other.
pub(super) fn problems_of(edition: &Edition, own: &Edit, others: &[Edit]) -> Vec<Fault> {
    let about = Some((own.kind, own.id.as_str()));
    let alone = std::slice::from_ref(own);
    let files = match edition.merged_with(alone) {
        Ok(files) => files,
        Err(findings) => return faults(findings, edition.files(), about),
    };
    let Err(mut findings) = knowledge::from_files(&files) else { return Vec::new() };
    let together: Vec<Edit> = others.iter().chain(alone).cloned().collect();
    if !others.is_empty()
        && let Ok(files) = edition.merged_with(&together)
    {
        let left = knowledge::from_files(&files).err().unwrap_or_default();
        findings.retain(|finding| left.iter().any(|other| other.what == finding.what));
    }
    faults(findings, &files, about)
}

fn near(edition: &Edition, own: &Edit) -> Vec<Near> {
    let Some(content) = own.content.as_ref().filter(|_| own.kind == EntryKind::Pair) else {
        return Vec::new();
    };
    let pairs = &edition.engine().knowledge().pairs;
    let place = pairs.iter().position(|pair| pair.id == own.id);
    let mut found: Vec<Near> = Vec::new();
    for lang in Lang::ALL {
        let wording = &content[lang.code()];
        let question = wording["question"].as_str();
        let variants = wording["variants"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let short = |text: &&str| text.len() <= 4 * COMPARED && text.chars().count() <= COMPARED;
        for text in question.into_iter().chain(variants).filter(short) {
            // What is spelt alike is told with what it is like; else with the question that already answers it.
            if let Some(like) = edition.alike(lang).nearest(text, place, NEAR) {
                let pair = pairs.get(like.owner).map_or_else(String::new, |pair| pair.id.clone());
                found.push(Near {
                    pair,
                    lang: lang.code(),
                    text: text.to_owned(),
                    like: like.text.to_owned(),
                    similarity: like.similarity,
                });
            } else {
                found.extend(answered(edition, own, lang, text));
            }
        }
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    found.dedup_by(|a, b| a.text == b.text && a.pair == b.pair);
    found.truncate(TOLD);
    found
}

/// The pair that answers a way to ask already, however differently it is put.
fn answered(edition: &Edition, own: &Edit, lang: Lang, text: &str) -> Option<Near> {
    let message = Message { text: text.to_owned(), locale: Some(lang) };
    let reply = edition.engine().reply(&Context::default(), &message);
    let pair = reply.pair.filter(|pair| *pair != own.id && reply.outcome == Outcome::Answer)?;
    let like = edition.engine().knowledge().pair(&pair)?.wording(lang).question.clone();
    let sure = reply.confidence >= ANSWERED;
    let near = Near { pair, lang: lang.code(), text: text.to_owned(), like, similarity: reply.confidence };
    sure.then_some(near)
}
