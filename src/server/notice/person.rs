//! What patients read about persons of the clinic's staff: who is here, who left, and what may be hoped for.

use jiff::Zoned;
use jiff::civil::Weekday;

use crate::language::Lang;

/// What may be promised to somebody who asks for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Promise {
    /// Nothing: nobody has said when anyone is there.
    #[default]
    Nothing,
    /// Somebody is there and reads along.
    Somebody,
    /// Nobody is there now; when somebody will be, if that is known.
    Nobody(Option<Back>),
}

/// When somebody is there again, by the clinic's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    day: Day,
    /// As in `09:00`.
    time: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Day {
    Today,
    Tomorrow,
    Weekday(Weekday),
    /// As in `2026-12-28`.
    Date(String),
}

impl Back {
    /// `opening` as one says it at `now`; both in the clinic's time zone.
    #[must_use]
    pub fn new(now: &Zoned, opening: &Zoned) -> Self {
        let days = now.date().until(opening.date()).map_or(i32::MAX, |span| span.get_days());
        let day = match days {
            0 => Day::Today,
            1 => Day::Tomorrow,
            2..=6 => Day::Weekday(opening.weekday()),
            _ => Day::Date(opening.date().to_string()),
        };
        Self { day, time: opening.strftime("%H:%M").to_string() }
    }

    fn words(&self, lang: Lang) -> String {
        let time = &self.time;
        match (lang, &self.day) {
            (Lang::Ar, Day::Today) => format!("اليوم الساعة {time}"),
            (Lang::Fa, Day::Today) => format!("امروز ساعت {time}"),
            (Lang::Ar, Day::Tomorrow) => format!("غدًا الساعة {time}"),
            (Lang::Fa, Day::Tomorrow) => format!("فردا ساعت {time}"),
            (Lang::Ar, Day::Weekday(day)) => format!("يوم {} الساعة {time}", weekday(lang, *day)),
            (Lang::Fa, Day::Weekday(day)) => format!("{} ساعت {time}", weekday(lang, *day)),
            (Lang::Ar, Day::Date(date)) => format!("بتاريخ {date} الساعة {time}"),
            (Lang::Fa, Day::Date(date)) => format!("در تاریخ {date} ساعت {time}"),
        }
    }
}

const fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match (lang, day) {
        (Lang::Ar, Weekday::Saturday) => "السبت",
        (Lang::Ar, Weekday::Sunday) => "الأحد",
        (Lang::Ar, Weekday::Monday) => "الاثنين",
        (Lang::Ar, Weekday::Tuesday) => "الثلاثاء",
        (Lang::Ar, Weekday::Wednesday) => "الأربعاء",
        (Lang::Ar, Weekday::Thursday) => "الخميس",
        (Lang::Ar, Weekday::Friday) => "الجمعة",
        (Lang::Fa, Weekday::Saturday) => "شنبه",
        (Lang::Fa, Weekday::Sunday) => "یکشنبه",
        (Lang::Fa, Weekday::Monday) => "دوشنبه",
        (Lang::Fa, Weekday::Tuesday) => "سه‌شنبه",
        (Lang::Fa, Weekday::Wednesday) => "چهارشنبه",
        (Lang::Fa, Weekday::Thursday) => "پنجشنبه",
        (Lang::Fa, Weekday::Friday) => "جمعه",
    }
}

/// What a patient reads when a person comes. The name is isolated: it may be in any script.
#[must_use]
pub fn came(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Ar => format!(
            "معك الآن \u{2068}{name}\u{2069} من العيادة في هذه المحادثة، وتتوقف الردود الآلية في هذه الأثناء. إذا ذُكرت \
             علامة خطيرة فسيظهر تنبيه الطوارئ كالمعتاد."
        ),
        Lang::Fa => format!(
            "\u{2068}{name}\u{2069} از کلینیک اکنون در این گفت‌وگو با شماست و پاسخ‌های خودکار در این مدت متوقف می‌شوند. \
             اگر نشانهٔ خطرناکی گفته شود، هشدار اورژانس مثل همیشه نشان داده می‌شود."
        ),
    }
}

/// What a patient reads when the person leaves.
#[must_use]
pub fn left(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Ar => {
            format!(
                "انتهت مشاركة \u{2068}{name}\u{2069} من العيادة في هذه المحادثة، وتعود الردود الآلية من الآن."
            )
        }
        Lang::Fa => {
            format!(
                "\u{2068}{name}\u{2069} از کلینیک این گفت‌وگو را ترک کرد و از این پس پاسخ‌های خودکار ادامه دارند."
            )
        }
    }
}

/// What a patient reads who asks for a person while one is here.
#[must_use]
pub fn is_here(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Ar => format!("معك الآن \u{2068}{name}\u{2069} من العيادة؛ يمكن الكتابة هنا مباشرة."),
        Lang::Fa => format!("\u{2068}{name}\u{2069} از کلینیک اکنون با شماست؛ همین‌جا بنویسید."),
    }
}

/// What a patient reads who asked for a person. Nothing is promised that nobody may be there to keep: the
/// request is kept for the staff, and what cannot wait goes elsewhere.
#[must_use]
pub fn handoff(lang: Lang, with_contact: bool, promise: &Promise) -> String {
    let asked = match (lang, with_contact) {
        (Lang::Ar, true) => "سُجّل طلب التحدث مع أحد موظفي العيادة مع وسيلة التواصل المذكورة",
        (Lang::Ar, false) => "سُجّل طلب التحدث مع أحد موظفي العيادة",
        (Lang::Fa, true) => {
            "درخواست شما برای گفت‌وگو با یکی از کارکنان کلینیک، همراه با راه تماسی که نوشتید، ثبت شد"
        }
        (Lang::Fa, false) => "درخواست شما برای گفت‌وگو با یکی از کارکنان کلینیک ثبت شد",
    };
    let hope = match (lang, promise, with_contact) {
        (Lang::Ar, Promise::Nothing, true) => {
            ". قد يتواصل معك أحد الموظفين عبرها أو يكتب لك في هذه المحادثة، لكن لا يمكننا تحديد موعد لذلك."
                .into()
        }
        (Lang::Ar, Promise::Nothing, false) => {
            ". قد يكتب لك أحدهم في هذه المحادثة، لكن لا يمكننا تحديد موعد لذلك.".into()
        }
        (Lang::Fa, Promise::Nothing, true) => {
            ". ممکن است از همان راه با شما تماس بگیرند یا در همین گفت‌وگو پاسخ بدهند، \
                                               اما نمی‌توانیم زمانی برای آن قول بدهیم."
                .into()
        }
        (Lang::Fa, Promise::Nothing, false) => {
            ". ممکن است در همین گفت‌وگو پاسخ بدهند، اما نمی‌توانیم زمانی برای آن قول بدهیم.".into()
        }
        (Lang::Ar, Promise::Somebody, _) => "، وسيكون معك أحدهم في هذه المحادثة.".to_owned(),
        (Lang::Fa, Promise::Somebody, _) => " و یکی از آنان در همین گفت‌وگو با شما خواهد بود.".to_owned(),
        (Lang::Ar, Promise::Nobody(back), _) => match back {
            Some(back) => format!("، لكن لا أحد منهم هنا الآن. يعود الموظفون {}.", back.words(lang)),
            None => "، لكن لا أحد منهم هنا الآن.".to_owned(),
        },
        (Lang::Fa, Promise::Nobody(back), _) => match back {
            Some(back) => format!("، اما اکنون کسی از آنان اینجا نیست. {} برمی‌گردیم.", back.words(lang)),
            None => "، اما اکنون کسی از آنان اینجا نیست.".to_owned(),
        },
    };
    let urgent = match lang {
        Lang::Ar => {
            "إذا كان الأمر لا يحتمل الانتظار فالأفضل الاتصال بالعيادة مباشرة، وفي الحالات الطارئة يجب الاتصال بالإسعاف فورًا."
        }
        Lang::Fa => {
            "اگر کارتان فوری است، مستقیم با کلینیک تماس بگیرید و در موارد اورژانسی فوراً با اورژانس تماس بگیرید."
        }
    };
    format!("{asked}{hope} {urgent}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn at(time: &str) -> Zoned {
        time.parse().expect("a time")
    }

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let now = "2026-11-21T22:00+03:30[+03:30]";
        for (opening, ar, fa) in [
            ("2026-11-21T23:30+03:30[+03:30]", "اليوم الساعة 23:30", "امروز ساعت 23:30"),
            ("2026-11-22T09:00+03:30[+03:30]", "غدًا الساعة 09:00", "فردا ساعت 09:00"),
            ("2026-11-24T09:00+03:30[+03:30]", "يوم الثلاثاء الساعة 09:00", "سه‌شنبه ساعت 09:00"),
            (
                "2026-11-28T09:00+03:30[+03:30]",
                "بتاريخ 2026-11-28 الساعة 09:00",
                "در تاریخ 2026-11-28 ساعت 09:00",
            ),
        ] {
            let back = Back::new(&at(now), &at(opening));
            assert_eq!((back.words(Lang::Ar).as_str(), back.words(Lang::Fa).as_str()), (ar, fa));
        }
    }

    #[test]
    fn every_promise_has_its_own_words() {
        let back = Back::new(&at("2026-11-21T22:00[UTC]"), &at("2026-11-22T09:00[UTC]"));
        let promises =
            [Promise::Nothing, Promise::Somebody, Promise::Nobody(None), Promise::Nobody(Some(back.clone()))];
        let words: HashSet<String> = Lang::ALL
            .into_iter()
            .flat_map(|lang| promises.iter().map(move |promise| (lang, promise)))
            .flat_map(|(lang, promise)| [true, false].map(|contact| handoff(lang, contact, promise)))
            .collect();
        assert_eq!(words.len(), 16);
        assert!(words.iter().all(|words| words.ends_with('.')));
        assert!(handoff(Lang::Fa, false, &Promise::Nobody(Some(back))).contains("فردا ساعت 09:00"));
    }

    #[test]
    fn a_name_of_any_script_stays_in_its_place() {
        for lang in Lang::ALL {
            for words in [came(lang, "Dr. A (2)"), left(lang, "Dr. A (2)"), is_here(lang, "Dr. A (2)")] {
                assert!(words.contains("\u{2068}Dr. A (2)\u{2069}"), "{words}");
            }
        }
    }
}
