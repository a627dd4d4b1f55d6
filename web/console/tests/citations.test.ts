import { expect, test } from 'vitest';
import type { Source } from '../src/api/knowledge';
import { citeOf, findCite, searchPassages } from '../src/pages/knowledge/citations';
import { fold, put, readPair } from '../src/pages/knowledge/content';
import { previewReply } from '../src/pages/knowledge/preview';
import { parseReply } from '../../widget/src/protocol';

const SOURCES: Source[] = [
  {
    id: 'leaflet',
    title: { ar: 'نشرة العناية', fa: 'برگهٔ مراقبت' },
    lang: 'ar',
    kind: 'leaflet',
    passages: [
      { id: 'p1', section: { ar: 'بعد الجلسة', fa: 'پس از جلسه' }, locator: 'line 1', gist: { ar: 'لا شمس', fa: 'آفتاب نه' }, cited_by: [] },
      { id: 'p2', section: { ar: 'المكياج', fa: 'آرایش' }, locator: 'line 2', gist: { ar: 'بعد يوم', fa: 'یک روز بعد' }, cited_by: [] },
    ],
  },
];

test('a citation finds its passage', () => {
  const check = (cite: string, passage: string | null): void => {
    const found = findCite(SOURCES, cite);
    expect(found ? citeOf(found.source, found.passage) : null, cite).toBe(passage);
  };
  check('leaflet#p2', 'leaflet#p2');
  check('leaflet#p9', null);
  check('other#p1', null);
  check('leaflet', null);
});

test('passages are found whatever keyboard the words come from', () => {
  const check = (words: string, found: string[]): void =>
    expect(searchPassages(SOURCES, words).map(({ passage }) => passage.id), words).toEqual(found);
  check('', ['p1', 'p2']);
  check('المكیاج', ['p2']);
  check('شمس', ['p1']);
  check('العنايه يوم', ['p2']);
  check('آرايش', ['p2']);
  check('ليزر', []);
});

test('letters of both keyboards are one', () => {
  const check = (one: string, other: string): void => expect(fold(one)).toBe(fold(other));
  check('كتاب', 'کتاب');
  check('عيادة', 'عیاده');
  check('می‌شود', 'میشود');
  check('أُذن', 'اذن');
  check(' PRP  Face ', 'prp face');
});

test('the preview is a reply that the widget reads', () => {
  const pair = {
    ...readPair(null),
    cites: ['leaflet#p2', 'gone#p1'],
    risk: ['pregnancy'],
    fa: { question: 'کی؟', variants: [], answer: 'یک روز بعد [1].' },
  };
  const cautions = ['not-medical-advice', 'pregnancy', 'diabetes'].map((code) => ({ code, text: { ar: `${code} ar`, fa: `${code} fa` } }));
  const reply = parseReply(previewReply(pair, 'fa', SOURCES, cautions));
  expect(reply?.text).toBe('یک روز بعد [1].');
  expect(reply?.citations.map(({ marker, title, gist, lang }) => [marker, title, gist, lang])).toEqual([
    [1, 'برگهٔ مراقبت', 'یک روز بعد', 'ar'],
  ]);
  expect(reply?.disclaimers.map(({ text }) => text)).toEqual(['not-medical-advice fa', 'pregnancy fa']);
});

test('one field is put, all else stays', () => {
  const before = { id: 'x', ar: { forms: ['a', 'b'], reply: 'r' } };
  expect(put(before, ['ar', 'forms', 1], 'c')).toEqual({ id: 'x', ar: { forms: ['a', 'c'], reply: 'r' } });
  expect(put(before, ['fa', 'reply'], 's')).toEqual({ ...before, fa: { reply: 's' } });
  expect(before.ar.forms).toEqual(['a', 'b']);
});
