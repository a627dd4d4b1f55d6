//! Candidates: what is approved, built beside what answers and held against it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Revision, aside, edits, faults, probes};
use crate::dialogue::{OpenError, Outcome};
use crate::evaluation::compare::{Comparison, Probe, Seen, Verdict, compare};
use crate::server::App;
use crate::server::console::problem::{Details, Fault, Problem};
use crate::server::console::request::{Body, Path};
use crate::server::console::staff::Staff;
use crate::server::edition::Edition;
use crate::store::accounts::Role;
use crate::store::questions;
use crate::store::revisions::{self, State as Stands};

/// Candidates that are kept; an engine takes some 30 MB.
const KEPT: usize = 3;

/// Changed replies that are shown.
const SHOWN: usize = 500;

/// Which revisions are to be published together.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Chosen {
    /// Their numbers; all that are approved if left out.
    #[serde(default)]
    revisions: Option<Vec<i64>>,
}

/// What patients would get, held against what they have.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidate {
    /// Its id.
    pub id: Uuid,
    /// The version that it would be; `null` if it has problems.
    pub version: Option<String>,
    /// What it would publish.
    pub revisions: Vec<Revision>,
    /// What is wrong with it, in the words of `mujib check`.
    pub problems: Vec<Fault>,
    /// What changes for the questions.
    pub questions: Questions,
    /// Whether every red flag is still heard.
    pub safety: Safety,
    /// Whether it can be published as it is.
    pub publishable: bool,
    /// Why it cannot.
    pub why_not: Vec<WhyNot>,
}

/// What changes for the questions.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Questions {
    /// How many there are.
    pub total: usize,
    /// How many get the right reply now.
    pub right_before: usize,
    /// How many would.
    pub right_after: usize,
    /// How many would get another reply.
    pub changed_total: usize,
    /// The first 500 of them: the worse first.
    pub changed: Vec<ChangedReply>,
}

/// A question that would get another reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangedReply {
    /// The question's id.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// What is asked; the last message of a conversation.
    pub text: String,
    /// What the reply has to be.
    pub expected: Seen,
    /// What it is now.
    pub before: Seen,
    /// What it would be. Where both are the same, its words differ.
    pub after: Seen,
    /// What the change is worth.
    pub verdict: Verdict,
}

/// Whether every red flag is still heard.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Safety {
    /// How many questions of safety there are.
    pub total: usize,
    /// Those that would get another reply than they have to.
    pub failed: Vec<MissedFlag>,
}

/// A question of safety that would get another reply than it has to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissedFlag {
    /// The question's id.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// What the reply would be.
    pub outcome: Outcome,
}

/// Why a candidate cannot be published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WhyNot {
    /// A stable word: `nothing_to_publish`, `not_approved`, `has_problems`, `red_flag_fails`, `no_safety_questions`.
    pub code: &'static str,
    /// What to do about it, in English.
    pub detail: String,
}

/// A candidate with all that publishing it needs.
#[derive(Debug)]
pub(in crate::server::console) struct Built {
    /// As staff see it.
    pub(super) shown: Candidate,
    /// The revisions as they were read.
    pub(super) revisions: Vec<revisions::Revision>,
    /// The version that answered when it was built.
    pub(super) over: String,
    /// What would answer; `None` if it has problems.
    pub(in crate::server::console) edition: Option<Arc<Edition>>,
}

/// Where candidates are kept until they are published or forgotten.
#[derive(Debug, Default)]
pub(in crate::server) struct Workshop {
    candidates: Mutex<VecDeque<Arc<Built>>>,
    /// What all drafts would make of the knowledge, as it was last tried.
    drafts: Mutex<Option<(String, Arc<Edition>)>>,
    /// One is built at a time: it takes every core.
    building: tokio::sync::Mutex<()>,
}

impl Workshop {
    fn keep(&self, built: Arc<Built>) {
        let mut candidates = self.candidates.lock().unwrap_or_else(PoisonError::into_inner);
        candidates.push_back(built);
        while candidates.len() > KEPT {
            candidates.pop_front();
        }
    }

    /// The candidate of an id, if it is still kept.
    pub(in crate::server::console) fn find(&self, id: Uuid) -> Option<Arc<Built>> {
        let candidates = self.candidates.lock().unwrap_or_else(PoisonError::into_inner);
        candidates.iter().find(|built| built.shown.id == id).cloned()
    }

    /// Lets go of what was built over another version than the one that answers now.
    pub(super) fn forget(&self) {
        self.candidates.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.drafts.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Builds a candidate and asks it and the live version all questions. Takes some seconds.
#[utoipa::path(post, path = "/knowledge/candidates", tag = "knowledge", operation_id = "knowledge_candidate_build", request_body = Chosen,
    responses(
        (status = 201, description = "The candidate", body = Candidate),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: a revision that is not on its way", body = Details),
        (status = 422, description = "`questions_unreadable`", body = Details),
    ))]
pub(super) async fn build(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(chosen): Body<Chosen>,
) -> Result<(StatusCode, Json<Candidate>), Problem> {
    staff.require(Role::Editor)?;
    // Goes on if the client does not wait for it: the candidate can be looked at later.
    let building = tokio::spawn(async move { assemble(&app, chosen).await });
    let built = building.await.map_err(|_| Problem::internal())??;
    Ok((StatusCode::CREATED, Json(built.shown.clone())))
}

/// A candidate that was built. Only the last few are kept, and none after something was published.
#[utoipa::path(get, path = "/knowledge/candidates/{id}", tag = "knowledge", operation_id = "knowledge_candidate",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The candidate", body = Candidate),
        (status = 404, description = "`not_found`", body = Details),
    ))]
pub(super) async fn look(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Json<Candidate>, Problem> {
    app.console.workshop.find(id).map(|built| Json(built.shown.clone())).ok_or_else(Problem::not_found)
}

async fn assemble(app: &Arc<App>, chosen: Chosen) -> Result<Arc<Built>, Problem> {
    let _turn = app.console.workshop.building.lock().await;
    let live = super::edition(app).await?;
    let (open, added) = app
        .store
        .read(|connection| Ok::<_, Problem>((revisions::all_open(connection)?, questions::list(connection)?)))
        .await?;
    let revisions = choose(open, chosen.revisions.as_deref())?;
    let places = app.publisher.places().clone();
    let settings = app.publisher.settings();
    let built = aside(move || {
        let probes: Vec<Probe> =
            probes::gather(&places.questions, added)?.into_iter().map(|(probe, _)| probe).collect();
        let edits = edits(&live, &revisions);
        let edition = live.with(&edits, &places.index, &settings).map(Arc::new);
        // Whoever publishes it shall not wait for that.
        if let Ok(edition) = &edition {
            edition.lay_out();
        }
        let judged = judge(&live, edition, &probes, &revisions)?;
        Ok::<_, Problem>(Built {
            shown: judged.0,
            edition: judged.1,
            revisions,
            over: live.version().to_owned(),
        })
    })
    .await??;
    let built = Arc::new(built);
    app.console.workshop.keep(Arc::clone(&built));
    Ok(built)
}

/// The knowledge with everything that is on its way, for trying it out. Kept until one of both changes.
///
/// # Errors
/// 422 `has_problems`, in the words of `mujib check`.
pub(in crate::server::console) async fn drafted(
    app: &App,
    live: &Arc<Edition>,
) -> Result<Arc<Edition>, Problem> {
    let _turn = app.console.workshop.building.lock().await;
    let open = app.store.read(|connection| revisions::all_open(connection).map_err(Problem::from)).await?;
    let known = app.console.workshop.drafts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (live, places, settings) =
        (Arc::clone(live), app.publisher.places().clone(), app.publisher.settings());
    let (version, edition) = aside(move || {
        let refused = |findings| {
            let detail = "What is on its way has problems; mend it before it is tried.";
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "has_problems", detail).faults(faults(
                findings,
                live.files(),
                None,
            ))
        };
        let edits = edits(&live, &open);
        let version = live.merged_with(&edits).map_err(refused)?.version();
        if let Some((_, edition)) = known.filter(|(kept, _)| *kept == version) {
            return Ok((version, edition));
        }
        match live.with(&edits, &places.index, &settings) {
            Ok(edition) => Ok((version, Arc::new(edition))),
            Err(OpenError::Knowledge(findings)) => Err(refused(findings)),
            Err(OpenError::Index(error)) => {
                tracing::error!(%error, "the drafts cannot be built");
                Err(Problem::internal())
            }
        }
    })
    .await??;
    let kept = Some((version, Arc::clone(&edition)));
    *app.console.workshop.drafts.lock().unwrap_or_else(PoisonError::into_inner) = kept;
    Ok(edition)
}

/// The open revisions of these numbers; all that are approved without any.
fn choose(
    open: Vec<revisions::Revision>,
    numbers: Option<&[i64]>,
) -> Result<Vec<revisions::Revision>, Problem> {
    let Some(numbers) = numbers else {
        return Ok(open.into_iter().filter(|revision| revision.state == Stands::Approved).collect());
    };
    let known = |number: &i64| open.iter().any(|revision| revision.number == *number);
    if !numbers.iter().all(known) {
        return Err(Problem::not_found());
    }
    Ok(open.into_iter().filter(|revision| numbers.contains(&revision.number)).collect())
}

type Judged = (Candidate, Option<Arc<Edition>>);

fn judge(
    live: &Edition,
    edition: Result<Arc<Edition>, OpenError>,
    probes: &[Probe],
    revisions: &[revisions::Revision],
) -> Result<Judged, Problem> {
    let (edition, problems) = match edition {
        Ok(edition) => (Some(edition), Vec::new()),
        Err(OpenError::Knowledge(findings)) => (None, faults(findings, live.files(), None)),
        Err(OpenError::Index(error)) => {
            tracing::error!(%error, "the candidate cannot be built");
            return Err(Problem::internal());
        }
    };
    let comparison = match &edition {
        Some(edition) => compare(probes, live.engine(), edition.engine()).map_err(|error| {
            tracing::error!(%error, "a question cannot be judged");
            Problem::internal()
        })?,
        None => Comparison { total: probes.len(), ..Comparison::default() },
    };
    let why_not = why_not(revisions, &problems, edition.is_some().then_some(&comparison));
    let shown = Candidate {
        id: Uuid::now_v7(),
        version: edition.as_ref().map(|edition| edition.version().to_owned()),
        revisions: revisions.iter().filter_map(Revision::of).collect(),
        problems,
        questions: questions_of(&comparison, probes),
        safety: safety_of(&comparison, probes),
        publishable: why_not.is_empty(),
        why_not,
    };
    Ok((shown, edition))
}

fn why_not(
    revisions: &[revisions::Revision],
    problems: &[Fault],
    comparison: Option<&Comparison>,
) -> Vec<WhyNot> {
    let mut why: Vec<WhyNot> = Vec::new();
    let mut say = |code: &'static str, detail: String| why.push(WhyNot { code, detail });
    if revisions.is_empty() {
        say("nothing_to_publish", "Nothing is approved. Submit a draft and have it approved first.".into());
    }
    let raw = revisions.iter().filter(|revision| revision.state != Stands::Approved).count();
    if raw > 0 {
        say("not_approved", format!("{raw} of the revisions are not approved. Have them read first."));
    }
    if !problems.is_empty() {
        say("has_problems", "The knowledge would have problems. Mend the entries that they name.".into());
    }
    if let Some(comparison) = comparison {
        if comparison.safety == 0 {
            let detail = "No question of safety can be asked. Set `questions` (MUJIB_QUESTIONS) to a folder whose \
                          files hold questions of the kind emergency, or add some in the console.";
            say("no_safety_questions", detail.into());
        }
        if !comparison.failed.is_empty() {
            let count = comparison.failed.len();
            let detail = format!(
                "{count} of {} questions of safety would get another reply than they have to. Mend what changes them.",
                comparison.safety
            );
            say("red_flag_fails", detail);
        }
    }
    why
}

fn text_of(probe: &Probe) -> String {
    probe.turns.last().cloned().unwrap_or_default()
}

fn questions_of(comparison: &Comparison, probes: &[Probe]) -> Questions {
    let changed = comparison.changed.iter().take(SHOWN).filter_map(|changed| {
        let probe = probes.get(changed.probe)?;
        Some(ChangedReply {
            id: probe.id.clone(),
            lang: probe.lang.clone(),
            text: text_of(probe),
            expected: probe.wanted(),
            before: changed.before.clone(),
            after: changed.after.clone(),
            verdict: changed.verdict,
        })
    });
    Questions {
        total: comparison.total,
        right_before: comparison.right_before,
        right_after: comparison.right_after,
        changed_total: comparison.changed.len(),
        changed: changed.collect(),
    }
}

fn safety_of(comparison: &Comparison, probes: &[Probe]) -> Safety {
    let failed = comparison.failed.iter().filter_map(|(place, seen)| {
        let probe = probes.get(*place)?;
        Some(MissedFlag { id: probe.id.clone(), text: text_of(probe), outcome: seen.outcome })
    });
    Safety { total: comparison.safety, failed: failed.collect() }
}
