//! A small knowledge of the tests' own: three pairs, a red flag, a price that is outside, a greeting.

#![allow(dead_code, reason = "shared by several test programs")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A folder with a knowledge and a folder of questions about it.
pub struct Clinic {
    folder: tempfile::TempDir,
}

/// How a pair is asked and answered, in Arabic and in Persian: question, variants, answer.
type Wording<'a> = (&'a str, [&'a str; 6], &'a str);

const SUN: [Wording<'_>; 2] = [
    (
        "هل أتعرض للشمس بعد الجلسة؟",
        [
            "الشمس بعد الجلسة",
            "متى أخرج إلى الشمس؟",
            "هل الشمس ممنوعة؟",
            "التعرض لأشعة الشمس",
            "أقدر أتشمس؟",
            "ينفع أقعد في الشمس؟",
        ],
        "لا شمس ليومين [1].",
    ),
    (
        "بعد از جلسه آفتاب ممنوع است؟",
        [
            "آفتاب بعد از جلسه",
            "کی می‌توانم زیر آفتاب بروم؟",
            "نور آفتاب ضرر دارد؟",
            "آفتاب گرفتن",
            "می‌تونم برم زیر آفتاب؟",
            "آفتاب بد است؟",
        ],
        "تا دو روز آفتاب نه [1].",
    ),
];

const COUNT: [Wording<'_>; 2] = [
    (
        "كم جلسة أحتاج؟",
        [
            "عدد الجلسات",
            "كم مرة أجي؟",
            "كم جلسة يلزم؟",
            "كام جلسة؟",
            "العدد المطلوب من الجلسات",
            "كم حصة علاجية؟",
        ],
        "من ثلاث إلى خمس جلسات [1].",
    ),
    (
        "چند جلسه لازم است؟",
        [
            "تعداد جلسه‌ها",
            "چند بار بیایم؟",
            "چند نوبت؟",
            "تعداد جلسات لازم",
            "چند تا جلسه؟",
            "کلا چند جلسه می‌شود؟",
        ],
        "سه تا پنج جلسه [1].",
    ),
];

const PAIN: [Wording<'_>; 2] = [
    (
        "هل الإبر مؤلمة؟",
        ["ألم الإبر", "هل توجع؟", "بتوجع الإبرة؟", "وجع الحقن", "هل أشعر بألم؟", "الحقن يألم؟"],
        "ألم خفيف [1].",
    ),
    (
        "تزریق درد دارد؟",
        ["درد تزریق", "سوزن درد دارد؟", "خیلی درد می‌کشم؟", "دردناک است؟", "درد داره؟", "میزان درد"],
        "درد کمی دارد [1].",
    ),
];

const KINDS: [&str; 7] =
    ["stop-medicine", "self-injection", "dose", "prescription", "lab-result", "photo", "diagnosis"];

impl Clinic {
    /// A knowledge without problems, and questions whose replies are right.
    pub fn new() -> Self {
        let clinic = Self { folder: tempfile::tempdir().expect("a folder") };
        for (name, text) in files() {
            clinic.write(&name, &text);
        }
        let questions = clinic.questions();
        std::fs::create_dir_all(&questions).expect("made");
        std::fs::create_dir_all(clinic.data()).expect("made");
        let line = |id: &str, lang: &str, kind: &str, text: &str| {
            format!(r#"{{"id":"{id}","turns":["{text}"],"lang":"{lang}","kind":"{kind}","expect":{{}}}}"#)
        };
        let lines = [
            line("flag-ar", "ar", "emergency", "عندي ضيق تنفس الآن"),
            line("flag-fa", "fa", "emergency", "تنگی نفس دارم"),
            line("sun-ar", "ar", "answer", "الشمس بعد الجلسة"),
            line("count-fa", "fa", "answer", "تعداد جلسه‌ها"),
            line("price-ar", "ar", "refuse", "بكم الجلسة؟"),
        ];
        std::fs::write(questions.join("own.jsonl"), lines.join("\n")).expect("written");
        clinic
    }

    /// The folder of the knowledge.
    pub fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    /// The folder of the questions.
    pub fn questions(&self) -> PathBuf {
        self.folder.path().join("questions")
    }

    /// A folder that outlives the server.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Any other folder.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Replaces the first `old` of a file by `new`.
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let path = self.knowledge().join(name);
        let text = std::fs::read_to_string(&path).expect("read");
        assert!(text.contains(old), "{name} holds {old}");
        std::fs::write(path, text.replacen(old, new, 1)).expect("written");
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.knowledge().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

fn files() -> Vec<(String, String)> {
    let source = "[source]\nid = \"leaflet\"\nlang = \"ar\"\nkind = \"article\"\n\
                  title = { ar = \"نشرة العيادة\", fa = \"برگهٔ کلینیک\" }\n"
        .to_owned();
    let source = ["p1", "p2", "p3"].iter().fold(source, |text, id| {
        text + &format!(
            "\n[[passage]]\nid = \"{id}\"\nsection = {{ ar = \"قسم\", fa = \"بخش\" }}\nlocator = \"{id}\"\n\
             gist = {{ ar = \"ما تقوله {id}\", fa = \"گفتهٔ {id}\" }}\n"
        )
    });
    let care =
        "# Reviewed in autumn.\n[topic]\nid = \"care\"\ntitle = { ar = \"العناية\", fa = \"مراقبت\" }\n"
            .to_owned()
            + &pair("after-sun", "after", "p1", &SUN)
            + &pair("pain", "hurts", "p3", &PAIN);
    let sessions = "[topic]\nid = \"sessions\"\ntitle = { ar = \"الجلسات\", fa = \"جلسه‌ها\" }\n".to_owned()
        + &pair("sessions-count", "how-many", "p2", &COUNT);
    let decision = "[thresholds]\nanswer = 0.3\nclarify = 0.2\nsmalltalk = 0.4\ngap = 0.35\nknown = 0.1\n\n\
                    [calibration]\nmargin = 0.8\nlead = 0.6\nknown = 2.4\noutside = -1.7\noffset = -0.4\n\n\
                    [[fitted_on]]\nset = \"own\"\nquestions = 5\nanswers = 2\nright = 2\n";
    let lexicon =
        "[[concept]]\nid = \"sun\"\nkind = \"thing\"\nar = [\"شمس\"]\nfa = [\"آفتاب\"]\nlatin = [\"sun\"]\n";
    let smalltalk = "[[smalltalk]]\nid = \"greeting\"\naround = true\n[smalltalk.ar]\nphrases = [\"مرحبا\", \"أهلا\"]\n\
                     reply = \"أهلا بكم.\"\n[smalltalk.fa]\nphrases = [\"سلام\", \"درود\"]\nreply = \"سلام.\"\n";
    let outside = "[[outside]]\nid = \"price\"\nnear = [\"sessions-count\"]\n[outside.ar]\n\
                   questions = [\"بكم الجلسة؟\", \"السعر\", \"كم التكلفة؟\"]\nreply = \"لا نعرف السعر.\"\n[outside.fa]\n\
                   questions = [\"قیمت چند است؟\", \"هزینه\", \"چقدر می‌شود؟\"]\nreply = \"قیمت را نمی‌دانیم.\"\n";
    [
        ("sources/leaflet.toml", source.as_str()),
        ("topics/care.toml", &care),
        ("topics/sessions.toml", &sessions),
        ("decision.toml", decision),
        ("lexicon.toml", lexicon),
        ("smalltalk.toml", smalltalk),
        ("outside.toml", outside),
        ("policy.toml", &policy()),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec()
}

fn pair(id: &str, asks: &str, passage: &str, wordings: &[Wording<'_>; 2]) -> String {
    let mut text = format!(
        "\n[[pair]]\nid = \"{id}\"\nasks = \"{asks}\"\nsubject = [\"treatment\"]\nrisk = []\n\
         cites = [\"leaflet#{passage}\"]\nrelated = []\nreview_by = 2027-11-01 # by the head nurse\n"
    );
    for (lang, (question, variants, answer)) in ["ar", "fa"].iter().zip(wordings) {
        let variants = variants.map(|variant| format!("  \"{variant}\",\n")).concat();
        // Writing to a string cannot fail.
        let _ok = write!(
            text,
            "\n[pair.{lang}]\nquestion = \"{question}\"\nvariants = [\n{variants}]\nanswer = \"{answer}\"\n"
        );
    }
    text
}

fn policy() -> String {
    let mut text = "[[sign]]\nid = \"breath\"\nar = [\"ضيق تنفس\"]\nfa = [\"تنگی نفس\"]\n\n\
                    [[red_flag]]\nid = \"breathing\"\nlevel = \"emergency\"\nrules = [{ all = [\"breath\"] }]\n\n"
        .to_owned();
    for (at, kind) in KINDS.iter().enumerate() {
        text += &format!(
            "[[sign]]\nid = \"ask-{kind}\"\nlatin = [\"personalrequest{at}\"]\n\n[[personal]]\nkind = \"{kind}\"\n\
             rules = [{{ all = [\"ask-{kind}\"] }}]\ndecline = {{ ar = \"هذا للطبيب.\", fa = \"این با پزشک است.\" }}\n\n"
        );
    }
    for (code, ar, fa) in [
        ("not-medical-advice", "معلومات عامة.", "اطلاعات عمومی است."),
        ("see-doctor", "راجع الطبيب.", "به پزشک مراجعه کنید."),
        ("general", "عام.", "عمومی."),
    ] {
        text += &format!("[[disclaimer]]\ncode = \"{code}\"\nar = \"{ar}\"\nfa = \"{fa}\"\n\n");
    }
    text += "[texts]\n";
    for (name, ar, fa) in [
        ("greeting", "مساعد آلي. {emergency}", "دستیار خودکار. {emergency}"),
        ("no_answer", "لا جواب موثق.", "پاسخ مستندی نیست."),
        ("clarify", "أي سؤال؟", "کدام پرسش؟"),
        ("suggestions", "أسئلة قريبة", "پرسش‌های نزدیک"),
        ("too_short", "اكتب أكثر.", "بیشتر بنویسید."),
        ("foreign", "بالعربية أو الفارسية.", "به عربی یا فارسی."),
        ("contact", "الاستقبال", "پذیرش"),
        ("call", "اتصل على {number}", "با {number} تماس بگیرید"),
        ("call_local", "اتصل بالطوارئ", "با اورژانس تماس بگیرید"),
    ] {
        text += &format!("{name} = {{ ar = \"{ar}\", fa = \"{fa}\" }}\n");
    }
    text += "foreign_english = \"Arabic or Persian, please. {emergency}\"\n\n";
    for level in ["emergency", "crisis", "same-day"] {
        text +=
            &format!("[emergency.{level}]\nar = \"{{emergency}} الآن\"\nfa = \"همین حالا {{emergency}}\"\n\n");
    }
    text + "[[number]]\ncountry = \"IR\"\nnumber = \"115\"\nsource = \"list\"\nchecked = 2026-11-21\n"
}
