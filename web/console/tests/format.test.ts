import { expect, test } from 'vitest';
import type { Locale } from '../src/api/types';
import { Format } from '../src/format';

const format = (locale: Locale): Format => new Format(locale, 'UTC');

test('numbers and dates are those of the language', () => {
  const check = (locale: Locale, number: string, percent: string, date: string): void => {
    const fmt = format(locale);
    expect([fmt.number(12_345), fmt.percent(0.843), fmt.date('2026-11-21')]).toEqual([number, percent, date]);
  };
  check('en', '12,345', '84%', '21 Nov 2026');
  check('ar', '١٢٬٣٤٥', '٨٤٪؜', '٢١ نوفمبر ٢٠٢٦');
  check('fa', '۱۲٬۳۴۵', '۸۴٪', '۳۰ آبان ۱۴۰۵');
});

test('how long ago, until it is a date', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const check = (locale: Locale, at: string, shown: string): void => expect(format(locale).ago(at, now)).toBe(shown);
  check('en', '2026-11-21T11:59:50Z', 'this minute');
  check('en', '2026-11-21T11:30:00Z', '30 minutes ago');
  check('en', '2026-11-20T12:00:00Z', 'yesterday');
  check('en', '2026-11-01T12:00:00Z', '1 Nov 2026');
  check('fa', '2026-11-21T09:00:00Z', '۳ ساعت پیش');
  check('ar', '2026-11-21T11:57:00Z', 'قبل ٣ دقائق');
  check('en', 'nonsense', '');
});

test('a span to wait is never nothing', () => {
  const check = (ms: number, shown: string): void => expect(format('en').wait(ms)).toBe(shown);
  check(0, '1 second');
  check(4200, '5 seconds');
  check(120_000, '2 minutes');
});
