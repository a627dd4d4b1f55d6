//! What happened lately, in figures.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::{Details, Problem};
use super::request::{Query, at};
use super::staff::Staff;
use crate::language::Lang;
use crate::server::App;
use crate::store::tally::{Tally, tally};
use crate::store::{ReadError, inbox};

/// Days that are shown unless others are asked for.
const DAYS: i64 = 30;

/// Days that are counted at most.
const MOST_DAYS: i32 = 366;

/// Pairs and groups that are named.
const NAMED: usize = 10;

/// Which days.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first day, as in `2026-11-21`, by the clinic's clock; left out: 30 days up to the last.
    from: Option<String>,
    /// The last day; left out: today.
    to: Option<String>,
}

/// What happened in some days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// The first day, by the clinic's clock.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Messages by day, language and outcome, in this order; where there are none nothing is said.
    pub days: Vec<DayCount>,
    /// All days together.
    pub totals: Totals,
    /// The pairs that answered most often, at most ten.
    pub pairs: Vec<PairCount>,
    /// What was asked most often in vain and is not done yet, at most ten, of all days.
    pub unanswered: Vec<Unanswered>,
    /// From a message to its reply, by the server's clock; `null` where nothing was measured.
    pub latency: Option<Latency>,
}

/// Messages of a day, in one language, with one outcome.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayCount {
    /// The day, by the clinic's clock.
    pub day: String,
    /// `ar` or `fa`.
    pub lang: &'static str,
    /// The outcome, as in `answer`.
    pub outcome: &'static str,
    /// How many.
    pub count: u64,
}

/// Sums.
#[derive(Debug, Serialize, ToSchema)]
pub struct Totals {
    /// Messages.
    pub messages: u64,
    /// Conversations in which something was said.
    pub conversations: u64,
    /// Of the messages that were answered, asked back, or not known: the share that was answered, 0 to 1; `null`
    /// without any.
    pub answered_share: Option<f64>,
    /// Messages with a red flag.
    pub emergencies: u64,
    /// Thumbs up.
    pub helpful: u64,
    /// Thumbs down.
    pub unhelpful: u64,
}

/// Answers of a pair.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairCount {
    /// Its id.
    pub pair: String,
    /// Its question; `null` if the knowledge does not hold it any more.
    pub question: Option<Question>,
    /// How many.
    pub count: u64,
}

/// A question in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Question {
    /// In Arabic.
    pub ar: String,
    /// In Persian.
    pub fa: String,
}

/// A group of the inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unanswered {
    /// Its id.
    pub id: i64,
    /// `ar` or `fa`.
    pub lang: String,
    /// The words of its latest message, masked.
    pub sample: String,
    /// How many messages.
    pub count: i64,
    /// When the last came (RFC 3339, UTC).
    pub last_at: String,
}

/// From a message to its reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct Latency {
    /// Half of them were at most this long, in milliseconds.
    pub median_ms: f64,
    /// All but one of a hundred were at most this long, in milliseconds.
    pub p99_ms: f64,
}

/// Days in order, and their beginnings with the end of the last, in ms since 1970.
struct Span {
    days: Vec<Date>,
    bounds: Vec<i64>,
}

impl Span {
    fn new(asked: &Days, app: &App) -> Result<Self, Problem> {
        let zone = app.time_zone();
        let day = |name: &str, text: &Option<String>| {
            let day = text.as_deref().map(str::parse::<Date>).transpose();
            day.map_err(|_| Problem::invalid(name, "a day, as in 2026-11-21"))
        };
        let too_many =
            || Problem::invalid("from", format!("at most {MOST_DAYS} days, the last not before the first"));
        let to = day("to", &asked.to)?.unwrap_or_else(|| Timestamp::now().to_zoned(zone.clone()).date());
        let from = match day("from", &asked.from)? {
            Some(from) => from,
            None => to.checked_sub((DAYS - 1).days()).map_err(|_| too_many())?,
        };
        let length = from.until(to).map_err(|_| too_many())?.get_days();
        if !(0..MOST_DAYS).contains(&length) {
            return Err(too_many());
        }
        let beginning = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
        let days: Option<Vec<Date>> =
            (0..=i64::from(length)).map(|days| from.checked_add(days.days()).ok()).collect();
        let days = days.ok_or_else(too_many)?;
        let end = to.checked_add(1.day()).map_err(|_| too_many())?;
        let bounds: Option<Vec<i64>> = days.iter().copied().chain([end]).map(beginning).collect();
        Ok(Self { days, bounds: bounds.ok_or_else(too_many)? })
    }

    fn name(&self, day: usize) -> String {
        self.days.get(day).map(Date::to_string).unwrap_or_default()
    }
}

/// Says what happened in some days.
#[utoipa::path(get, path = "/overview", tag = "overview", operation_id = "overview_get", params(Days), responses(
    (status = 200, description = "What happened", body = Overview),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn overview(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(asked): Query<Days>,
) -> Result<Json<Overview>, Problem> {
    let span = Span::new(&asked, &app)?;
    let bounds = span.bounds.clone();
    let (tally, groups) = app
        .store
        .read(move |connection| {
            let filter = inbox::Filter {
                kind: Some("unanswered"),
                state: Some("new"),
                sort: inbox::Sort::Count,
                ..inbox::Filter::default()
            };
            Ok::<_, ReadError>((tally(connection, &bounds)?, inbox::list(connection, &filter, 10)?))
        })
        .await?;
    let unanswered = groups.into_iter().map(|group| Unanswered {
        id: group.id,
        lang: group.lang,
        sample: group.sample,
        count: group.count,
        last_at: at(group.last_ms),
    });
    Ok(Json(Overview {
        from: span.name(0),
        to: span.name(span.days.len().saturating_sub(1)),
        days: by_day(&tally, &span),
        totals: totals(&tally),
        pairs: top_pairs(&app, &tally),
        unanswered: unanswered.collect(),
        latency: latency(tally.took_us),
    }))
}

/// The same counts as a table: one line a day, language and outcome.
#[utoipa::path(get, path = "/overview.csv", tag = "overview", operation_id = "overview_csv", params(Days), responses(
    (status = 200, description = "The table", content_type = "text/csv", body = String),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn csv(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(asked): Query<Days>,
) -> Result<Response, Problem> {
    let span = Span::new(&asked, &app)?;
    let bounds = span.bounds.clone();
    let tally = app.store.read(move |connection| tally(connection, &bounds).map_err(ReadError::from)).await?;
    // Dates, codes and numbers: nothing that needs quotes, or that a spreadsheet would take for a formula.
    let mut table = String::from("day,lang,outcome,count\r\n");
    for DayCount { day, lang, outcome, count } in by_day(&tally, &span) {
        // Writing to a string cannot fail.
        let _ok = write!(table, "{day},{lang},{outcome},{count}\r\n");
    }
    let name = format!("attachment; filename=\"mujib-{}.csv\"", span.name(0));
    let mut response = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table).into_response();
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn by_day(tally: &Tally, span: &Span) -> Vec<DayCount> {
    let days = tally.days.iter();
    days.map(|((day, lang, outcome), count)| DayCount { day: span.name(*day), lang, outcome, count: *count })
        .collect()
}

fn totals(tally: &Tally) -> Totals {
    let asked = tally.of(&["answer", "clarify", "no_answer"]);
    let share = |part: u64| part as f64 / asked as f64;
    Totals {
        messages: tally.messages(),
        conversations: tally.conversations,
        answered_share: (asked > 0).then(|| share(tally.of(&["answer"]))),
        emergencies: tally.of(&["emergency"]),
        helpful: tally.helpful,
        unhelpful: tally.unhelpful,
    }
}

fn top_pairs(app: &App, tally: &Tally) -> Vec<PairCount> {
    let engine = app.engine.load();
    let mut pairs: Vec<(&String, u64)> = tally.pairs.iter().map(|(pair, count)| (pair, *count)).collect();
    pairs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let named = pairs.into_iter().take(NAMED).map(|(pair, count)| PairCount {
        question: engine.knowledge().pair(pair).map(|pair| Question {
            ar: pair.wording(Lang::Ar).question.clone(),
            fa: pair.wording(Lang::Fa).question.clone(),
        }),
        pair: pair.clone(),
        count,
    });
    named.collect()
}

/// Exact, not estimated: all are at hand.
fn latency(mut took_us: Vec<u32>) -> Option<Latency> {
    let mut percentile = |percent: usize| {
        // The smallest that so many of a hundred do not exceed.
        let place = (took_us.len() * percent).div_ceil(100).checked_sub(1)?;
        if place >= took_us.len() {
            return None;
        }
        let (_, us, _) = took_us.select_nth_unstable(place);
        Some(f64::from(*us) / 1000.0)
    };
    Some(Latency { median_ms: percentile(50)?, p99_ms: percentile(99)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let check = |took_us: Vec<u32>, expected: Option<(f64, f64)>| {
            let found = latency(took_us).map(|latency| (latency.median_ms, latency.p99_ms));
            assert_eq!(found, expected);
        };
        check(vec![], None);
        check(vec![1500], Some((1.5, 1.5)));
        check((1..=100).rev().map(|n| n * 1000).collect(), Some((50.0, 99.0)));
        check(vec![1000, 3000], Some((1.0, 3.0)));
    }
}
