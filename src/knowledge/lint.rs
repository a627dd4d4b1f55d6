//! Sentences that no answer may hold: leave to stop a medicine, a dose, a promise of cure, "no side
//! effects". Words that are negated («لا توقف», «قطع نکنید») are what a safe answer says, so they pass.

use crate::language::fold;

/// A sentence of an answer that must not be published as it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// What it does, as in "promises a cure".
    pub what: &'static str,
    /// The sentence, folded.
    pub sentence: String,
    /// What to do about it.
    pub mend: &'static str,
}

/// One kind of unsafe sentence: all groups must be hit and none of `unless`.
struct Rule {
    what: &'static str,
    mend: &'static str,
    /// Groups of word beginnings or phrases (folded); of each one must stand in the sentence.
    all: &'static [&'static [&'static str]],
    /// Words that make the sentence harmless.
    unless: &'static [&'static str],
}

const RULES: [Rule; 4] = [
    Rule {
        what: "may be read as leave to stop a medicine",
        mend: "Say that a prescribed medicine is never stopped without the doctor who prescribed it",
        all: &[
            &["اوقف", "توقف عن", "اترک", "ایقاف", "وقف", "قطع کن", "قطع شود", "مصرف نکن", "کنار بگذار"],
            &[
                "دوا",
                "ادویه",
                "اسبرین",
                "ممیع",
                "مسیل",
                "دارو",
                "اسپرین",
                "وارفارین",
                "ضدانعقاد",
                "ضد انعقاد",
            ],
        ],
        unless: &["لا", "دون", "بدون", "غیر", "عدم", "الطبیب", "طبیب", "نباید", "نکنید", "پزشک", "هرگز", "ولا"],
    },
    Rule {
        what: "carries a dose",
        mend: "Leave doses out: only a doctor sets them",
        all: &[
            &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            &[
                "=مل",
                "ملغ",
                "=مجم",
                "میلیغرام",
                "میلیگرم",
                "سیسی",
                "سی سی",
                "میلیلتر",
                "میلی لیتر",
                "=cc",
                "=mg",
                "=ml",
            ],
        ],
        unless: &[],
    },
    Rule {
        what: "promises a cure",
        mend: "Name what the source says, and that results differ",
        all: &[&[
            "یشفی تماما",
            "شفا تام",
            "شفا کامل",
            "علاج نهایی",
            "نتایج مضمونه",
            "نتیجه مضمونه",
            "نضمن",
            "درمان قطعی",
            "تضمین",
            "صد در صد",
            "مضمون",
        ]],
        unless: &[
            "لیس",
            "لا",
            "لیست",
            "نیست",
            "نمیشود",
            "نمی شود",
            "ندارد",
            "نه",
            "لن",
            "غیر",
            "نباید",
            "هیچیک",
            "نشده",
        ],
    },
    Rule {
        what: "says that there are no side effects",
        mend: "Name the side effects that the sources list",
        all: &[&[
            "بدون اثار جانبیه",
            "بلا اثار جانبیه",
            "لا اثار جانبیه",
            "لیس له اثار جانبیه",
            "امن تماما",
            "امن للجمیع",
            "بدون عارضه",
            "بی عارضه",
            "بیعارضه",
            "هیچ عارضه",
            "بدون عوارض",
            "کاملا بیخطر",
            "کاملا بی خطر",
        ]],
        unless: &["نیست", "لیس", "لا یعنی", "نه"],
    },
];

/// The unsafe sentences of an answer, in order; empty for a safe one.
pub(super) fn unsafe_sentences(answer: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for line in answer.split(['.', '؟', '؛', '\n', '!']) {
        let folded = fold(line).replace('\u{200c}', "");
        let words: Vec<&str> = folded.split(' ').collect();
        for rule in &RULES {
            let hit = rule.all.iter().all(|group| group.iter().any(|form| stands_in(&folded, &words, form)));
            let harmless = words.iter().any(|word| negates(word, rule));
            if hit && !harmless {
                findings.push(Finding { what: rule.what, sentence: folded.clone(), mend: rule.mend });
            }
        }
    }
    findings
}

/// Whether a word makes the rule harmless, behind «و» or «ف» too; a negated Persian verb always does.
fn negates(word: &str, rule: &Rule) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    rule.unless.iter().any(|form| *form == word || *form == bare)
        || (!rule.unless.is_empty() && word.starts_with("نمی"))
}

/// Whether a phrase stands in the sentence, or a single word begins one of its words (behind «و» or «ال»);
/// a form after `=` has to be a whole word.
fn stands_in(folded: &str, words: &[&str], form: &str) -> bool {
    if let Some(whole) = form.strip_prefix('=') {
        return words.contains(&whole);
    }
    if form.contains(' ') {
        return format!(" {folded}").contains(&format!(" {form}"));
    }
    words.iter().any(|word| {
        let bare = word.strip_prefix('و').filter(|w| w.chars().count() > 3).unwrap_or(word);
        let bare = bare.strip_prefix("ال").unwrap_or(bare);
        word.starts_with(form) || bare.starts_with(form)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, unsafe_because: Option<&str>) {
        let found: Vec<_> = unsafe_sentences(answer).into_iter().map(|f| f.what).collect();
        assert_eq!(found.first().copied(), unsafe_because, "{answer}");
    }

    #[test]
    fn unsafe_sentences_are_named() {
        let (stop, dose) = ("may be read as leave to stop a medicine", "carries a dose");
        let (cure, none) = ("promises a cure", "says that there are no side effects");
        check("أوقف الأسبرين قبل الجلسة بيومين.", Some(stop));
        check("قبل از جلسه آسپرین را قطع کنید.", Some(stop));
        check("لا توقف الأسبرين الموصوف دون الرجوع إلى الطبيب.", None);
        check("داروی تجویزشده را بدون نظر پزشک قطع نکنید.", None);
        check("يُحقن 2 مل أو 50 ملغ.", Some(dose));
        check("تستغرق الجلسة 45 دقيقة.", None);
        check("نتائج مضمونة للجميع.", Some(cure));
        check("ليس علاجًا نهائيًا.", None);
        check("این روش درمان قطعی نیست.", None);
        check("هیچ‌یک وعدهٔ درمان قطعی نمی‌دهد.", None);
        check("فلا يمكن عدّ ذلك نتيجة مضمونة.", None);
        check("بدون آثار جانبية.", Some(none));
        check("کاملاً بی‌خطر است.", Some(none));
    }
}
