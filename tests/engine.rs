//! The engine over the shipped knowledge: invariants, conversations, whole replies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod knowledge_engine;

use knowledge_engine::{ask, converse, engine};
use mujib::dialogue::{Context, Message, Outcome, Reply};
use mujib::language::{Lang, fold};
use proptest::prelude::*;

fn check(text: &str, outcome: Outcome, lang: Lang) {
    let reply = ask(text);
    assert_eq!((reply.outcome, reply.lang), (outcome, lang), "{text}: {}", reply.text);
}

/// Spellings of one sentence that must make no difference.
fn spellings(text: &str) -> Vec<String> {
    vec![
        text.replace('ي', "ی").replace('ك', "ک"),
        text.replace('ی', "ي").replace('ک', "ك"),
        text.replace('\u{200c}', " "),
        text.replace('\u{200c}', ""),
        text.replace(' ', "  \u{200f}"),
        format!("\u{202b}{text}\u{202c}"),
        text.replace('ا', "اـ"),
        format!("السلام علیکم. {text} 😔😔"),
    ]
}

#[test]
fn invariant_1_red_flags_win_before_any_search() {
    for (text, lang) in [
        ("لا أستطيع التنفس بعد الجلسة", Lang::Ar),
        ("مش قادرة آخد نفسي ولساني ورم", Lang::Ar),
        ("نفسم بالا نمیاد و گلوم داره بسته میشه", Lang::Fa),
        ("بعد از تزریق یک طرف صورتم افتاده و نمی‌تونم حرف بزنم", Lang::Fa),
    ] {
        check(text, Outcome::Emergency, lang);
        for spelling in spellings(text) {
            let reply = ask(&spelling);
            assert_eq!(reply.outcome, Outcome::Emergency, "{spelling}");
        }
        // In the middle of an ordinary question it wins all the same.
        let mixed = format!("كم جلسة أحتاج؟ {text}. چند جلسه لازمه؟");
        assert_eq!(ask(&mixed).outcome, Outcome::Emergency, "{mixed}");
    }
}

#[test]
fn invariant_2_answers_cite_and_caution() {
    let engine = engine();
    for pair in &engine.knowledge().pairs {
        for lang in Lang::ALL {
            let reply = ask(&pair.wording(lang).question);
            match reply.outcome {
                Outcome::Answer => {
                    assert!(!reply.citations.is_empty(), "{}", pair.id);
                    assert!(!reply.disclaimers.is_empty(), "{}", pair.id);
                    for citation in &reply.citations {
                        assert!(reply.text.contains(&format!("[{}]", citation.marker)), "{}", pair.id);
                    }
                }
                Outcome::Personal => {}
                _ => assert!(reply.citations.is_empty(), "{}: {:?} cites", pair.id, reply.outcome),
            }
        }
    }
}

#[test]
fn every_pair_answers_its_own_question() {
    let engine = engine();
    let mut wrong = Vec::new();
    for pair in &engine.knowledge().pairs {
        for lang in Lang::ALL {
            let question = &pair.wording(lang).question;
            let reply = ask(question);
            if reply.pair.as_deref() != Some(pair.id.as_str()) || reply.lang != lang {
                wrong.push(format!(
                    "{} ({}): «{question}» → {:?} {:?}",
                    pair.id,
                    lang.code(),
                    reply.outcome,
                    reply.pair
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} questions:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_way_to_ask_a_pair_raises_a_red_flag() {
    let engine = engine();
    let mut alarms = Vec::new();
    for pair in &engine.knowledge().pairs {
        for form in Lang::ALL.into_iter().flat_map(|lang| pair.wording(lang).forms()) {
            let screening = engine.explain(&Context::default(), &Message::new(form)).screening;
            if let Some(flag) = screening.red_flag {
                alarms.push(format!("{}: «{form}» → {} {:?}", pair.id, flag.id, flag.evidence));
            }
        }
    }
    assert!(alarms.is_empty(), "{} alarms:\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn invariant_3_uncited_knowledge_does_not_load() {
    let folder = tempfile::tempdir().unwrap();
    knowledge_engine::copy_knowledge(folder.path());
    let topic = folder.path().join("topics/sessions.toml");
    let text = std::fs::read_to_string(&topic).unwrap();
    let at = text.find("cites = [").unwrap();
    let end = at + text[at..].find(']').unwrap();
    std::fs::write(&topic, format!("{}cites = [{}", &text[..at], &text[end..])).unwrap();
    let problems = mujib::knowledge::load(folder.path()).unwrap_err();
    assert!(problems.iter().any(|p| p.what.contains("cites no passage") && p.line > 0), "{problems:?}");
}

#[test]
fn invariant_4_shown_text_is_never_folded() {
    let engine = engine();
    for pair in engine.knowledge().pairs.iter().take(20) {
        let reply = ask(&pair.ar.question);
        if reply.pair.as_deref() == Some(&pair.id) && reply.citations.len() == pair.cites.len() {
            assert_eq!(reply.text, pair.ar.answer);
            assert_ne!(reply.text, fold(&reply.text));
        }
    }
}

#[test]
fn invariant_5_replies_are_in_the_messages_language() {
    // The skin document is Persian, the others are Arabic: each is cited in the other language too.
    for (text, lang, source_lang) in [
        ("متى أستطيع وضع المكياج بعد الجلسة؟", Lang::Ar, Lang::Fa),
        ("چه کسی مزوتراپی را کشف کرد؟", Lang::Fa, Lang::Ar),
    ] {
        let reply = ask(text);
        assert_eq!((reply.outcome, reply.lang), (Outcome::Answer, lang), "{text}");
        assert!(reply.citations.iter().any(|c| c.lang == source_lang), "{text}");
        let strange = match lang {
            Lang::Ar => ['پ', 'چ', 'ژ', 'گ'].as_slice(),
            Lang::Fa => ['ة', 'ى', 'ك', 'ي'].as_slice(),
        };
        assert!(!reply.text.contains(strange), "{}", reply.text);
    }
}

#[test]
fn outcomes() {
    use Outcome::{Answer, NoAnswer, Personal, Smalltalk};
    for (text, outcome, lang) in [
        ("كم جلسة أحتاج؟", Answer, Lang::Ar),
        ("شحال من جلسة خاصني؟", Answer, Lang::Ar),
        ("چن جلسه باید برم؟", Answer, Lang::Fa),
        ("هل يؤلم الحقن؟", Answer, Lang::Ar),
        ("سوزنش درد داره؟", Answer, Lang::Fa),
        ("أمي تأخذ الأنسولين، هل يمكنها عمل الميزوثيرابي؟", Answer, Lang::Ar),
        ("بكم الجلسة عندكم؟", NoAnswer, Lang::Ar),
        ("هزینه هر جلسه چقدره؟", NoAnswer, Lang::Fa),
        ("ما عاصمة فرنسا؟", NoAnswer, Lang::Ar),
        ("هوا فردا چطوره؟", NoAnswer, Lang::Fa),
        ("مرحبا", Smalltalk, Lang::Ar),
        ("سلام، خسته نباشید", Smalltalk, Lang::Fa),
        ("شكرا جزيلا", Smalltalk, Lang::Ar),
        ("اكتب لي وصفة دواء للالتهاب", Personal, Lang::Ar),
        ("چند سی‌سی باید به خودم تزریق کنم؟", Personal, Lang::Fa),
    ] {
        check(text, outcome, lang);
    }
}

#[test]
fn a_question_about_a_sign_is_no_emergency() {
    for text in ["هل يمكن أن يسبب ضيق تنفس؟", "ممکن است باعث تنگی نفس شود؟"]
    {
        assert_ne!(ask(text).outcome, Outcome::Emergency, "{text}");
    }
}

#[test]
fn follow_ups_lean_on_the_conversation() {
    for (turns, pair) in [
        (["ما فوائد الميزوثيرابي للوجه؟", "وللشعر؟"], "hair-benefits"),
        (["كم جلسة أحتاج؟", "وكم المدة بين الجلسات؟"], "sessions-interval"),
        (["مزوتراپی برای لک خوبه؟", "برای جای جوش چی؟"], "face-acne-scars"),
        (["مزوتراپی چیست؟", "عوارضش چیه؟"], "side-effects"),
        (["یک جلسه مزوتراپی چقدر طول می‌کشد؟", "پی‌آرپی چطور؟"], "prp-duration"),
        // A bare question word stays with the last answer, and a group named once is meant again.
        (["من اكتشف الميزوثيرابي؟", "امتى؟"], "history-inventor"),
        (["بعد الجلسة طلعت لي كدمات", "ليش؟"], "bruises"),
        (["هل قد يسبب حساسية؟", "وشنو اللي يسببها؟"], "allergy"),
        (["أنا حامل", "ينفع أعمل ميزو؟"], "pregnancy"),
        (["من باردارم", "میشه انجام بدم؟"], "pregnancy"),
        (["قبل از مزو چیکار نکنم؟", "سیگاار چی"], "before-smoking"),
    ] {
        let reply = converse(&turns);
        assert_eq!(reply.pair.as_deref(), Some(pair), "{turns:?}: {:?} {}", reply.outcome, reply.text);
    }
}

#[test]
fn each_of_several_questions_gets_its_answer() {
    let (sessions, interval, pain) = ("sessions-count", "sessions-interval", "pain");
    for (text, pairs, outside) in [
        ("كم جلسة أحتاج وهل يؤلم؟", vec![sessions, pain], None),
        ("كم جلسة وكم بينهم؟", vec![sessions, interval], None),
        ("ما هو الميزوثيرابي؟ وكم جلسة أحتاج؟ وهل يؤلم؟", vec!["what-is", sessions, pain], None),
        ("درد داره و چند جلسه باید برم؟", vec![pain, sessions], None),
        ("مزوتراپی چیه؟ چند جلسه لازمه؟ درد داره؟", vec!["what-is", sessions, pain], None),
        ("كم جلسة وكم سعرها؟", vec![sessions], Some("price")),
        ("چند جلسه‌ست و هزینه‌ش چقدره؟", vec![sessions], Some("price")),
        // One question with a preamble, and one about what lies outside, stay one.
        ("أبي أقارن قبل لا أقرر، البوتكس وش سلبياته؟", vec!["botox"], None),
        ("شو رأيك بعملية شفط الدهون، بتوجع؟", vec![], None),
    ] {
        let reply = ask(text);
        let knowledge = engine().knowledge();
        let mut parts: Vec<(usize, String)> = Vec::new();
        for id in &pairs {
            let question = &knowledge.pair(id).unwrap().wording(reply.lang).question;
            parts.extend(reply.text.find(question.as_str()).map(|at| (at, (*id).to_owned())));
        }
        parts.sort();
        let several = pairs.len() + outside.iter().len() > 1;
        let told: Vec<&str> = parts.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(told, if several { pairs.clone() } else { vec![] }, "{text}: {}", reply.text);
        assert_eq!(reply.pair.as_deref(), pairs.first().copied(), "{text}: {}", reply.text);
        let said = outside.map(|id| knowledge.outside.iter().find(|o| o.id == id).unwrap());
        assert!(said.is_none_or(|entry| reply.text.contains(&entry.wording(reply.lang).reply)), "{text}");
    }
}

#[test]
fn an_ordinal_picks_what_was_offered_and_a_word_in_passing_does_not() {
    let context = Context {
        lang: Some(Lang::Ar),
        outcome: Some(Outcome::Clarify),
        offered: vec!["pain".into(), "swelling".into()],
        ..Context::default()
    };
    for (text, pair) in [
        ("الثاني", Some("swelling")),
        ("السؤال الأول", Some("pain")),
        ("2", Some("swelling")),
        ("نعم", Some("pain")),
        ("وبيطول متل اول؟", None),
        ("زي الاول", None),
    ] {
        let picked = engine().reply(&context, &Message::new(text)).pair;
        assert_eq!(picked.as_deref().filter(|id| context.offered.iter().any(|o| o == id)), pair, "{text}");
    }
}

#[test]
fn a_complete_message_is_not_bent_by_the_conversation() {
    for (before, text) in [
        ("ما فوائد الميزوثيرابي للشعر؟", "متى يمكن وضع المكياج بعد الجلسة؟"),
        ("پی‌آرپی چطور انجام می‌شود؟", "آیا زنان باردار می‌توانند مزوتراپی کنند؟"),
        ("هل الميزوثيرابي مؤلم؟", "من اكتشف الميزوثيرابي؟"),
    ] {
        let alone = ask(text);
        assert_eq!(converse(&[before, text]).pair, alone.pair, "{before} / {text}");
        assert!(alone.pair.is_some(), "{text}");
    }
}

#[test]
fn a_change_of_language_follows_at_once() {
    assert_eq!(converse(&["كم جلسة أحتاج؟", "درد داره؟"]).lang, Lang::Fa);
    assert_eq!(converse(&["چند جلسه لازم است؟", "هل هو مؤلم؟"]).lang, Lang::Ar);
}

#[test]
fn other_languages_get_a_notice_in_both() {
    for text in [
        "How many sessions of mesotherapy do I need and does it hurt?",
        "Combien de séances dois-je faire pour le visage?",
        "مجھے میزوتھراپی کے کتنے سیشن چاہیے ہیں؟",
    ] {
        let reply = ask(text);
        assert_eq!(reply.outcome, Outcome::NoAnswer, "{text}: {}", reply.text);
        assert!(reply.text.contains("العربية") && reply.text.contains("فارسی"), "{}", reply.text);
    }
}

#[test]
fn a_named_group_gets_its_disclaimer() {
    for (text, code) in [
        ("أنا حامل، كم جلسة أحتاج؟", "pregnancy"),
        ("من وارفارین می‌خورم، بعدش چقدر ورم می‌کنه؟", "blood-thinners"),
    ] {
        let reply = ask(text);
        assert!(reply.disclaimers.iter().any(|d| d.code == code), "{text}: {:?}", reply.disclaimers);
    }
}

#[test]
fn a_contraindication_never_hears_that_it_suits_everyone() {
    for text in ["أنا حامل، هل يناسب كل أنواع البشرة؟", "مادرم سکته کرده، برای همه پوست‌ها مناسبه؟"]
    {
        let reply = ask(text);
        assert!(reply.pair.as_deref() != Some("skin-types"), "{text}: {:?}", reply.pair);
    }
}

#[test]
fn blood_thinners_are_never_stopped_by_us() {
    let knowledge = engine().knowledge();
    for id in ["before-aspirin", "blood-thinners", "before-care"] {
        let pair = knowledge.pair(id).unwrap();
        assert!(pair.ar.answer.contains("الطبيب"), "{id}: {}", pair.ar.answer);
        assert!(pair.fa.answer.contains("پزشک"), "{id}: {}", pair.fa.answer);
    }
}

#[test]
fn replies_are_pure() {
    let (context, message) = (Context::default(), Message::new("كم جلسة أحتاج للوجه؟"));
    assert_eq!(engine().reply(&context, &message), engine().reply(&context, &message));
    assert_eq!(engine().explain(&context, &message).reply, engine().reply(&context, &message));
}

#[test]
fn greeting_says_what_it_is() {
    for lang in Lang::ALL {
        let reply = engine().greeting(lang);
        assert_eq!(reply.lang, lang);
        insta::assert_json_snapshot!(format!("greeting_{}", lang.code()), shown(&reply));
    }
}

#[test]
fn whole_replies() {
    for (name, turns) in [
        ("answer_ar", vec!["كم جلسة أحتاج؟"]),
        ("answer_fa", vec!["بعد از تزریق کی می‌تونم آرایش کنم؟"]),
        ("contraindication_ar", vec!["أختي مرضعة، هل يجوز لها الميزوثيرابي؟"]),
        ("emergency_fa", vec!["زبونم ورم کرده و نمی‌تونم نفس بکشم"]),
        ("crisis_ar", vec!["لم أعد أريد أن أعيش، أفكر في إنهاء حياتي"]),
        ("no_answer_fa", vec!["قیمت هر جلسه چنده؟"]),
        ("personal_ar", vec!["هل أوقف الأسبرين الذي وصفه لي طبيب القلب؟"]),
        ("smalltalk_fa", vec!["سلام"]),
    ] {
        let reply = converse(&turns);
        insta::assert_json_snapshot!(name, shown(&reply));
    }
}

/// A reply without what changes with every edit of the knowledge.
fn shown(reply: &Reply) -> serde_json::Value {
    let mut value = serde_json::to_value(reply).unwrap();
    if let Some(object) = value.as_object_mut() {
        object.remove("knowledge");
        object.remove("confidence");
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn fold_is_idempotent(text in "\\PC{0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn no_text_panics_the_engine(text in "\\PC{0,120}") {
        let reply = ask(&text);
        prop_assert!(!reply.text.is_empty());
    }

    #[test]
    fn no_patients_letters_panic_the_engine(text in "[ءآأإابپتثجچحخدذرزژسشصضطظعغفقكکگلمنهةويیىئؤ‌ 0-9۰-۹٠-٩؟?,.a-z]{0,200}") {
        let reply = ask(&text);
        prop_assert!(!reply.text.is_empty());
    }

    #[test]
    fn three_keyboards_give_the_same_reply(text in "[ابتجحدرسشعفقكلمنهويىةأإ ]{3,60}") {
        let persian = text.replace('ك', "ک").replace(['ي', 'ى'], "ی");
        let urdu = persian.replace('ه', "ہ");
        prop_assert_eq!(fold(&persian), fold(&text));
        prop_assert_eq!(fold(&urdu), fold(&text));
    }
}
