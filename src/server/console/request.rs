//! What comes with a request: JSON, query, page, and what somebody believes they are changing.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::problem::Problem;

/// Items of a page, unless asked for otherwise.
const LIMIT: u32 = 50;

/// Items of a page, at most.
const MOST: u32 = 200;

/// A JSON body. What cannot be read is 400, another content type 415, a body over the limit 413.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send the body as application/json.",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => {
                    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body is too large.")
                }
                _ => Problem::bad_request("The body did not arrive whole."),
            }
        })?;
        serde_json::from_slice(&bytes).map(Body).map_err(|error| unreadable(&error))
    }
}

/// Says where a body is wrong without repeating what it holds: that may be a password.
fn unreadable(error: &serde_json::Error) -> Problem {
    let words = error.to_string();
    let safe = words.starts_with("missing field");
    let what = match words.split_once(" at line").filter(|_| safe) {
        Some((what, _)) => format!(" ({what})"),
        None => String::new(),
    };
    Problem::bad_request(format!(
        "The body is not what this address takes{what}: line {}, column {}.",
        error.line(),
        error.column()
    ))
}

/// The query of an address. What cannot be read is 400.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(query)| Query(query))
            .map_err(|_| Problem::bad_request("The part of the address behind `?` cannot be read."))
    }
}

/// The variable parts of a path. What cannot be read names nothing, hence 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(path)| Path(path))
            .map_err(|_| Problem::not_found())
    }
}

/// Which page of a list. Take it beside the list's own filter, each as its own [`Query`].
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Items of a page: 1 to 200, 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl Page {
    /// Items to be shown. Read one more: [`List::cut`] learns from it whether more follows.
    #[must_use]
    pub fn limit(&self) -> usize {
        usize::try_from(self.limit.unwrap_or(LIMIT).clamp(1, MOST)).unwrap_or(1)
    }

    /// [`Page::limit`] and one more, as SQL wants it.
    #[must_use]
    pub fn sql_limit(&self) -> i64 {
        i64::from(self.limit.unwrap_or(LIMIT).clamp(1, MOST)) + 1
    }

    /// The key of the last item that was shown; `None` on the first page.
    ///
    /// # Errors
    /// 400 `bad_cursor` if it is none that was given out.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bad = || {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "bad_cursor",
                "There is no such page. Begin again without `cursor`.",
            )
        };
        let bytes = unhex(cursor).ok_or_else(bad)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| bad())
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The items.
    pub items: Vec<T>,
    /// Hand this back as `cursor` for the next page; `null` on the last one.
    pub next: Option<String>,
    /// Items on all pages, where counting is cheap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> List<T> {
    /// A page from up to [`Page::sql_limit`] items; `key` finds an item again.
    #[must_use]
    pub fn cut<K: Serialize>(mut items: Vec<T>, page: &Page, key: impl Fn(&T) -> K) -> Self {
        let more = items.len() > page.limit();
        items.truncate(page.limit());
        let last = items.last().filter(|_| more).map(key);
        // A key is made of numbers and strings, which always serialize.
        let next = last.and_then(|key| serde_json::to_vec(&key).ok()).map(|key| hex(&key));
        Self { items, next, total: None }
    }

    /// A list that is always shown whole.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        let total = u64::try_from(items.len()).ok();
        Self { items, next: None, total }
    }
}

/// Bytes as lower case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS.get(usize::from(half)).map_or('0', |digit| char::from(*digit));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let halves: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let halves = halves.filter(|halves| halves.len().is_multiple_of(2))?;
    let pair = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    halves.chunks(2).map(pair).collect()
}

/// The tag of a thing's state: two states have one tag only if they are equal.
#[must_use]
pub fn etag(state: &impl Serialize) -> String {
    let json = serde_json::to_vec(state).unwrap_or_default();
    let digest = Sha256::digest(&json);
    format!("\"{}\"", hex(digest.get(..12).unwrap_or_default()))
}

/// A thing and the tag of its state.
#[derive(Debug)]
pub struct Tagged<T>(pub T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&etag(&self.0)).ok();
        let mut response = axum::Json(self.0).into_response();
        if let Some(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// What the client believes is the state of the thing that it changes: its `If-Match` header.
#[derive(Debug, Clone)]
pub struct IfMatch(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self::of(&parts.headers))
    }
}

impl IfMatch {
    fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        Self(value.map(|value| value.trim().trim_start_matches("W/").to_owned()))
    }

    /// Whether it is `*`: the client knows no state, as for a thing that it makes.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0.as_deref() == Some("*")
    }

    /// Checks that the client has seen `current`. Call it in the transaction that makes the change.
    ///
    /// # Errors
    /// 428 `precondition_required` without the header; 412 `changed_meanwhile`, with `current`, if it differs.
    pub fn check(&self, current: &impl Serialize) -> Result<(), Problem> {
        let Some(believed) = &self.0 else {
            return Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "precondition_required",
                "Say in If-Match which state you change: the ETag that you got with it.",
            ));
        };
        if *believed == etag(current) {
            return Ok(());
        }
        let current = serde_json::to_value(current).unwrap_or(Value::Null);
        Err(Problem::new(
            StatusCode::PRECONDITION_FAILED,
            "changed_meanwhile",
            "Somebody else changed this meanwhile. Look at how it is now, then try again.",
        )
        .current(current))
    }
}

/// A time as the API writes it: RFC 3339 in UTC.
#[must_use]
pub fn at(ms: i64) -> String {
    // Times in the store come from a clock; one that is out of range shows as the beginning of time.
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

/// From and to, as a query gives them, in ms since 1970: the first instant and the first one after. Each is a day, as
/// in `2026-11-21`, which is wholly meant and begins as it does in `zone`, or an instant in RFC 3339.
///
/// # Errors
/// 422 `invalid` if one is neither.
pub fn span(
    from: Option<&str>,
    to: Option<&str>,
    zone: &jiff::tz::TimeZone,
) -> Result<(Option<i64>, Option<i64>), Problem> {
    let bound = |name: &str, text: Option<&str>, days: i64| {
        text.map(|text| {
            instant(text, days, zone)
                .ok_or_else(|| Problem::invalid(name, "a day, as in 2026-11-21, or an instant in RFC 3339"))
        })
        .transpose()
    };
    Ok((bound("from", from, 0)?, bound("to", to, 1)?))
}

fn instant(text: &str, days: i64, zone: &jiff::tz::TimeZone) -> Option<i64> {
    use jiff::ToSpan;
    if is_whole_instant(text) {
        return Some(text.parse::<jiff::Timestamp>().ok()?.as_millisecond());
    }
    // A day with a time behind it parses as that day too; only what is written back as it came is a day.
    let day: jiff::civil::Date = text.parse().ok()?;
    if text.len() != 10 || day.to_string() != text {
        return None;
    }
    let day = day.checked_add(days.days()).ok()?;
    Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

/// Whether `text` has the marks of RFC 3339 in their places: the parser also takes a time without minutes, and others
/// that are not RFC 3339.
fn is_whole_instant(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let mark = |at: usize| text.as_bytes().get(at).copied();
    let offset = text.len().checked_sub(6).and_then(mark);
    [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(at, wanted)| mark(*at) == Some(*wanted))
        && (text.ends_with('Z') || matches!(offset, Some(b'+' | b'-')))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_follow_each_other() {
        let page = Page { limit: Some(2), cursor: None };
        let list = List::cut(vec![(1, "a"), (2, "ب"), (3, "c")], &page, |(n, t)| (*n, (*t).to_owned()));
        assert_eq!(list.items, [(1, "a"), (2, "ب")]);
        let next = Page { limit: None, cursor: list.next };
        assert_eq!(next.after::<(i64, String)>().ok(), Some(Some((2, "ب".to_owned()))));
        assert!(List::cut(vec![1, 2], &page, |n| *n).next.is_none(), "exactly a page");
        assert_eq!(page.after::<i64>().ok(), Some(None));
        for limit in [0, 201, u32::MAX] {
            assert!((1..=200).contains(&Page { limit: Some(limit), cursor: None }.limit()));
        }
    }

    #[test]
    fn cursors_that_nobody_gave_are_refused() {
        for cursor in ["", "x", "0", "ff", "7b", "é", "22", &"0".repeat(9999)] {
            let page = Page { limit: None, cursor: Some(cursor.into()) };
            let code = page.after::<(i64, String)>().map_err(|problem| problem.code());
            assert_eq!(code.err(), Some("bad_cursor"), "{cursor}");
        }
    }

    #[test]
    fn a_change_names_what_it_changes() {
        let now = json!({"a": 1});
        let check = |header: Option<&str>, expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert(header::IF_MATCH, header.parse().expect("a header"));
            }
            let code = IfMatch::of(&headers).check(&now).err().map(|problem| problem.code());
            assert_eq!(code, expected, "{header:?}");
        };
        check(None, Some("precondition_required"));
        check(Some("\"0\""), Some("changed_meanwhile"));
        check(Some("*"), Some("changed_meanwhile"));
        check(Some(&etag(&now)), None);
        check(Some(&format!("W/{}", etag(&now))), None);
    }

    #[test]
    fn a_day_is_meant_wholly() {
        let tehran = jiff::tz::TimeZone::get("Asia/Tehran").expect("known");
        let check = |from: &str, to: &str, expected: Option<(&str, &str)>| {
            let found = span(Some(from), Some(to), &tehran).ok();
            let found = found.map(|(from, to)| (at(from.expect("given")), at(to.expect("given"))));
            let expected = expected.map(|(from, to)| (from.to_owned(), to.to_owned()));
            assert_eq!(found, expected, "{from} {to}");
        };
        check("2026-11-21", "2026-11-21", Some(("2026-11-20T20:30:00Z", "2026-11-21T20:30:00Z")));
        check(
            "2026-11-21T10:00:00Z",
            "2026-11-21T12:00:00+03:30",
            Some(("2026-11-21T10:00:00Z", "2026-11-21T08:30:00Z")),
        );
        check("0001-01-01", "2024-02-29", Some(("0000-12-31T20:34:16Z", "2024-02-29T20:30:00Z")));
        check(
            "2026-11-21T10:00:00.5-01:00",
            "2026-11-21t10:00:00z",
            Some(("2026-11-21T11:00:00.5Z", "2026-11-21T10:00:00Z")),
        );
        for odd in [
            "",
            "today",
            "2026-11",
            "2026-13-01",
            "2026-02-29",
            "2026-11-2",
            "20261121",
            "+2026-11-2",
            "-002026-11-21",
            " 2026-11-21",
            "2026-11-21T10",
            "2026-11-21T10:00",
            "2026-11-21T10:00:00",
            "2026-11-21T10Z",
            "2026-11-21T10:00Z",
            "2026-11-21T10:00:00+0330",
            "2026-11-21T12:00:00 03:30",
            "20261121T100000Z",
            "2026-11-21T10:00:00Z[UTC]",
            "2026-11-21[Asia/Tehran]",
            "۲۰۲۶-۱۱-۲۱",
        ] {
            check(odd, "2026-11-21", None);
            check("2026-11-21", odd, None);
        }
        check("2026-11-21", "9999-12-31", None);
        assert_eq!(span(None, None, &tehran).ok(), Some((None, None)));
    }

    #[test]
    fn what_was_sent_is_not_said_again() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct SignIn {
            #[allow(dead_code, reason = "only read")]
            password: String,
        }
        for (body, says) in [
            (r#"{"password": 48151623}"#, "line 1"),
            (r#"{"password": "48151623"#, "line 1"),
            (r#"{}"#, "missing field `password`"),
            (r#"{"password": "a", "48151623": 1}"#, "line 1"),
        ] {
            let error = serde_json::from_str::<SignIn>(body).expect_err("unreadable");
            let detail = unreadable(&error).detail().to_owned();
            assert!(detail.contains(says) && !detail.contains("48151623"), "{detail}");
        }
    }
}
