//! When staff are at the clinic: days and hours by the clinic's own clock.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

/// Intervals of a week, at most.
const INTERVALS: usize = 28;

/// Days on which the clinic is closed, at most.
const CLOSED: usize = 400;

/// Days ahead among which the next opening is sought.
const AHEAD: i64 = 400;

/// Why office hours cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// The time zone is not known.
    #[error("take the name of a time zone, as in Asia/Tehran")]
    Zone,
    /// A day of the week is not known.
    #[error("take sat, sun, mon, tue, wed, thu or fri as the day")]
    Day,
    /// A time is none, or ends before it begins.
    #[error("take times as in 09:00, the end after the beginning; 24:00 is midnight")]
    Time,
    /// A closed day is none.
    #[error("take days as in 2026-12-25")]
    Closed,
    /// More than a week or a year can need.
    #[error("take at most {INTERVALS} intervals and {CLOSED} closed days")]
    Many,
}

/// Office hours as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The clinic's time zone, as in `Asia/Tehran`.
    pub time_zone: String,
    /// When staff are there. Empty: nobody says.
    pub days: Vec<Interval>,
    /// Days on which nobody is there all the same, as in `2026-12-25`.
    pub closed: Vec<String>,
}

/// One interval of every week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// `sat`, `sun`, `mon`, `tue`, `wed`, `thu`, `fri`.
    pub day: String,
    /// As in `09:00`.
    pub from: String,
    /// As in `17:00`; `24:00` is midnight.
    pub to: String,
}

/// Office hours, checked.
#[derive(Debug, Clone)]
pub struct OfficeHours {
    zone: TimeZone,
    /// Day, and minutes of it: the first within and the first after.
    weekly: Vec<(Weekday, i64, i64)>,
    closed: Vec<Date>,
    written: Written,
}

impl Default for OfficeHours {
    /// None, by the clock of this machine.
    fn default() -> Self {
        let zone = TimeZone::system();
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        let written = Written { time_zone: name, ..Written::default() };
        Self { zone, weekly: Vec::new(), closed: Vec::new(), written }
    }
}

impl OfficeHours {
    /// Checks `written`.
    ///
    /// # Errors
    /// [`HoursError`].
    pub fn new(written: Written) -> Result<Self, HoursError> {
        if written.days.len() > INTERVALS || written.closed.len() > CLOSED {
            return Err(HoursError::Many);
        }
        let zone = TimeZone::get(&written.time_zone).map_err(|_| HoursError::Zone)?;
        let mut weekly = Vec::with_capacity(written.days.len());
        for Interval { day, from, to } in &written.days {
            let day = weekday(day).ok_or(HoursError::Day)?;
            let (from, to) = (minutes(from).ok_or(HoursError::Time)?, minutes(to).ok_or(HoursError::Time)?);
            if to <= from {
                return Err(HoursError::Time);
            }
            weekly.push((day, from, to));
        }
        let closed: Result<Vec<Date>, _> = written.closed.iter().map(|day| day.parse::<Date>()).collect();
        let closed = closed.map_err(|_| HoursError::Closed)?;
        Ok(Self { zone, weekly, closed, written })
    }

    /// As they are written.
    #[must_use]
    pub fn written(&self) -> &Written {
        &self.written
    }

    /// The clinic's time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether there are any: without them nothing can be said about who is there.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.weekly.is_empty()
    }

    /// Whether staff are there at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        let here = now.to_zoned(self.zone.clone());
        let minute = i64::from(here.hour()) * 60 + i64::from(here.minute());
        self.of(here.date()).any(|(from, to)| (from..to).contains(&minute))
    }

    /// When staff are there next, by the clinic's clock, later than `now`; `None` if not within a year.
    #[must_use]
    pub fn next_opening(&self, now: Timestamp) -> Option<Zoned> {
        let today = now.to_zoned(self.zone.clone()).date();
        (0..AHEAD).find_map(|days| {
            let date = today.checked_add(days.days()).ok()?;
            let openings = self.of(date).filter_map(|(from, _)| self.at(date, from));
            openings.filter(|opening| opening.timestamp() > now).min()
        })
    }

    /// The intervals of `date`, in minutes.
    fn of(&self, date: Date) -> impl Iterator<Item = (i64, i64)> {
        let closed = self.closed.contains(&date);
        let of_day = self.weekly.iter().filter(move |(day, ..)| !closed && *day == date.weekday());
        of_day.map(|(_, from, to)| (*from, *to))
    }

    fn at(&self, date: Date, minute: i64) -> Option<Zoned> {
        let start: DateTime = date.at(0, 0, 0, 0);
        // A time that the clock skips in spring is the one after the gap.
        start.checked_add(minute.minutes()).ok()?.to_zoned(self.zone.clone()).ok()
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        _ => return None,
    })
}

/// Minutes since midnight of a time such as `09:00`.
fn minutes(time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    let number = |text: &str| -> Option<i64> {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { text.parse().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(zone: &str, days: &[(&str, &str, &str)], closed: &[&str]) -> Result<OfficeHours, HoursError> {
        let interval = |(day, from, to): &(&str, &str, &str)| Interval {
            day: (*day).into(),
            from: (*from).into(),
            to: (*to).into(),
        };
        OfficeHours::new(Written {
            time_zone: zone.into(),
            days: days.iter().map(interval).collect(),
            closed: closed.iter().map(|day| (*day).into()).collect(),
        })
    }

    /// 2026-11-21 is a Saturday.
    #[test]
    fn staff_are_there_when_the_clinics_clock_says_so() {
        let days = [("sat", "09:00", "13:00"), ("sat", "16:00", "20:30"), ("mon", "00:00", "24:00")];
        let clinic = hours("Asia/Tehran", &days, &["2026-11-23"]).expect("good");
        let check = |now: &str, open: bool, next: &str| {
            let now: Timestamp = now.parse().expect("an instant");
            let found = clinic.next_opening(now).map(|next| next.timestamp().to_string());
            assert_eq!((clinic.is_open(now), found.as_deref()), (open, Some(next)), "{now}");
        };
        check("2026-11-21T05:29:59Z", false, "2026-11-21T05:30:00Z");
        check("2026-11-21T05:30:00Z", true, "2026-11-21T12:30:00Z");
        check("2026-11-21T09:30:00Z", false, "2026-11-21T12:30:00Z");
        check("2026-11-21T16:59:59Z", true, "2026-11-28T05:30:00Z");
        // Monday the 23rd is closed; the next opening is Saturday the 28th, 09:00.
        check("2026-11-22T21:00:00Z", false, "2026-11-28T05:30:00Z");
    }

    #[test]
    fn clocks_that_are_put_forward_skip_no_day() {
        // In Beirut 00:00 of 29 March 2026 does not exist.
        let clinic = hours("Asia/Beirut", &[("sun", "00:00", "08:00")], &[]).expect("good");
        let now: Timestamp = "2026-03-28T12:00:00Z".parse().expect("an instant");
        let next = clinic.next_opening(now).expect("soon");
        assert_eq!(next.timestamp().to_string(), "2026-03-28T22:00:00Z");
        assert!(clinic.is_open(next.timestamp()));
    }

    #[test]
    fn without_hours_nobody_says() {
        let none = OfficeHours::default();
        assert!(!none.is_set() && !none.is_open(Timestamp::UNIX_EPOCH));
        assert_eq!(none.next_opening(Timestamp::UNIX_EPOCH), None);
        let never = hours("UTC", &[("sat", "09:00", "10:00")], &[]).expect("good");
        assert!(never.next_opening(Timestamp::MAX).is_none());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let check = |zone: &str, day: (&str, &str, &str), closed: &str, expected: HoursError| {
            assert_eq!(hours(zone, &[day], &[closed]).err(), Some(expected));
        };
        let day = ("sat", "09:00", "17:00");
        check("Mars/Base", day, "2026-12-25", HoursError::Zone);
        check("UTC", ("Saturday", "09:00", "17:00"), "2026-12-25", HoursError::Day);
        check("UTC", day, "25.12.", HoursError::Closed);
        for (from, to) in [("9:00", "17:00"), ("17:00", "09:00"), ("09:60", "17:00"), ("", "24:00")] {
            check("UTC", ("sat", from, to), "2026-12-25", HoursError::Time);
        }
        for (from, to) in [("00:00", "24:01"), ("-1:00", "24:00"), ("09:00", "09:00"), ("+9:00", "10:00")] {
            check("UTC", ("sat", from, to), "2026-12-25", HoursError::Time);
        }
        assert_eq!(hours("UTC", &[day; 29], &[]).err(), Some(HoursError::Many));
    }
}
