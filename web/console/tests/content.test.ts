import { expect, test } from 'vitest';
import type { Content } from '../src/api/knowledge';
import { citeParts, isId, isSame, moved, readPair, renumbered, writePair } from '../src/pages/knowledge/content';
import { changes } from '../src/pages/knowledge/difference';

const PAIR: Content = {
  id: 'after-makeup',
  asks: 'after',
  subject: ['treatment'],
  risk: [],
  facts: ['F238'],
  cites: ['a#p1', 'b#p2'],
  related: [],
  review_by: '2027-11-01',
  ar: { question: 'متى؟', variants: ['إمتى؟'], answer: 'بعد يوم [1].' },
  fa: { question: 'کی؟', variants: [], answer: 'یک روز بعد [2].', note: 'kept' },
};

test('a pair that is read and written says the same', () => {
  expect(isSame(writePair(readPair(PAIR), PAIR), { ...PAIR, topic: '' })).toBe(true);
});

test('what the editor does not know stays, what is missing is empty', () => {
  const written = writePair({ ...readPair(PAIR), topic: 'care' }, PAIR);
  expect(written.facts).toEqual(['F238']);
  expect((written.fa as Content).note).toBe('kept');
  expect(readPair(null).ar).toEqual({ question: '', variants: [], answer: '' });
  expect(readPair({ ar: 'no table', cites: [1, 'a#p1'] }).cites).toEqual(['a#p1']);
});

test('markers follow their passages', () => {
  const check = (answer: string, before: string[], after: string[], expected: string): void =>
    expect(renumbered(answer, before, after)).toBe(expected);
  check('x [1] y [2].', ['a', 'b'], ['b', 'a'], 'x [2] y [1].');
  check('x [1] y [2].', ['a', 'b'], ['b'], 'x y [1].');
  check('x [٢].', ['a', 'b'], ['b', 'a'], 'x [1].');
  check('x [۲][۱]', ['a', 'b'], ['b', 'a'], 'x [1][2]');
  check('x [7]', ['a'], [], 'x [7]');
});

test('an item moves by one place', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

test('an id is one in small Latin letters', () => {
  for (const id of ['a', 'after-makeup', 'prp2-face']) expect(isId(id), id).toBe(true);
  for (const id of ['', '2a', 'After', 'a_b', 'a-', 'a--b', 'مكياج', `a${'b'.repeat(64)}`]) {
    expect(isId(id), id).toBe(false);
  }
});

test('a citation names its source and passage', () => {
  expect(citeParts('a#p1')).toEqual({ source: 'a', passage: 'p1' });
  expect(citeParts('a')).toEqual({ source: 'a', passage: '' });
});

test('differences are told field by field', () => {
  const after = {
    ...PAIR,
    cites: ['b#p2', 'a#p1'],
    risk: ['pregnancy'],
    ar: { question: 'متى؟', variants: ['امتى', 'إمتى؟'], answer: 'بعد يومين [1].' },
  };
  expect(changes(PAIR, after)).toEqual([
    { kind: 'list', path: ['risk'], added: ['pregnancy'], removed: [], moved: false },
    { kind: 'list', path: ['cites'], added: [], removed: [], moved: true },
    { kind: 'list', path: ['ar', 'variants'], added: ['امتى'], removed: [], moved: false },
    { kind: 'text', path: ['ar', 'answer'], before: 'بعد يوم [1].', after: 'بعد يومين [1].' },
  ]);
  expect(changes(PAIR, { ...PAIR })).toEqual([]);
  expect(changes(null, { id: 'x', around: true })).toEqual([
    { kind: 'text', path: ['id'], before: '', after: 'x' },
    { kind: 'text', path: ['around'], before: '', after: 'true' },
  ]);
});

test('what stands twice counts twice', () => {
  expect(changes({ phrases: ['a', 'a'] }, { phrases: ['a'] })).toEqual([
    { kind: 'list', path: ['phrases'], added: [], removed: ['a'], moved: false },
  ]);
});
