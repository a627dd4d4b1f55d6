import { expect, test } from 'vitest';
import { type Piece, compare } from '../src/parts/compare';

test('the difference of two texts, word by word', () => {
  const check = (before: string, after: string, pieces: [Piece['kind'], string][]): void => {
    const found = compare(before, after);
    expect(found.map(({ kind, text }) => [kind, text])).toEqual(pieces);
    const side = (other: Piece['kind']): string =>
      found
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join('');
    expect([side('added'), side('removed')], 'nothing is lost').toEqual([before, after]);
  };
  check('', '', []);
  check('من ٤ إلى ٦ جلسات', 'من ٤ إلى ٦ جلسات', [['same', 'من ٤ إلى ٦ جلسات']]);
  check('من ٤ إلى ٦ جلسات', 'من ٣ إلى ٦ جلسات', [
    ['same', 'من '],
    ['removed', '٤'],
    ['added', '٣'],
    ['same', ' إلى ٦ جلسات'],
  ]);
  check('', 'تازه', [['added', 'تازه']]);
  check('کهنه', '', [['removed', 'کهنه']]);
});

test('very long texts are compared as well', () => {
  const long = Array.from({ length: 3000 }, (_, at) => `word${at}`).join(' ');
  const pieces = compare(`${long}\nend`, `${long}\nother`);
  expect(pieces.some(({ kind }) => kind === 'removed')).toBe(true);
  expect(pieces.map(({ kind, text }) => (kind === 'removed' ? '' : text)).join('')).toBe(`${long}\nother`);
});
