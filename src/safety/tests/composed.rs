//! Messages put together from sign, person, time and company: none may be missed, none that only asks may
//! raise an alarm.

use super::{check, flagged, quiet};

/// Signs as a patient tells of them, in words of several dialects.
const TOLD: [&str; 12] = [
    "مو قادرة اتنفس",
    "مش قادر آخد نفسي",
    "لساني ورم",
    "حلقي عم يسكر",
    "أغمي عليها",
    "عندي ألم قوي بصدري",
    "نفسم بالا نمیاد",
    "زبونم ورم کرده",
    "گلوم داره بسته میشه",
    "غش کرد",
    "قفسه سینه‌ام درد می‌کنه",
    "تشنج کرد",
];
const BEFORE: [&str; 5] =
    ["", "السلام عليكم، ", "سلام خسته نباشید، ", "بعد الجلسة بساعة ", "از دیروز که مزو کردم "];
const AFTER: [&str; 5] = ["", " شو اعمل؟", " چیکار کنم؟", "، كم سعر الجلسة؟", " 😭😭"];

/// Signs as a question names them.
const ASKED: [&str; 8] = [
    "هل يمكن أن يسبب الميزوثيرابي ضيق تنفس؟",
    "ما أعراض الحساسية المفرطة؟",
    "هل يؤدي الحقن إلى فقدان النظر؟",
    "قرأت عن حالات تورم اللسان بعد الفيلر",
    "آیا مزوتراپی باعث تنگی نفس می‌شود؟",
    "علائم شوک آلرژیک چیست؟",
    "شنیدم فیلر ممکنه باعث کوری بشه",
    "ممکنه مزو تشنج بده؟",
];

#[test]
fn told_signs_are_found_in_any_company() {
    let messages: Vec<String> = TOLD
        .iter()
        .flat_map(|sign| BEFORE.iter().flat_map(move |b| AFTER.iter().map(move |a| format!("{b}{sign}{a}"))))
        .collect();
    check(&messages, |text| flagged(text));
}

#[test]
fn told_signs_are_found_in_any_spelling() {
    let spell = |text: &str| {
        [
            text.replace('ي', "ی").replace('ك', "ک"),
            text.replace('ی', "ي").replace('ک', "ك"),
            text.replace('\u{200c}', ""),
            text.replace('\u{200c}', " "),
            text.replace('ا', "ـا"),
            text.replace(' ', "   "),
            format!("\u{202b}{text}\u{202c}"),
        ]
    };
    let messages: Vec<String> = TOLD.iter().flat_map(|sign| spell(sign)).collect();
    check(&messages, |text| flagged(text));
}

#[test]
fn asked_signs_are_quiet() {
    check(&ASKED, |text| quiet(text));
}
