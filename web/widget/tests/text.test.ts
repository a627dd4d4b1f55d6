/** Text: directions, the Markdown subset, digits. */
import { expect, test } from 'vitest';
import { runs, withoutControls } from '../src/bidi';
import { blocks, pieces, plain, spans } from '../src/markdown';
import { clock, dialled, inDigits, number, phone, secondsUntil } from '../src/numbers';

test.each([
  ['حقن Botox A للوجه', ['Botox A']],
  ['اتصل على ٠٠٠ ٥٥٥ ٠١٠٠ الآن', ['٠٠٠ ٥٥٥ ٠١٠٠']],
  ['تماس: +98 (21) 5550100.', ['+98 (21) 5550100']],
  ['من 3 إلى 15 جلسة، 3-15', []],
  ['الموقع https://clinic.example/a?b=1.', ['https://clinic.example/a?b=1']],
  ['(PRP) أو info@clinic.example', ['PRP', 'info@clinic.example']],
  ['', []],
])('left-to-right runs of %j', (line, expected) => {
  const found = runs(line);
  expect(found.filter(({ ltr }) => ltr).map(({ text }) => text)).toEqual(expected);
  expect(found.map(({ text }) => text).join('')).toBe(line);
});

test.each([1_000, 100_000])('a line of %d hostile characters comes back whole', (length) => {
  for (const text of [
    '1'.repeat(length),
    `a${' '.repeat(length)}`,
    '+'.repeat(length),
    'a,'.repeat(length),
  ]) {
    expect(
      runs(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  }
});

test('characters that reorder are taken out, others are not', () => {
  expect(withoutControls('a\u202eb\u2066c\u200fd\u061ce')).toBe('abcde');
  expect(withoutControls('می\u200cخواهم')).toBe('می\u200cخواهم');
});

test.each([
  ['سطر\nآخر', [{ kind: 'p', lines: ['سطر', 'آخر'] }]],
  [
    'أولًا\n\nثانيًا',
    [
      { kind: 'p', lines: ['أولًا'] },
      { kind: 'p', lines: ['ثانيًا'] },
    ],
  ],
  [
    'مقدمة:\n- واحد\n- اثنان',
    [
      { kind: 'p', lines: ['مقدمة:'] },
      { kind: 'ul', lines: ['واحد', 'اثنان'] },
    ],
  ],
  ['۱. یک\n۲. دو', [{ kind: 'ol', lines: ['یک', 'دو'] }]],
  ['', []],
  ['<b>x</b>', [{ kind: 'p', lines: ['<b>x</b>'] }]],
])('blocks of %j', (text, expected) => expect(blocks(text)).toEqual(expected));

/** A line's spans in short: `*bold*`, `[1]`, text as it is. */
const short = (span: ReturnType<typeof spans>[number]): string => {
  if (span.kind === 'marker') return `[${span.number}]`;
  const words = span.runs.map(({ text }) => text).join('');
  return span.kind === 'bold' ? `*${words}*` : words;
};

test.each([
  ['نص [1] و**مهم**', ['نص ', '[1]', ' و', '*مهم*']],
  ['[x] ** **', ['[x] ', '* *']],
  ['[1234]', ['[1234]']],
  ['', []],
])('spans of %j', (line, expected) => expect(spans(line).map(short)).toEqual(expected));

test.each([
  ['من ثلاث جلسات [1][2]، ثم', ['من ثلاث ', '<جلسات |[1]|[2]|،>', ' ثم']],
  ['**مهم** [1].', ['*مهم*', ' ', '<[1]|.>']],
  ['[1] أول', ['<[1]>', ' أول']],
  ['آخر [3]', ['<آخر |[3]>']],
  ['كلمة[1]كلمة [2]', ['<كلمة|[1]>', '<كلمة |[2]>']],
])('markers of %j stay with their word', (line, expected) => {
  const found = pieces(line).map((piece) =>
    piece.kind === 'glued' ? `<${piece.spans.map(short).join('|')}>` : short(piece),
  );
  expect(found).toEqual(expected);
});

test('read aloud there are no stars and no markers', () => {
  expect(plain('**نعم** [1][2].', false)).toBe('نعم.');
  expect(plain('**نعم** [1].', true)).toBe('نعم [1].');
});

test.each([
  [12, 'ar', '١٢'],
  [12, 'fa', '۱۲'],
  [12, 'ar-MA', '12'],
  [1234, 'fa-IR', '۱۲۳۴'],
])('%d in %s is %s', (value, locale, expected) => expect(number(value, locale)).toBe(expected));

test.each([
  ['من 3 إلى 15 جلسة', 'ar', 'من ٣ إلى ١٥ جلسة'],
  ['من 3 إلى 15 جلسة', 'ar-MA', 'من 3 إلى 15 جلسة'],
  ['من ٣ إلى ١٥٫٥٪', 'ar-MA', 'من 3 إلى 15.5%'],
  ['با شمارهٔ 115 تماس بگیرید', 'fa', 'با شمارهٔ ۱۱۵ تماس بگیرید'],
  ['٣ یا ۳', 'fa', '۳ یا ۳'],
  ['نسبة 0.5% من 1,000 شخص', 'ar', 'نسبة ٠٫٥٪ من ١٬٠٠٠ شخص'],
  ['بتاريخ 12.5.2026، 3,4', 'ar', 'بتاريخ ١٢.٥.٢٠٢٦، ٣,٤'],
  ['فيتامين B12 وتقنية 3D و10mg', 'ar', 'فيتامين B12 وتقنية 3D و10mg'],
  ['انظر https://clinic.example/2026?a=1', 'ar', 'انظر https://clinic.example/2026?a=1'],
  ['الهاتف 000 555 0100', 'ar', 'الهاتف ٠٠٠ ٥٥٥ ٠١٠٠'],
  ['', 'ar', ''],
])('%j in the digits of %s', (line, locale, expected) => {
  const shown = inDigits(runs(line), locale);
  expect(shown.map(({ text }) => text).join('')).toBe(expected);
});

test('times and telephone numbers', () => {
  expect(clock('2026-11-21T14:05:00Z', 'fa', 'UTC')).toBe('۱۴:۰۵');
  expect(clock('2026-11-21T14:05:00Z', 'ar', 'UTC')).toContain('٠٥');
  expect(clock('nonsense', 'ar')).toBe('');
  expect(dialled('+٩٨ (21) ۵۵')).toBe('+982155');
  expect(phone('115', 'fa')).toBe('۱۱۵');
  expect([secondsUntil(5_001, 0), secondsUntil(0, 9_000)]).toEqual([6, 1]);
});
