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

/// Every choice of one from each list, joined by spaces; empty parts fall away.
fn every(lists: &[&[&str]]) -> Vec<String> {
    lists.iter().fold(vec![String::new()], |done, list| {
        let join = |d: &String, part: &str| match (d.is_empty(), part.is_empty()) {
            (true, _) => part.to_owned(),
            (_, true) => d.clone(),
            _ => format!("{d} {part}"),
        };
        done.iter().flat_map(|d| list.iter().map(move |part| join(d, part))).collect()
    })
}

const WHEN_AR: &[&str] =
    &["", "من امبارح", "من ساعة", "بعد الجلسة", "الحين", "هلق", "منذ الصباح", "بعد ثلاثة أسابيع"];
const WHEN_FA: &[&str] = &["", "از دیروز", "بعد از تزریق", "الان", "از صبح", "بعد مزو", "سه هفته بعد از جلسه"];

#[test]
fn sign_body_person_and_time() {
    let mut messages = Vec::new();
    let swollen_ar: &[&str] = &["متورم", "وارم", "منتفخ", "ورم", "منفوخ", "انتفخ", "عم يورم"];
    let swollen_fa: &[&str] = &["ورم کرده", "باد کرده", "متورم شده", "ورم داره", "پندیده"];
    for when in [[WHEN_AR, &[""]], [&[""], WHEN_AR]] {
        let [first, last] = when;
        messages.extend(every(&[
            first,
            &["لساني", "لسانها", "لسان أختي", "حلقي", "حلق أمي", "زوري"],
            swollen_ar,
            last,
        ]));
        messages.extend(every(&[
            first,
            &["", "أختي", "أمي", "صاحبتي"],
            &["أغمي عليها", "فقدت الوعي", "غابت عن الوعي", "تتشنج", "مش قادرة تتنفس", "ما عم تقدر تتنفس"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["مو قادر", "مش قادرة", "ما اقدر", "ما عم اقدر", "ما نقدرش", "لا أستطيع", "ما اگدر"],
            &["اتنفس", "التنفس", "ابلع", "اتكلم", "اشوف بعيني"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["مكان الإبرة", "مكان الحقن", "محل الابر"],
            &["اسود", "فيه صديد", "ينزف وما عم يوقف", "تقرح"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["جفني", "جفن عيني", "جفوني"],
            &["نازل", "تدلى", "طايح", "ساقط", "مرتخي"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["عندي", "أمي عندها", "صار معي"],
            &["ضيق تنفس", "ضيق نفس", "تشنج", "ازدواج بالرؤية", "حرارة ورجفة", "ألم بالصدر"],
            last,
        ]));
    }
    for when in [[WHEN_FA, &[""]], [&[""], WHEN_FA]] {
        let [first, last] = when;
        messages.extend(every(&[
            first,
            &["زبونم", "زبانم", "زبون خواهرم", "گلوم", "گلوی مادرم", "زبانش"],
            swollen_fa,
            last,
        ]));
        messages.extend(every(&[
            first,
            &["", "خواهرم", "مامانم", "دوستم"],
            &["غش کرده", "از حال رفت", "بیهوش شده", "تشنج کرده", "نمی‌تونه نفس بکشه", "نفسش بالا نمیاد"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["نمی‌تونم", "نمی‌توانم", "نمیتونم درست", "نمی‌تانم", "به سختی"],
            &["نفس بکشم", "قورت بدم", "حرف بزنم"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["جای تزریق", "جای سوزن", "محل تزریق"],
            &["سیاه شده", "چرک کرده", "تاول زده", "آبسه کرده"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["پلکم", "پلک چشمم", "پلک راستم"],
            &["افتاده", "پایین اومده", "افتاد"],
            last,
        ]));
        messages.extend(every(&[
            first,
            &["چشمم", "چشم چپم", "چشم مامانم"],
            &["تار می‌بینه", "نمی‌بینه", "تار شده", "خیلی درد می‌کنه"],
            last,
        ]));
    }
    assert!(messages.len() > 2000, "{}", messages.len());
    check(&messages, |text| flagged(text));
}

#[test]
fn questions_stories_and_denials_of_every_sign() {
    let nouns_ar: &[&str] = &[
        "ضيق تنفس",
        "ضيق في التنفس",
        "تورم اللسان",
        "فقدان البصر",
        "إغماء",
        "تشنج",
        "ألم في الصدر",
        "خراج",
        "اسوداد الجلد",
        "تدلي الجفن",
        "ازدواج الرؤية",
        "حمى ورجفة",
        "نزيف شديد",
        "ثقل في الكلام",
        "تورم الحلق",
        "صديد",
    ];
    let nouns_fa: &[&str] = &[
        "تنگی نفس",
        "ورم زبان",
        "از دست دادن بینایی",
        "تشنج",
        "درد قفسه سینه",
        "آبسه",
        "سیاه شدن پوست",
        "افتادگی پلک",
        "دوبینی",
        "تب و لرز",
        "تاری دید",
        "لکنت زبان",
        "ورم گلو",
        "غش",
        "خفگی",
    ];
    let mut messages = Vec::new();
    messages.extend(every(&[
        &[
            "هل يسبب الميزو",
            "ما أعراض",
            "هل ممكن يصير",
            "ممكن يصير عندي",
            "هل يؤدي الميزو إلى",
            "قرأت عن",
            "سمعت ان الفيلر يسبب",
            "لو صار عندي",
            "إذا حصل",
            "ماذا أفعل عند حدوث",
            "بدون",
            "ما عندي",
            "مفيش",
            "ماكو",
            "لا يوجد",
            "خايفة من",
            "بحث مدرسي عن",
            "كيف أتجنب",
            "هل هناك خطر حدوث",
            "شو نسبة حدوث",
            "كان عندي قبل سنوات",
            "واش الميزو كيسبب",
        ],
        nouns_ar,
        &["", "بعد الجلسة", "بعد الحقن؟"],
    ]));
    messages.extend(every(&[
        &[
            "آیا مزو باعث",
            "ممکنه مزو باعث",
            "می‌ترسم از",
            "درباره",
            "علائم",
            "خطر",
            "شنیدم مزو باعث",
            "احتمال",
            "برای تحقیق مدرسه",
        ],
        nouns_fa,
        &["میشه", "می‌شود؟", "بعد از تزریق هست؟"],
    ]));
    messages.extend(every(&[&["اگه", "اگر بعد از مزو"], nouns_fa, &["پیش اومد چیکار کنم", "پیش بیاد چی"]]));
    messages.extend(every(&[
        nouns_fa,
        &["ندارم", "هم ندارم", "نداشتم", "از عوارضشه؟", "هم پیش میاد؟", "ممکنه؟"],
    ]));
    messages.extend(every(&[&["بدون", "علائم"], nouns_fa]));
    assert!(messages.len() > 1400, "{}", messages.len());
    check(&messages, |text| quiet(text));
}

/// `text` with one edit in its longest word: two letters swapped, one doubled, one left out.
fn mistyped(text: &str) -> Vec<String> {
    let longest = text.split(' ').max_by_key(|w| w.chars().count()).unwrap_or_default();
    let letters: Vec<char> = longest.chars().collect();
    if letters.len() < 5 {
        return Vec::new();
    }
    let edit = |change: &dyn Fn(&mut Vec<char>)| {
        let mut typed = letters.clone();
        change(&mut typed);
        text.replacen(longest, &typed.iter().collect::<String>(), 1)
    };
    let middle = letters.len() / 2;
    let mut found = vec![
        edit(&|t| t.swap(middle, middle - 1)),
        edit(&|t| t.insert(middle, t[middle])),
        edit(&|t| t.insert(middle, 'غ')),
    ];
    // A letter less makes other words of shorter ones.
    if letters.len() > 6 {
        found.push(edit(&|t| {
            t.remove(middle);
        }));
    }
    found
}

#[test]
fn typing_errors_in_long_words() {
    let texts = [
        "لساني متورم بعد الجلسة",
        "مو قادرة اتنفس",
        "عندي ازدواجية بالنظر ومو قادره اتنفس",
        "ينزف وما عم يتوقف",
        "اختي تتشنج",
        "أختي اغمي عليها الحين",
        "حنجرتي متورمة",
        "نفسم بالا نمیاد",
        "تنگی نفس دارم",
        "زبونم متورم شده",
        "نمیتونم قورت بدم",
        "خواهرم بیهوش شده",
        "خونریزی بند نمیاد",
        "صورتم سیاه شده بعد تزریق",
        "به خودکشی فکر میکنم",
    ];
    let messages: Vec<String> = texts.iter().flat_map(|text| mistyped(text)).collect();
    assert!(messages.len() >= 40);
    check(&messages, |text| flagged(text));
}

/// What happened long ago and is over: told of, but no alarm.
#[test]
fn past_events() {
    let messages = [
        "پارسال سکته کرد الان خوبه",
        "بابام پارسال سکته کرد و الان خوبه، می‌تونه مزو کنه؟",
        "سه سال پیش سکته کرد حالا سالمه",
        "پنج سال پیش یه بار غش کردم ولی الان سالمم",
        "یه بار سر تزریق غش کردم ولی خوب شدم",
        "مادرم چند سال قبل سکته کرده بود و اکنون خوب است",
        "قبل ثلاث سنين أغمي علي مرة وحدة والحين تمام، أقدر أسوي ميزو؟",
        "أمي جالها جلطة من سنة ودلوقتي كويسة",
        "ابوي صابته سكتة قبل سنتين وهو الحين بخير",
        "انجلطت السنة الماضية وهلق منيحة",
        "كان يجيني تشنج وأنا طفلة وما رجع لي",
        "khaharam parsal ghash kard alan khube",
    ];
    check(&messages, |text| quiet(text));
    let messages = [
        "پارسال سکته کرد الان یه طرف صورتش افتاده",
        "قبل سنة صار لي اغماء والحين رجع لي اغماء",
        "نفسم تنگه ولی ورمم خوب شد",
        "صدري يوجعني. الورم خف الحمد لله",
        "صورتم کلا ورم کرده الان خوبه مزو کنم؟",
        "ابوي كان بخير والحين طاح وما يرد",
    ];
    check(&messages, |text| flagged(text));
}
