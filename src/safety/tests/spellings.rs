//! Signs put together from body part, what befalls it, person and time, over dialects and spellings: none may
//! be missed; the same signs denied or asked about are quiet.

use super::{check, flagged, quiet};

/// Every choice of one from each list, joined by spaces; empty parts fall away.
fn every(lists: &[&[&str]]) -> Vec<String> {
    lists.iter().fold(vec![String::new()], |done, list| {
        let join = |head: &String, part: &str| format!("{head} {part}").trim().to_owned();
        done.iter().flat_map(|head| list.iter().map(move |part| join(head, part))).collect()
    })
}

/// Body part and what befalls it, as Arabic dialects say it.
const SIGNS_AR: &[&[&[&str]]] = &[
    &[
        &["لساني", "لسانها", "حلقي", "زوري", "حنجرتي"],
        &["تورم", "ورم", "عم يورم", "متورم", "منفوخ", "متنفخ", "صاير كبير", "كيتنفخ", "وارم"],
    ],
    &[&["حلقي", "زوري", "بلعومي"], &["عم يسكر", "بيقفل", "انسد", "مسدود", "ضاق", "مزير", "اتقفل"]],
    &[
        &[
            "ما اقدر",
            "مش قادرة",
            "مو قادر",
            "ما اگدر",
            "ماقدرش",
            "مقدرش",
            "ما نقدرش",
            "ما عم اقدر",
            "مانجمش",
            "لا أستطيع",
        ],
        &["اتنفس", "ابلع", "اتكلم", "ارفع ايدي", "احرك وجهي", "التنفس"],
    ],
    &[
        &["عيني", "عيني اليمين", "عيوني"],
        &["ما تشوف", "مبتشوفش", "ما عم تشوف", "ما كتشوفش", "مغبشة", "مزغللة", "عم توجعني كتير", "طفت"],
    ],
    &[&["نفسي", "نفسها"], &["ضيق", "مقطوع", "عم ينقطع", "ما عم يطلع", "مكتوم", "مش طالع", "گاطع"]],
    &[&["صدري", "صدرها"], &["يوجعني", "بيوجعها", "عليه ضغط", "كيوجعني", "مطبق", "عم يوجعني"]],
    &[&["جفني", "جفوني", "جفن عيني"], &["نازل", "طاح", "وقع", "مرتخي", "ما ينرفع", "مبيترفعش", "هبط"]],
    &[
        &["مكان الابرة", "محل الحقن", "بلاصة الابرة", "مكان الشكة"],
        &["اسود", "فيه صديد", "عم ينزف وما يوقف", "مليان قيح", "تقرح"],
    ],
    &[
        &["اختي", "امي", "بنتي", "خويا", "جوزي"],
        &["أغمي عليها", "فقدت الوعي", "عم تتشنج", "ما تتنفس", "مبتردش وما تتحرك", "طاحت وما فاقت"],
    ],
    &[&["نص وجهي", "نص وشي"], &["ما يتحرك", "مشلول", "خدران", "مبيتحركش", "نازل", "معوج"]],
    &[&["الدم"], &["ما يوقف", "مبيوقفش", "ما عم يوقف", "مش راضي يوقف", "ما بغاش يحبس", "ما ينقطع"]],
    &[&["بولي", "البول"], &["صار غامق", "لون الكولا", "احمر"]],
];
/// The same, as Persian and Dari say it.
const SIGNS_FA: &[&[&[&str]]] = &[
    &[
        &["زبونم", "زبانم", "گلوم", "گلویم", "زبون دخترم", "گلوی مامانم"],
        &["ورم کرده", "باد کرده", "متورم شده", "پندیده", "کلفت شده", "ورم داره"],
    ],
    &[&["گلوم", "گلویم"], &["بسته شده", "داره بسته میشه", "کیپ شده", "تنگ شده", "هم اومده"]],
    &[&["نفسم", "نفسش"], &["بالا نمیاد", "تنگ شده", "گرفته", "بند اومده", "در نمیاد", "بند شده"]],
    &[
        &["نمی‌تونم", "نمیتونم", "نمی‌توانم", "نمی‌تانم"],
        &["نفس بکشم", "قورت بدم", "حرف بزنم", "دستمو بلند کنم", "سرمو نگه دارم"],
    ],
    &[
        &["چشمم", "چشم راستم", "چشم مامانم"],
        &["نمی‌بینه", "تار شده", "تار می‌بینه", "سیاهی میره", "خاموش شده", "خیلی درد میکنه"],
    ],
    &[&["قفسه سینه‌م", "سینه‌ام", "قلبم"], &["درد می‌کنه", "تیر می‌کشه", "داره می‌ترکه", "فشرده میشه"]],
    &[&["پلکم", "پلک چپم"], &["افتاده", "پایین اومده", "بالا نمیره", "آویزون شده"]],
    &[
        &["جای تزریق", "جای سوزن", "محل تزریق", "جای پیچکاری"],
        &["سیاه شده", "چرک کرده", "تاول زده", "گندیده", "ریم کرده"],
    ],
    &[
        &["مامانم", "خواهرم", "بابام", "شوهرم"],
        &["غش کرده", "بیهوش شد", "تشنج کرده", "نفس نمی‌کشه", "تکون نمی‌خوره", "از حال رفت"],
    ],
    &[&["نصف صورتم", "یه طرف صورتم"], &["بی‌حس شده", "افتاده", "کج شده", "فلج شده"]],
    &[&["خون", "خونش", "خونریزی"], &["بند نمیاد", "قطع نمیشه", "بند نمی‌آید", "ایستاد نمیشه"]],
    &[&["ادرارم"], &["تیره شده", "قهوه‌ایه", "رنگ چای شده"]],
];
const WHEN_AR: &[&str] = &["", "بعد الجلسة", "من امبارح", "هلق"];
const WHEN_FA: &[&str] = &["", "بعد تزریق", "از دیشب", "الان"];

fn told(signs: &[&[&[&str]]], when: &[&str]) -> Vec<String> {
    let cores = signs.iter().flat_map(|parts| every(parts));
    cores.flat_map(|core| when.iter().map(move |w| format!("{core} {w}").trim().to_owned())).collect()
}

/// Ways to write the same message: other keyboards, marks, lost and added characters.
fn spelled(text: &str) -> Vec<String> {
    let mut all = vec![
        text.replace('ي', "ی").replace('ك', "ک"),
        text.replace('ی', "ي").replace('ک', "ك"),
        text.replace(['ی', 'ي'], "ى"),
        text.replace('\u{200c}', ""),
        text.replace('\u{200c}', " "),
        text.replace(['أ', 'إ', 'آ'], "ا").replace('ء', "").replace('ئ', "ي").replace('ؤ', "و"),
        text.replace('ة', "ه"),
        text.replace('ا', "ـــا"),
        text.chars().flat_map(|c| [Some(c), (c == 'ن' || c == 'م').then_some('\u{64e}')]).flatten().collect(),
        text.replace('ا', "اااا"),
        text.replace(' ', "    "),
        format!("{text}!!!! 😭😭"),
        format!("السلام عليكم، {text}"),
        format!("سلام خسته نباشید {text} چیکار کنم؟"),
        format!("{text} شو اعمل دخيلكم"),
    ];
    all.retain(|t| t != text);
    all
}

#[test]
fn told_signs_in_all_dialects_and_spellings() {
    let mut messages = told(SIGNS_AR, WHEN_AR);
    messages.extend(told(SIGNS_FA, WHEN_FA));
    let plain: Vec<String> = [told(SIGNS_AR, &[""]), told(SIGNS_FA, &[""])].concat();
    messages.extend(plain.iter().flat_map(|text| spelled(text)));
    assert!(messages.len() > 6000, "{}", messages.len());
    check(&messages, |text| flagged(text));
}

/// Signs as nouns, for what is denied, asked or remembered.
const NOUNS_AR: &[&str] = &[
    "ضيق نفس",
    "ضيق تنفس",
    "تورم باللسان",
    "ورم بالحلق",
    "اغماء",
    "تشنجات",
    "ألم بالصدر",
    "عمى",
    "تدلي جفن",
    "صديد",
    "نزيف",
    "حرارة ورجفة",
    "زغللة",
    "شلل بالوجه",
    "اسوداد بالجلد",
];
const NOUNS_FA: &[&str] = &[
    "تنگی نفس",
    "ورم زبان",
    "ورم گلو",
    "غش",
    "تشنج",
    "درد قفسه سینه",
    "کوری",
    "افتادگی پلک",
    "آبسه",
    "خونریزی",
    "تب و لرز",
    "تاری دید",
    "فلج صورت",
    "سیاه شدن پوست",
];

#[test]
fn denied_and_asked_signs_stay_quiet() {
    let mut messages = every(&[
        &[
            "ما عندي",
            "ماعنديش",
            "مفيش عندي",
            "ماكو عندي",
            "بدون",
            "ما كاين",
            "لا أعاني من",
            "ما صار معي",
            "معنديش",
            "ما حسيت ب",
        ],
        NOUNS_AR,
        &["", "الحمد لله", "بس كدمة خفيفة"],
    ]);
    messages.extend(every(&[
        &[
            "هل الميزو يسبب",
            "ممكن البوتوكس يعمل",
            "واش الفيلر كيسبب",
            "شو احتمال",
            "كم نسبة",
            "ايش علامات",
            "شنو اعراض",
            "كيف اتجنب",
            "لو صار",
            "اذا حصل",
            "خايفة من",
            "سمعت عن",
        ],
        NOUNS_AR,
        &["", "؟", "بعد الحقن؟"],
    ]));
    messages.extend(every(&[
        NOUNS_FA,
        &["ندارم", "نداشتم", "هم ندارم خدا رو شکر", "نداره"],
        &["", "فقط یه کم کبوده"],
    ]));
    messages.extend(every(&[
        &[
            "آیا مزو باعث",
            "ممکنه فیلر باعث",
            "احتمال",
            "علائم",
            "خطر",
            "می‌ترسم از",
            "درباره",
            "شنیدم بوتاکس باعث",
        ],
        NOUNS_FA,
        &["میشه", "میشه؟", "بعد تزریق چیه؟"],
    ]));
    messages.extend(every(&[&["اگه", "اگر"], NOUNS_FA, &["داشتم چیکار کنم", "پیش اومد چی"]]));
    assert!(messages.len() > 1400, "{}", messages.len());
    check(&messages, |text| quiet(text));
}

/// Two words without the space between them.
#[test]
fn glued_words() {
    let plain: Vec<String> = [told(SIGNS_AR, &[""]), told(SIGNS_FA, &[""])].concat();
    let messages: Vec<String> =
        plain.iter().filter(|text| text.contains(' ')).map(|text| text.replacen(' ', "", 1)).collect();
    let missed = messages.iter().filter_map(|text| flagged(text)).count();
    // Short words leave no trace of where the space was.
    assert!(missed * 7 < messages.len(), "{missed} of {}", messages.len());
}
