//! The safety policy: `policy.toml`. What a clinic's reviewers decide about red flags, personal
//! requests, risk groups and the fixed texts around answers. The `safety` room compiles it into a screen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::bilingual::Bilingual;
use super::problem::Problem;
use crate::language::Lang;

/// How urgent a red flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Life or sight may be at stake: call the emergency service now.
    Emergency,
    /// Wish to die, self-harm, starving or purging for looks.
    Crisis,
    /// A doctor must see it today.
    SameDay,
    /// No emergency reply, only the `see-doctor` disclaimer.
    Caution,
}

/// What a patient may ask that only a clinician may say about this one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonalKind {
    /// Leave to stop, skip or change a medicine.
    StopMedicine,
    /// How to inject oneself or a relative at home.
    SelfInjection,
    /// How much of a substance.
    Dose,
    /// A medicine to be prescribed.
    Prescription,
    /// Whether a laboratory value allows the treatment.
    LabResult,
    /// A photo to be judged.
    Photo,
    /// What it is that this person has, or what will become of it.
    Diagnosis,
}

impl PersonalKind {
    /// Every kind, the gravest first: the first that matches is the one declined.
    pub const ALL: [PersonalKind; 7] = [
        PersonalKind::StopMedicine,
        PersonalKind::SelfInjection,
        PersonalKind::Dose,
        PersonalKind::Prescription,
        PersonalKind::LabResult,
        PersonalKind::Photo,
        PersonalKind::Diagnosis,
    ];
}

/// Words and phrases that mean one thing, in every way patients write it. A form with `=` before it
/// counts only as written (no endings, no typing errors); one with `~` is the stem of a verb and counts in all
/// persons.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// Arabic, any dialect.
    #[serde(default)]
    pub ar: Vec<String>,
    /// Persian, any register, and Dari.
    #[serde(default)]
    pub fa: Vec<String>,
    /// English, Arabizi, Finglish.
    #[serde(default)]
    pub latin: Vec<String>,
}

impl Forms {
    /// All forms of all languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.ar.iter().chain(&self.fa).chain(&self.latin).map(String::as_str)
    }
}

/// One piece of vocabulary that rules are composed of.
#[derive(Debug, Clone)]
pub struct Sign {
    /// Its id, unique over signs.
    pub id: String,
    /// It already says that something does not work ("cannot"): a negation never cancels it.
    pub negative: bool,
    /// Its words.
    pub forms: Forms,
    /// Ids of two signs that make it where the second follows the first: «بعد» + «الفيلر».
    pub made_of: Option<[String; 2]>,
}

/// Signs that together mean something.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Each entry is a list of sign ids of which one must occur; all entries must, near each other.
    pub all: Vec<Vec<String>>,
    /// Signs that make the rule silent when they occur near it.
    pub unless: Vec<String>,
    /// Signs that make it silent only directly before its own: «ابغى شفايف منفوخة» wishes for what
    /// «ابغى مساعدة، شفايفي منفوخة» complains of.
    pub not_after: Vec<String>,
    /// How many words the signs may span together.
    pub within: usize,
    /// Signs count although a negation denies them.
    pub denied: bool,
    /// The signs must stand in the order of `all`.
    pub in_order: bool,
}

/// A red flag and the ways in which a message tells of it.
#[derive(Debug, Clone)]
pub struct RedFlagPolicy {
    /// Its id.
    pub id: String,
    /// How urgent it is.
    pub level: Level,
    /// Any one of these rules raises it.
    pub rules: Vec<Rule>,
}

/// What a frame does to the signs around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameKind {
    /// Covers words that look like signs but are none (idioms, unrelated words).
    Mask,
    /// An information question; governs what follows in its sentence.
    Ask,
    /// The same, but only of what follows at once: «هل ضيق النفس …» asks, «هل أروح الطوارئ …» goes on to tell.
    AskNext,
    /// An information question that stands after what it asks about.
    AskAfter,
    /// A treatment that a question asks about (`الإبر`); governs the verb right after it.
    Agent,
    /// A verb of what would happen (`میشه`); governs what it ends, in a question.
    Becomes,
    /// A condition; governs what follows in its sentence.
    If,
    /// Something read or heard; governs what follows in its sentence.
    Report,
    /// Film, dream, game, homework; governs its sentence.
    Fiction,
    /// Long past or chronic; governs its sentence.
    History,
    /// Over and healed; governs what stands before it.
    Resolved,
    /// Being well; over if it follows a "now" (`الحين بخير`, `الان خوبه`).
    Well,
    /// What nearly happened (`كاد`, `نزدیک بود`); governs what follows at once.
    Almost,
    /// What makes a sign a figure of speech (`من الضحك`, `از ذوق`); governs what stands at either side.
    Figure,
    /// Something that was really lived through.
    Experience,
    /// A Persian perfect (`کرده`, `شده`); counts directly after its sign.
    Perfect,
    /// Something that is going on now.
    Now,
    /// Something that somebody has (`عندي`, `دارم`).
    Mine,
    /// A verb form of what has not happened (`بشه`, `يصير`).
    Irreal,
    /// Starts a new thought (`بس`, `ولی`): no frame or negation reaches over it.
    Contrast,
    /// Negates the sign that follows directly.
    NegateBefore,
    /// Negates the sign that stands directly before.
    NegateAfter,
}

/// Words around signs that decide how a sign is meant.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: FrameKind,
    /// Its words.
    pub forms: Forms,
}

/// A personal request and how it is declined.
#[derive(Debug, Clone)]
pub struct PersonalPolicy {
    /// Which.
    pub kind: PersonalKind,
    /// Any one of these rules marks it.
    pub rules: Vec<Rule>,
    /// Declines and names the doctor.
    pub decline: Bilingual,
}

/// People for whom general answers need a caution.
#[derive(Debug, Clone)]
pub struct RiskGroup {
    /// Its id, which is also the code of its disclaimer.
    pub id: String,
    /// The pair that answers whether they may have the treatment, if there is one.
    pub pair: Option<String>,
    /// Any one of these rules says that a person names it.
    pub rules: Vec<Rule>,
}

/// A caution under answers.
#[derive(Debug, Clone)]
pub struct DisclaimerText {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Bilingual,
}

/// A country's number for the ambulance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumber {
    /// ISO 3166 code, such as `IR`.
    pub country: String,
    /// What to dial, in ASCII digits.
    pub number: String,
    /// Where the number is listed.
    pub source: String,
    /// When the row was last compared with its sources.
    pub checked: toml::value::Datetime,
}

/// The fixed texts around replies. `{emergency}` stands for the call to the emergency service and
/// `{contact}` for the clinic's contact.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// First words of a conversation.
    pub greeting: Bilingual,
    /// The knowledge does not hold the answer.
    pub no_answer: Bilingual,
    /// The question fits several pairs.
    pub clarify: Bilingual,
    /// Heading above suggestions, where a channel shows one.
    pub suggestions: Bilingual,
    /// The message holds nothing to answer.
    pub too_short: Bilingual,
    /// A message in another language: said in both languages, one after the other.
    pub foreign: Bilingual,
    /// The same in English, added where the message is in Latin letters.
    pub foreign_english: String,
    /// How to reach the clinic; completes «تواصل عبر …» / «از طریق …».
    pub contact: Bilingual,
    /// `{emergency}` where the country's number is known; `{number}` stands for it.
    pub call: Bilingual,
    /// `{emergency}` where it is not.
    pub call_local: Bilingual,
}

/// The texts for red flags, one a level that interrupts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmergencyTexts {
    /// Act now, whom to call, what to tell them, clinic contact.
    pub emergency: Bilingual,
    /// Short, warm, no scoring questions.
    pub crisis: Bilingual,
    /// To a doctor today, to the emergency service if it gets worse.
    pub same_day: Bilingual,
}

/// The whole policy. The default is empty and screens nothing.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Vocabulary.
    pub signs: Vec<Sign>,
    /// Red flags, in the order of the file.
    pub red_flags: Vec<RedFlagPolicy>,
    /// Words that decide how signs are meant.
    pub frames: Vec<Frame>,
    /// Personal requests.
    pub personal: Vec<PersonalPolicy>,
    /// Risk groups.
    pub groups: Vec<RiskGroup>,
    /// Disclaimers.
    pub disclaimers: Vec<DisclaimerText>,
    /// Fixed texts.
    pub texts: Texts,
    /// Texts for red flags.
    pub emergency: EmergencyTexts,
    /// Ambulance numbers.
    pub numbers: Vec<EmergencyNumber>,
    /// Words of everyday use that are never a typing error of a sign.
    pub never_typos: Vec<String>,
}

impl Policy {
    /// Reads the policy from the content of `file`.
    ///
    /// # Errors
    /// Every problem that was found, with its line and how to mend it.
    pub fn parse(text: &str, file: &str) -> Result<Policy, Vec<Problem>> {
        super::policy_file::parse(text, file)
    }

    /// Codes of all disclaimers.
    #[must_use]
    pub fn disclaimer_codes(&self) -> BTreeSet<String> {
        self.disclaimers.iter().map(|d| d.code.clone()).collect()
    }

    /// The words of the disclaimer `code`; `None` for an unknown code.
    #[must_use]
    pub fn disclaimer(&self, code: &str) -> Option<&Bilingual> {
        self.disclaimers.iter().find(|d| d.code == code).map(|d| &d.text)
    }

    /// The first words of a conversation in `country` (ISO 3166, any case).
    #[must_use]
    pub fn greeting(&self, lang: Lang, country: Option<&str>) -> String {
        self.fill(&self.texts.greeting, lang, country)
    }

    /// What is said to a message with a red flag of `level` in `country`. [`Level::Caution`] interrupts
    /// nothing; asked for all the same, it gets the same-day text.
    #[must_use]
    pub fn emergency(&self, level: Level, lang: Lang, country: Option<&str>) -> String {
        let text = match level {
            Level::Emergency => &self.emergency.emergency,
            Level::Crisis => &self.emergency.crisis,
            Level::SameDay | Level::Caution => &self.emergency.same_day,
        };
        self.fill(text, lang, country)
    }

    /// The ambulance number of `country`, if a reviewed row holds one.
    #[must_use]
    pub fn emergency_number(&self, country: &str) -> Option<&str> {
        self.numbers.iter().find(|n| n.country.eq_ignore_ascii_case(country)).map(|n| n.number.as_str())
    }

    /// The notice to a message in another language in `country`, in both languages; if it is in Latin letters
    /// (`latin`), in English too. Whoever writes of an emergency is told whom to call.
    #[must_use]
    pub fn foreign_notice(&self, latin: bool, country: Option<&str>) -> String {
        let mut notices = Lang::ALL.map(|lang| self.fill(&self.texts.foreign, lang, country)).to_vec();
        if latin {
            let call = match country.and_then(|c| self.emergency_number(c)) {
                Some(number) => format!("call {number}"),
                None => "call your local emergency number".to_owned(),
            };
            notices.push(self.texts.foreign_english.replace("{emergency}", &call));
        }
        notices.join("\n\n")
    }

    /// The pair that answers whether the risk group `group` may have the treatment.
    #[must_use]
    pub fn group_pair(&self, group: &str) -> Option<&str> {
        self.groups.iter().find(|g| g.id == group).and_then(|g| g.pair.as_deref())
    }

    /// The question back when a message fits several pairs.
    #[must_use]
    pub fn clarify(&self, lang: Lang) -> &str {
        self.texts.clarify.get(lang)
    }

    /// What is said when the knowledge does not hold the answer.
    #[must_use]
    pub fn no_answer(&self, lang: Lang) -> &str {
        self.texts.no_answer.get(lang)
    }

    /// How a personal request of `kind` is declined; empty for a kind that the policy lacks.
    #[must_use]
    pub fn decline(&self, kind: PersonalKind, lang: Lang) -> &str {
        self.personal.iter().find(|p| p.kind == kind).map_or("", |p| p.decline.get(lang))
    }

    fn fill(&self, text: &Bilingual, lang: Lang, country: Option<&str>) -> String {
        let call = match country.and_then(|c| self.emergency_number(c)) {
            Some(number) => self.texts.call.get(lang).replace("{number}", &digits(number, lang)),
            None => self.texts.call_local.get(lang).to_owned(),
        };
        text.get(lang).replace("{emergency}", &call).replace("{contact}", self.texts.contact.get(lang))
    }
}

/// `number` in the digits that texts of `lang` are written with.
fn digits(number: &str, lang: Lang) -> String {
    let persian = |c: char| c.to_digit(10).and_then(|d| char::from_u32('۰' as u32 + d)).unwrap_or(c);
    match lang {
        Lang::Ar => number.to_owned(),
        Lang::Fa => number.chars().map(persian).collect(),
    }
}
