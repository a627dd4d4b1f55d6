//! Which language a message is in, and by what evidence. Punctuation and digits have no vote.

use rustc_hash::FxHashMap;

use serde::Serialize;

use super::{Lang, Script, Token};

/// What a clue speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// Arabic.
    Arabic,
    /// Persian.
    Persian,
    /// Neither: English, French, Turkish, Urdu, Kurdish, Pashto and all others.
    Other,
}

impl From<Lang> for Tongue {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ar => Tongue::Arabic,
            Lang::Fa => Tongue::Persian,
        }
    }
}

/// One clue with its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clue {
    /// What was seen: a letter, a word or an affix.
    pub seen: String,
    /// What it speaks for.
    pub tongue: Tongue,
    /// How much it counts.
    pub weight: f32,
}

/// What the evidence says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Detection {
    /// The language, where the evidence decides; `None` where there is none or it is even.
    pub lang: Option<Lang>,
    /// The message is in another language than the two.
    pub other: bool,
    /// Whether most of its letters are Latin.
    pub latin: bool,
    /// Sum of the clues for Arabic, Persian and others.
    pub scores: [f32; 3],
    /// The clues, in the order of the message.
    pub clues: Vec<Clue>,
}

/// Letters that fold away but tell languages apart, as typed.
const LETTERS: [(&str, Tongue, f32); 6] = [
    // Arabic keyboards in Persian hands write ي and ك, so those count for little.
    ("ةىأإؤئًٌٍ", Tongue::Arabic, 0.5),
    ("يك", Tongue::Arabic, 0.15),
    ("پژ", Tongue::Persian, 1.2),
    // چ and گ are Persian, but Iraqi and Gulf Arabic write them too.
    ("چگ", Tongue::Persian, 0.6),
    ("کی", Tongue::Persian, 0.3),
    // Urdu, Pashto and Kurdish letters that neither language has.
    ("ٹڈڑںےھہښځڅډړږڼۍېەڕڵێۆۇۈڭ", Tongue::Other, 1.5),
];

/// Words of the Arabic script, folded, that only one of the languages has or uses like this.
const WORDS: [(&str, Tongue, f32); 3] = [
    (
        "هل فی علی عن هذا هذه ذلک التی الذی الی لماذا کیف متی این کم ماذا لا نعم هو هی انا انت نحن لکن ایضا یمکن بعد قبل \
         شو وش ایش شنو ایه لیش لیه مش مو مب موب ماکو اکو هیک کده هون هنا هاد هادی هاذا هادشی علاش کیفاش شحال واش بزاف غادی \
         دیال بغیت عافاک قدیش شلون شگد چم هسه مال مالی هوایه بدی ابغی ابی عایز عایزه عاوز بتاع بتاعت ازای امتی فین دلوقتی \
         عندی عندک لی لک له لها معی منی فیه فیها علیه بها به او ام اذا لو حتی بس کمان لسه لسا رح راح عشان علشان یعنی زی مثل \
         اللی الی یلی قد ما من مع کل کان کانت صار صارت یصیر ینفع هاي ودی شی حاجه یجوز ممکن حد حدا",
        Tongue::Arabic,
        1.0,
    ),
    (
        "است هست نیست هستم بود باشد باشه شد شده میشه میشود نمیشه نمیشود میشن دارد داره دارم ندارم ندارد نداره کرد کرده کردم \
         کنم کنه کند کنید میکنه میکند میکنم میخوام میخواهم میتونم میتوان میتوانم میتواند برای واسه از که با به در را رو این \
         ان اون همین چی چیه چیست چه چند چندتا چنده چقدر چطور چطوری چگونه چرا کی کجا کدام کدوم ایا یا هم من تو ما شما انها \
         خیلی یه یک دو سه اگر اگه باید نباید بعد قبل هر هیچ پس خب اره بله نه سلام ممنون لطفا مرسی دیگه دیگر روی توی پیش بین \
         کسی خودم خودش منو مال باره درباره مورد بهتره خوبه بشه بکنم بزنم بخورم میزنم میده میدن بگم بگید",
        Tongue::Persian,
        1.0,
    ),
    (
        "ہے هے هین کیا میں کا کے مجھے اور نہیں دا چې په ته څه کې یم دي لە بۆ چی یە ئەم من وە له ئایا چەند هەیە",
        Tongue::Other,
        0.8,
    ),
];

/// Words in Latin letters.
const LATIN_WORDS: [(&str, Tongue, f32); 3] = [
    (
        "el al il fe fi fel bel lel wel 3ala 3la 3an ana enta enti ente howa heya eh ezay ezzay leh lesh lech kam kaam be bkam \
         addeh adeh 2ad emta mta feen wein mesh msh mish mush mo bas kaman law wala wla hal shu sho shou shnu wesh wash 3ayez \
         3ayza 3awez biddi badi 3andi 3ndi 3ndy gedan awi kteer ktir ba3d abl 2abl ya men min w ma mafi fih fyh da di dah de \
         lazem momken mumkin yenfa3 byenfa3 yonfa3 sah kol kull lama lamma hay hada hatha shlon shloon chhal bghit dyal",
        Tongue::Arabic,
        1.0,
    ),
    (
        "chand chandta che chi chie chiye chist chetor chejoori chera koja kodum kodoom key mishe nemishe mishavad dare nadare \
         daram nadaram ast hast nist bashe bood shod mikone mikonam mikhaam mikham mikhastam bayad nabayad baraye vase vaase az \
         ba ra ro ya na agar age ke in oon un yek ye do se man to ma shoma khoob khube khube? khobe behtar behtare bad badesh \
         ghabl ghabl az ham faghat kheili kheyli shodan konam kone konid beshe bezanam mituni mitunam mitoonam salam mersi \
         cheghad cheghadr cheqadr zaman tool mikeshe lazem lazeme ezafe tooye rooye kardan dard darad",
        Tongue::Persian,
        1.0,
    ),
    (
        "the is are was what how many much long does do did can could should will would i my me you your it its of to for with \
         and or not after before there any about from have has been this that when where why who which le la les des est que \
         quoi combien pour dans avec une un je mon ma vous apres avant bir ne mi mı icin için kac kaç nasil nasıl var yok ve \
         bu da ile sonra der die das ist und wie viel que es cuanto para por el los las como una",
        Tongue::Other,
        1.0,
    ),
];

/// Detects by letters, function words, affixes and, if the caller has one, a vocabulary.
#[derive(Debug, Clone)]
pub struct Detector {
    letters: FxHashMap<char, (Tongue, f32)>,
    words: FxHashMap<&'static str, Vec<(Tongue, f32)>>,
    latin: FxHashMap<&'static str, Vec<(Tongue, f32)>>,
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// Lays out the tables.
    #[must_use]
    pub fn new() -> Self {
        let table = |rows: &[(&'static str, Tongue, f32)]| {
            let mut words: FxHashMap<&'static str, Vec<(Tongue, f32)>> = FxHashMap::default();
            for (list, tongue, weight) in rows {
                for word in list.split_whitespace() {
                    let entry = words.entry(word).or_default();
                    if !entry.iter().any(|(t, _)| t == tongue) {
                        entry.push((*tongue, *weight));
                    }
                }
            }
            words
        };
        let letters = LETTERS
            .iter()
            .flat_map(|(set, tongue, weight)| set.chars().map(move |c| (c, (*tongue, *weight))))
            .collect();
        Self { letters, words: table(&WORDS), latin: table(&LATIN_WORDS) }
    }

    /// What `text` is in, given its `tokens`. `known` says of a folded word whether the Arabic and the
    /// Persian part of the knowledge use it; a caller without a vocabulary passes `|_| (false, false)`.
    #[must_use]
    pub fn detect(&self, text: &str, tokens: &[Token], known: impl Fn(&str) -> (bool, bool)) -> Detection {
        let mut found = Detection::default();
        self.letters(text, &mut found);
        let (mut arabic_script, mut latin_script, mut other_script) = (0usize, 0usize, 0usize);
        for token in tokens {
            match token.script {
                Script::Arabic => {
                    arabic_script += token.text.chars().count();
                    vote(&self.words, &token.text, &mut found);
                    affixes(&token.text, &mut found);
                    vocabulary(&token.text, &known, &mut found);
                }
                Script::Latin => {
                    latin_script += token.text.chars().count();
                    vote(&self.latin, &token.text, &mut found);
                    if token.text.bytes().any(|b| matches!(b, b'2' | b'3' | b'5'..=b'9'))
                        && token.text.bytes().any(|b| b.is_ascii_alphabetic())
                    {
                        push(&mut found, "digits as letters", Tongue::Arabic, 1.0);
                    }
                }
                Script::Other => other_script += token.text.chars().count(),
                Script::Digits => {}
            }
        }
        found.latin = latin_script > arabic_script;
        decide(&mut found, other_script > arabic_script + latin_script);
        found
    }

    fn letters(&self, text: &str, found: &mut Detection) {
        let mut seen: Vec<(char, f32)> = Vec::new();
        for c in text.chars() {
            let Some((tongue, weight)) = self.letters.get(&c) else { continue };
            match seen.iter_mut().find(|(s, _)| *s == c) {
                // The same letter again adds less and less.
                Some((_, times)) => {
                    *times += 1.0;
                    if *times <= 4.0 {
                        add(found, *tongue, weight * 0.25);
                    }
                }
                None => {
                    seen.push((c, 1.0));
                    push(found, &format!("letter {c}"), *tongue, *weight);
                }
            }
        }
    }
}

fn add(found: &mut Detection, tongue: Tongue, weight: f32) {
    if let Some(score) = found.scores.get_mut(tongue as usize) {
        *score += weight;
    }
}

fn push(found: &mut Detection, seen: &str, tongue: Tongue, weight: f32) {
    add(found, tongue, weight);
    found.clues.push(Clue { seen: seen.to_owned(), tongue, weight });
}

fn vote(table: &FxHashMap<&'static str, Vec<(Tongue, f32)>>, word: &str, found: &mut Detection) {
    let Some(votes) = table.get(word) else { return };
    // A word of two languages says nothing.
    if let [(tongue, weight)] = votes.as_slice() {
        push(found, &format!("word {word}"), *tongue, *weight);
    }
}

fn affixes(word: &str, found: &mut Detection) {
    let long = |least: usize| word.chars().count() >= least;
    let front = |fronts: &[&str]| fronts.iter().any(|f| word.starts_with(f));
    let back = |backs: &[&str]| backs.iter().any(|b| word.ends_with(b));
    if long(5) && front(&["ال", "وال", "بال", "لل", "هال", "عال", "فال"]) {
        push(found, &format!("article in {word}"), Tongue::Arabic, 0.8);
    }
    if long(5) && front(&["می", "نمی"]) && !front(&["میزو", "میکرو", "مید", "میا"]) {
        push(found, &format!("verb mark in {word}"), Tongue::Persian, 0.9);
    }
    if long(4) && back(&["های", "هام", "هاش", "هامون", "مون", "تون", "شون", "ترین", "یند"]) && !front(&["ال"])
    {
        push(found, &format!("ending of {word}"), Tongue::Persian, 0.5);
    }
}

fn vocabulary(word: &str, known: &impl Fn(&str) -> (bool, bool), found: &mut Detection) {
    match known(word) {
        (true, false) => push(found, &format!("known {word}"), Tongue::Arabic, 0.6),
        (false, true) => push(found, &format!("known {word}"), Tongue::Persian, 0.6),
        _ => {}
    }
}

/// Evidence that a side needs more than the other, to decide.
const MARGIN: f32 = 0.25;

fn decide(found: &mut Detection, other_script: bool) {
    let [arabic, persian, other] = found.scores;
    let best = arabic.max(persian);
    if other_script || (other > best + 0.5 && other >= 1.0) {
        found.other = true;
    } else if arabic > persian + MARGIN {
        found.lang = Some(Lang::Ar);
    } else if persian > arabic + MARGIN {
        found.lang = Some(Lang::Fa);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenize};

    fn check(text: &str, tongue: Option<Tongue>) {
        let found = Detector::new().detect(text, &tokenize(&fold(text)), |_| (false, false));
        let said = if found.other { Some(Tongue::Other) } else { found.lang.map(Tongue::from) };
        assert_eq!(said, tongue, "{text}: {found:?}");
    }

    #[test]
    fn sentences() {
        let (ar, fa, other) = (Some(Tongue::Arabic), Some(Tongue::Persian), Some(Tongue::Other));
        check("ما هي الأضرار المحتملة؟", ar);
        check("شگد لازم جلسة؟", ar);
        check("واش كاين شي ضرر؟", ar);
        check("عوارضش چیه؟", fa);
        check("براي لكه هاي صورتم خوبه؟", fa);
        check("چند جلسه باید بیایم", fa);
        check("chand jalase lazeme?", fa);
        check("kam galsa lazem 3ashan el wesh", ar);
        check("how many sessions do I need?", other);
        check("مجھے کتنے سیشن چاہیے ہیں؟", other);
        check("چەند دانیشتن پێویستە؟", other);
        check("123 ؟", None);
        check("PRP", None);
    }

    #[test]
    fn punctuation_has_no_vote() {
        for text in ["عوارض مزوتراپی چیست", "كم جلسة أحتاج"] {
            let plain = Detector::new().detect(text, &tokenize(&fold(text)), |_| (false, false));
            let asked = format!("{text}؟!");
            let with = Detector::new().detect(&asked, &tokenize(&fold(&asked)), |_| (false, false));
            assert_eq!(plain.scores, with.scores);
        }
    }
}
