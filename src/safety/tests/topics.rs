//! Every question of the knowledge through the screen: none is an emergency, none belongs to one person.

use super::{PersonalKind, check, screen, shipped};

/// Pairs whose questions may rightly be personal: they ask about stopping a medicine or about what only a
/// doctor may decide, and are declined with the pair's general part.
const PERSONAL: &[(&str, PersonalKind)] = &[("before-aspirin", PersonalKind::StopMedicine)];

#[test]
fn questions_of_the_knowledge_are_quiet() {
    let pairs = shipped().pairs.iter();
    let questions: Vec<(&str, &str)> = pairs
        .flat_map(|p| p.ar.forms().chain(p.fa.forms()).map(|question| (p.id.as_str(), question)))
        .collect();
    assert!(questions.len() > 2000, "{}", questions.len());
    check(&questions, |(pair, question)| {
        let s = screen(question);
        let personal = s.personal.is_some_and(|kind| !PERSONAL.contains(&(*pair, kind)));
        (s.red_flag.is_some() || personal).then(|| format!("{pair}: {question}  {:?}", s.explain))
    });
}
