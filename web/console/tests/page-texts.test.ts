import { expect, test } from 'vitest';
import { TEXTS as AUDIT } from '../src/pages/audit/texts';
import { TEXTS as CONVERSATIONS } from '../src/pages/conversations/texts';
import { TEXTS as INBOX } from '../src/pages/inbox/texts';
import { PICKER } from '../src/pages/knowledge/picker-texts';
import { TEXTS as KNOWLEDGE } from '../src/pages/knowledge/texts';
import { ruleKey, TEXTS as TRY } from '../src/pages/try/texts';

const PAGES = [AUDIT, CONVERSATIONS, INBOX, KNOWLEDGE, PICKER, TRY];

/** Every text by its path; those that take something are filled with `0`. */
function all(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]): [string, string][] => {
    const at = path ? `${path}.${name}` : name;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, String(value('0', '0', '0'))]];
    return all(value as object, at);
  });
}

test('every language says the same things', () => {
  for (const texts of PAGES) {
    const names = all(texts.en).map(([name]) => name);
    for (const lang of ['ar', 'fa'] as const) {
      const other = all(texts[lang]);
      expect(other.map(([name]) => name).toSorted()).toEqual(names.toSorted());
      expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  }
});

test('nothing is left in another script', () => {
  // What is Latin in every language: identifiers that are shown as examples, markers.
  const known = /after-makeup|\[n\]/gu;
  for (const texts of PAGES) {
    for (const lang of ['ar', 'fa'] as const) {
      expect(all(texts[lang]).filter(([, text]) => /[a-z]/iu.test(text.replace(known, '')))).toEqual([]);
    }
    expect(all(texts.en).filter(([, text]) => /[\u0600-\u06ff]/u.test(text))).toEqual([]);
  }
});

test('Arabic and Persian keep their own letters', () => {
  for (const texts of PAGES) {
    expect(all(texts.ar).filter(([, text]) => /[پچژگکی]/u.test(text))).toEqual([]);
    expect(all(texts.fa).filter(([, text]) => /[ةيىك]/u.test(text))).toEqual([]);
  }
});

test('a rule is found by its name', () => {
  const check = (rule: string, key: string): void => expect(ruleKey(rule)).toBe(key);
  check('small talk, too unsure', 'small_talk_too_unsure');
  check('one_pair_answers', 'one_pair_answers');
  check('Red flag', 'red_flag');
});
