//! Ways to type: Latin letters, the wrong keyboard layout, and other languages, over the shipped knowledge.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the engine is shared by several test programs")]

mod knowledge_engine;

use knowledge_engine::{ask, converse};
use mujib::dialogue::Outcome;
use mujib::language::Lang;

/// Asks every row of a table (pair, tab, question) and wants at least `floor` of them answered by their pair.
fn check_table(table: &str, lang: Lang, floor: usize) {
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|line| line.split_once('\t')).collect();
    let missed: Vec<String> = rows
        .iter()
        .filter_map(|(pair, question)| {
            let reply = ask(question);
            let right = reply.lang == lang
                && reply.outcome == Outcome::Answer
                && reply.pair.as_deref() == Some(*pair);
            (!right).then(|| format!("{question}: {:?} {:?}, not {pair}", reply.outcome, reply.pair))
        })
        .collect();
    assert!(
        rows.len() - missed.len() >= floor,
        "{} of {}:\n{}",
        rows.len() - missed.len(),
        rows.len(),
        missed.join("\n")
    );
}

#[test]
fn arabizi_finds_its_pairs() {
    check_table(include_str!("latin/ar.tsv"), Lang::Ar, 55);
}

#[test]
fn finglish_finds_its_pairs() {
    check_table(include_str!("latin/fa.tsv"), Lang::Fa, 60);
}

#[test]
fn latin_letters_keep_their_language() {
    let tables = [(Lang::Ar, include_str!("latin/ar.tsv")), (Lang::Fa, include_str!("latin/fa.tsv"))];
    for (lang, table) in tables {
        for (_, question) in table.lines().filter_map(|line| line.split_once('\t')) {
            assert_eq!(ask(question).lang, lang, "{question}");
        }
    }
}

#[test]
fn the_wrong_layout_is_read_through() {
    for (typed, meant, lang) in [
        (";l [gsm hpjh[", "كم جلسة احتاج", Lang::Ar),
        ("lh id hgld.,edvhfd", "ما هي الميزوثيرابي", Lang::Ar),
        ("ig hgld.,edvhfd lcgl?", "هل الميزوثيرابي مؤلم؟", Lang::Ar),
        ("]kn [gsi ghcli?", "چند جلسه لازمه؟", Lang::Fa),
        ("u,hvq lc,jvh`d ]dsj", "عوارض مزوتراپی چیست", Lang::Fa),
        ("u,hvq lc,jvhmd ]dsj", "عوارض مزوتراپی چیست", Lang::Fa),
        ("ؤاشىي تشمشسث", "chand jalase", Lang::Fa),
    ] {
        let (typed_reply, meant_reply) = (ask(typed), ask(meant));
        assert_eq!((typed_reply.pair, typed_reply.lang), (meant_reply.pair.clone(), lang), "{typed}");
        assert!(meant_reply.pair.is_some(), "{meant}");
    }
}

#[test]
fn an_emergency_on_the_wrong_layout_is_heard() {
    for (typed, lang) in [
        ("kldj,kl kts f;al", Lang::Fa),
        ("kldj,hkl kts f;al", Lang::Fa),
        ("gh hsj'du hgjkts", Lang::Ar),
        ("hgvvh;l gh hsj'du hgjkts", Lang::Ar),
    ] {
        let reply = ask(typed);
        assert_eq!((reply.outcome, reply.lang), (Outcome::Emergency, lang), "{typed}: {}", reply.text);
    }
}

#[test]
fn other_languages_are_told_so() {
    for (text, latin) in [
        ("mesotherapy side effects?", true),
        ("How long does the swelling last?", true),
        ("is it safe while breastfeeding", true),
        ("Est-ce que la mésothérapie fait mal ?", true),
        ("Wie viele Sitzungen brauche ich?", true),
        ("¿Cuántas sesiones necesito?", true),
        ("Yüz için kaç seans gerekli?", true),
        ("Üz üçün neçə seans lazımdır?", true),
        ("Ji bo rû çend danişîn pêwîst in?", true),
        ("مجھے کتنے سیشن چاہیے؟", false),
        ("کیا یہ درد کرتا ہے؟", false),
        ("څو ناستو ته اړتیا لرم؟", false),
        ("آیا دا درد لري؟", false),
        ("چەند دانیشتنم پێویستە؟", false),
        ("نئچه سئانس لازیمدیر؟", false),
        ("Сколько сеансов нужно?", false),
    ] {
        let reply = ask(text);
        assert_eq!(reply.outcome, Outcome::NoAnswer, "{text}: {}", reply.text);
        assert!(reply.citations.is_empty() && reply.pair.is_none(), "{text}");
        // In both languages, with whom to call; in English too for who can read its letters.
        assert!(reply.text.contains("بالعربية") && reply.text.contains("فارسی"), "{text}: {}", reply.text);
        assert!(reply.text.contains("115") && reply.text.contains("۱۱۵"), "{text}: {}", reply.text);
        assert_eq!(
            reply.text.contains("In an emergency") || reply.text.contains("an emergency, call 115"),
            latin,
            "{text}"
        );
    }
}

#[test]
fn borrowed_words_leave_a_question_its_language() {
    for (text, lang) in [
        ("الـ side effects بتاعة الميزو ايه؟", Lang::Ar),
        ("هل الـ mesotherapy safe للحامل؟", Lang::Ar),
        ("mezo side effect dare?", Lang::Fa),
        ("عوارض mesotherapy چیه؟", Lang::Fa),
        ("el side effects beta3et el meso eh?", Lang::Ar),
    ] {
        let reply = ask(text);
        assert_eq!((reply.outcome, reply.lang), (Outcome::Answer, lang), "{text}: {}", reply.text);
    }
    // A greeting that everybody borrows is no foreign question.
    assert_eq!(ask("hello").outcome, Outcome::Smalltalk);
    assert_eq!(ask("thank you").outcome, Outcome::Smalltalk);
    // The conversation goes on in its language afterwards.
    assert_eq!(
        converse(&["كم جلسة أحتاج؟", "how many sessions do I need", "هل هو مؤلم؟"]).outcome,
        Outcome::Answer
    );
}
