//! A decision to a reply: which pairs speak, what is offered instead, which disclaimers go with it.

use super::Engine;
use crate::dialogue::compose;
use crate::dialogue::context;
use crate::dialogue::decide::Decision;
use crate::dialogue::heard::Heard;
use crate::dialogue::leaning;
use crate::dialogue::understand::Understanding;
use crate::dialogue::{Context, Disclaimer, Outcome, Reply};
use crate::knowledge::{self, Pair};
use crate::language::Lang;
use crate::safety::Screening;
use crate::search::ClassKind;

/// Of more questions in one message the later ones are offered.
const MOST_ANSWERS: usize = 3;
/// Lowest score at which a candidate is offered as a nearby question.
const NEARBY: f32 = -2.5;

/// Confidence from which a personal request gets the general part of a pair's answer too.
const SURE: f32 = 0.94;

/// All that a reply is made of.
#[derive(Clone, Copy)]
pub(super) struct Turn<'a> {
    pub context: &'a Context,
    pub understanding: &'a Understanding,
    pub decision: &'a Decision,
    pub screening: &'a Screening,
}

impl Engine {
    pub(super) fn country(&self) -> Option<&str> {
        self.settings.country.as_deref()
    }

    /// A reply without citations.
    pub(super) fn reply_with(&self, outcome: Outcome, lang: Lang, text: String, context: &Context) -> Reply {
        Reply {
            outcome,
            lang,
            text,
            citations: Vec::new(),
            disclaimers: Vec::new(),
            suggestions: Vec::new(),
            pair: None,
            confidence: 1.0,
            knowledge: self.knowledge.version.clone(),
            context: Context {
                lang: Some(lang),
                outcome: Some(outcome),
                offered: Vec::new(),
                ..context.clone()
            },
        }
    }

    pub(super) fn emergency(&self, context: &Context, heard: &Heard, screening: &Screening) -> Reply {
        let lang = heard.detection.lang.or(context.lang).or(heard.message.locale).unwrap_or(Lang::Ar);
        let text = match &screening.red_flag {
            Some(flag) => self.knowledge.policy.emergency(flag.level, lang, self.country()),
            None => String::new(),
        };
        let mut reply = self.reply_with(Outcome::Emergency, lang, text, context);
        reply.disclaimers = compose::disclaimers(&self.knowledge, ["not-medical-advice"], lang);
        reply.context.flagged = true;
        reply
    }

    pub(super) fn compose(&self, turn: &Turn<'_>) -> Reply {
        let Turn { context, understanding, decision, screening } = *turn;
        let lang = understanding.lang;
        let greets = decision.outcome == Outcome::Smalltalk && understanding.borrowed_talk;
        if screening.personal.is_none() && understanding.foreign && !greets {
            let text = self.knowledge.policy.foreign_notice(understanding.detection.latin, self.country());
            let mut reply = self.reply_with(Outcome::NoAnswer, lang, text, context);
            reply.confidence = decision.confidence;
            reply.context = Context { outcome: Some(Outcome::NoAnswer), ..context.clone() };
            return reply;
        }
        let mut reply = if let Some(kind) = screening.personal {
            self.personal(turn, kind)
        } else {
            match decision.outcome {
                Outcome::Answer => self.answer(turn),
                Outcome::Clarify => self.clarify(context, lang, decision),
                Outcome::Smalltalk => self.smalltalk(context, lang, decision),
                _ => self.no_answer(turn),
            }
        };
        reply.confidence = decision.confidence;
        self.cautions(&mut reply, context, screening);
        context::carry(&mut reply, &self.knowledge, understanding, screening);
        reply
    }

    fn answer(&self, turn: &Turn<'_>) -> Reply {
        let Turn { context, understanding, decision, .. } = *turn;
        let lang = understanding.lang;
        let ids = self.for_groups(turn);
        let mut pairs: Vec<&Pair> = ids.iter().filter_map(|id| self.knowledge.pair(id)).collect();
        let offered = pairs.split_off(pairs.len().min(MOST_ANSWERS));
        let mut reply = self.said(&pairs, lang, context);
        if decision.pairs.len() + decision.beside.len() > 1 {
            let outside = decision.beside.iter().filter_map(|id| self.outside_reply(id, lang));
            (reply.text, reply.citations) = compose::numbered(&self.knowledge, &pairs, outside, lang);
        }
        let related = pairs.iter().flat_map(|p| p.related.iter().map(String::as_str));
        let related = related.filter(|r| !ids.iter().any(|id| id == r));
        let next = offered.iter().map(|pair| pair.id.as_str()).chain(related);
        reply.suggestions = compose::suggestions(&self.knowledge, next, lang, 3);
        reply
    }

    fn outside(&self, id: &str) -> Option<&knowledge::Aside> {
        self.knowledge.outside.iter().find(|entry| entry.id == id)
    }

    fn outside_reply(&self, id: &str, lang: Lang) -> Option<&str> {
        self.outside(id).map(|entry| entry.wording(lang).reply.as_str())
    }

    /// What `pairs` say, cited, with their disclaimers.
    pub(super) fn said(&self, pairs: &[&Pair], lang: Lang, context: &Context) -> Reply {
        let (text, citations) = compose::answer(&self.knowledge, pairs, lang);
        let mut reply = self.reply_with(Outcome::Answer, lang, text, context);
        reply.citations = citations;
        let risks = pairs.iter().flat_map(|p| p.risk.iter().map(String::as_str));
        let codes = std::iter::once("not-medical-advice").chain(risks);
        reply.disclaimers = compose::disclaimers(&self.knowledge, codes, lang);
        reply.pair = pairs.first().map(|pair| pair.id.clone());
        reply
    }

    /// The pairs that answer, with the group's own pair first where someone names a contraindication and
    /// asks whether they may: a general "it suits everyone" is never given to them. Who named it earlier and now asks
    /// for leave without naming anything («ينفع أعمل ميزو؟») asks for that group.
    fn for_groups(&self, turn: &Turn<'_>) -> Vec<String> {
        let Turn { context, understanding, decision, screening } = *turn;
        let mut ids = decision.pairs.clone();
        let Some(first) = ids.first().and_then(|id| self.knowledge.pair(id)) else { return ids };
        let asks_leave = matches!(first.asks, knowledge::Asks::MayI | knowledge::Asks::Who)
            || understanding.query.asks.contains(&knowledge::Asks::MayI);
        let unnamed = screening.groups.is_empty() && !leaning::names_something(&understanding.query);
        let groups = if unnamed { &context.groups } else { &screening.groups };
        let group_pair = groups.iter().find_map(|group| self.knowledge.policy.group_pair(group));
        if let Some(pair) =
            group_pair.filter(|p| asks_leave && *p != first.id && self.knowledge.pair(p).is_some())
        {
            let own = first.risk.iter().any(|r| groups.contains(r));
            // Of nothing named, another group's pair answers nothing.
            if unnamed && !own && !first.risk.is_empty() {
                ids.clear();
            }
            if !own {
                ids.insert(0, pair.to_owned());
                if decision.pairs.len() == 1 {
                    ids.truncate(2);
                }
            }
        }
        ids
    }

    fn clarify(&self, context: &Context, lang: Lang, decision: &Decision) -> Reply {
        let text = self.knowledge.policy.clarify(lang).to_owned();
        let mut reply = self.reply_with(Outcome::Clarify, lang, text, context);
        let ids = decision.pairs.iter().map(String::as_str);
        reply.suggestions = compose::suggestions(&self.knowledge, ids, lang, 4);
        reply
    }

    fn smalltalk(&self, context: &Context, lang: Lang, decision: &Decision) -> Reply {
        let entry =
            decision.aside.as_deref().and_then(|id| self.knowledge.smalltalk.iter().find(|s| s.id == id));
        let text = entry.map_or_else(String::new, |s| s.wording(lang).reply.clone());
        self.reply_with(Outcome::Smalltalk, lang, text, context)
    }

    fn no_answer(&self, turn: &Turn<'_>) -> Reply {
        let Turn { context, understanding, decision, screening } = *turn;
        let lang = understanding.lang;
        // A sign that a doctor should see is not met with "we know nothing of children's health".
        let entry = decision.aside.as_deref().filter(|_| screening.caution.is_empty());
        let entry = entry.and_then(|id| self.outside(id));
        let withdrawn = decision.aside.as_deref().and_then(|id| self.knowledge.withdrawn_by_class(id));
        let text = match entry {
            Some(entry) => entry.wording(lang).reply.clone(),
            None => self.knowledge.policy.no_answer(lang).to_owned(),
        };
        let mut reply = self.reply_with(Outcome::NoAnswer, lang, text, context);
        let nearby = understanding.ranking.candidates.iter();
        let nearby = nearby.filter(|c| c.kind == ClassKind::Pair && c.score > NEARBY).map(|c| c.id.as_str());
        let instead =
            entry.iter().flat_map(|e| &e.near).chain(withdrawn.iter().flat_map(|w| &w.pair.related));
        // Of nothing near, what goes on from the last answer.
        let last = context.pair.as_deref().and_then(|id| self.knowledge.pair(id));
        let onward = last.into_iter().flat_map(|pair| &pair.related);
        let offered = instead.map(String::as_str).chain(nearby).chain(onward.map(String::as_str));
        reply.suggestions = compose::suggestions(&self.knowledge, offered, lang, 3);
        reply
    }

    /// Declines what only a clinician may say; adds general cited information where a pair is sure.
    fn personal(&self, turn: &Turn<'_>, kind: crate::safety::PersonalKind) -> Reply {
        let Turn { context, understanding, .. } = *turn;
        let lang = understanding.lang;
        let decline = self.knowledge.policy.decline(kind, lang).to_owned();
        let general = self.general_part(turn);
        let mut reply = self.reply_with(Outcome::Personal, lang, decline, context);
        let mut codes = vec!["not-medical-advice"];
        if let Some(pair) = general {
            let (text, citations) = compose::answer(&self.knowledge, &[pair], lang);
            reply.text.push_str("\n\n");
            reply.text.push_str(&text);
            reply.citations = citations;
            reply.pair = Some(pair.id.clone());
            codes.extend(pair.risk.iter().map(String::as_str));
        }
        reply.disclaimers = compose::disclaimers(&self.knowledge, codes, lang);
        reply
    }

    fn general_part(&self, turn: &Turn<'_>) -> Option<&Pair> {
        let Turn { understanding, decision, screening, .. } = *turn;
        if !understanding.query.outside.is_empty() {
            return None;
        }
        let group = screening.groups.iter().find_map(|g| self.knowledge.policy.group_pair(g));
        if let Some(pair) = group.and_then(|id| self.knowledge.pair(id)) {
            return Some(pair);
        }
        let sure = decision.outcome == Outcome::Answer && decision.confidence >= SURE;
        decision.pairs.first().filter(|_| sure).and_then(|id| self.knowledge.pair(id))
    }

    /// Adds the disclaimers of the risk groups that were named, now or earlier, and of signs that a doctor
    /// should see.
    fn cautions(&self, reply: &mut Reply, context: &Context, screening: &Screening) {
        if matches!(reply.outcome, Outcome::Smalltalk | Outcome::Clarify) {
            return;
        }
        // Those named earlier stand in the policy's order, not in that of the conversation: a reply is then one of few,
        // and the store keeps each once.
        let place = |group: &&String| self.knowledge.policy.groups.iter().position(|g| g.id == **group);
        let mut earlier: Vec<&String> = context.groups.iter().collect();
        earlier.sort_by_key(place);
        let groups = screening.groups.iter().chain(earlier).map(String::as_str);
        let doctor = (!screening.caution.is_empty()).then_some("see-doctor");
        let named: Vec<&str> = groups.chain(doctor).collect();
        if named.is_empty() {
            return;
        }
        let added: Vec<Disclaimer> = compose::disclaimers(&self.knowledge, named, reply.lang);
        for disclaimer in added {
            if reply.disclaimers.iter().all(|d| d.code != disclaimer.code) {
                reply.disclaimers.push(disclaimer);
            }
        }
    }
}
