//! Risk groups that a message names.

use super::{check, screen};

const NAMED: &[(&str, &[&str])] = &[
    ("أنا حامل في الشهر الرابع، هل يجوز؟", &["pregnancy"]),
    ("باردارم می‌تونم انجام بدم؟", &["pregnancy"]),
    ("خانمم حامله‌ست", &["pregnancy"]),
    ("مراتي حامل وعايزة تعمل ميزو", &["pregnancy"]),
    ("بارضع طفلي، ينفع؟", &["breastfeeding"]),
    ("أنا مرضع", &["breastfeeding"]),
    ("بچه شیر می‌دم", &["breastfeeding"]),
    ("عمري 15 سنة وعندي حبوب", &["minors"]),
    ("بنتي عمرها ١٤ سنة", &["minors"]),
    ("بنتي 14 سنة", &["minors"]),
    ("۱۶ سالمه می‌تونم مزو کنم؟", &["minors"]),
    ("دختر ۱۴ ساله‌ام جوش داره", &["minors"]),
    ("پانزده سالمه", &["minors"]),
    ("عمري ستاشر سنة", &["minors"]),
    ("امي عندها سكري وتاخذ انسولين", &["diabetes"]),
    ("دیابت دارم", &["diabetes"]),
    ("مامانم انسولین می‌زنه", &["diabetes"]),
    ("كان عندي سرطان الثدي", &["cancer"]),
    ("سابقه سرطان دارم", &["cancer"]),
    ("صار عندي جلطة بالساق", &["clots"]),
    ("سابقه لخته خون دارم", &["clots"]),
    ("عندي فقر دم", &["blood-disease"]),
    ("هموفیلی دارم", &["blood-disease"]),
    ("باخد وارفارين", &["blood-thinners"]),
    ("آسپرین می‌خورم", &["blood-thinners"]),
    ("ابوي ياخذ دواء القلب", &["heart-medicines"]),
    ("قرص قلب می‌خورم", &["heart-medicines"]),
    ("عندي مرض قلب", &["heart-disease"]),
    ("بابام ناراحتی قلبی داره", &["heart-disease"]),
    ("ابوي صارت له سكتة دماغية", &["stroke"]),
    ("مادرم سکته مغزی کرده بود", &["stroke"]),
    ("عندي حساسية من البنسلين", &["allergy"]),
    ("به لیدوکائین حساسیت دارم", &["allergy"]),
    ("عندي التهاب بوجهي", &["infection"]),
    ("تبخال دارم", &["infection"]),
    ("انا حامل وعندي سكري", &["pregnancy", "diabetes"]),
];

const UNNAMED: &[&str] = &[
    "عمري 35 سنة",
    "من 3 إلى 15 جلسة",
    "۴۵ سالمه",
    "زن ۴۰ ساله‌ام",
    "قبل 10 سنوات سويت ميزو",
    "از ۱۵ سال پیش این لک را دارم",
    "ما عندي سكري",
    "مش حامل",
    "دیابت ندارم",
    "باردار نیستم",
    "هل يسبب حساسية؟",
    "آیا باعث عفونت می‌شود؟",
    "هل يسبب سرطان؟",
    "كم جلسة أحتاج؟",
    "بعد 15 يوم ترجع؟",
    "15 جلسة كثير؟",
    "چند جلسه لازمه؟",
];

#[test]
fn named_groups() {
    check(NAMED, |(text, groups)| {
        let s = screen(text);
        (s.groups != *groups).then(|| format!("wrong: {text}: {:?} {:?}", s.groups, s.explain))
    });
}

#[test]
fn unnamed_groups() {
    check(UNNAMED, |text| {
        let s = screen(text);
        (!s.groups.is_empty()).then(|| format!("wrong: {text}: {:?}", s.explain))
    });
}
