/** Numbers and times in the reader's digits. */
import type { Run } from './bidi';

/**
 * A locale whose digits are those that its readers expect: Persian and eastern Arabic ones, unless a region
 * is named whose own habit is known (`ar-MA` writes 123).
 */
function numbering(locale: string): string {
  if (/^fa\b/u.test(locale)) return `${locale}-u-nu-arabext`;
  return /^ar$/u.test(locale) ? 'ar-u-nu-arab' : locale;
}

/** `value` in the digits of `locale`. */
export function number(value: number, locale: string): string {
  return new Intl.NumberFormat(numbering(locale), { useGrouping: false }).format(value);
}

/** The hour and minute of an RFC 3339 time; nothing if it is none. */
export function clock(sentAt: string, locale: string, zone?: string): string {
  const time = new Date(sentAt);
  if (Number.isNaN(time.getTime())) return '';
  const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
  if (zone) options.timeZone = zone;
  return new Intl.DateTimeFormat(numbering(locale), options).format(time);
}

/** Whole seconds until `at`, at least one. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1000));
}

const DIGIT = /[0-9٠-٩۰-۹]/gu;
/** Where the three kinds of digits begin. */
const ZEROS = [0x30, 0x660, 0x6f0];

function worth(digit: string): number {
  const code = digit.charCodeAt(0);
  return code - (ZEROS.findLast((zero) => zero <= code) ?? 0);
}

/** `text` with the Latin digits that a telephone dials. */
export function dialled(text: string): string {
  return text.replace(DIGIT, (digit) => String(worth(digit))).replace(/[^\d+]/gu, '');
}

/** A telephone number in the reader's digits. */
export function phone(text: string, locale: string): string {
  return text.replace(DIGIT, (digit) => number(worth(digit), locale));
}

/** A number with the signs within it. */
const NUMBER = /[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*[%٪]?/gu;

/** A number as `locale` writes it: Arabic digits have signs of their own, as a full stop among them looks like a zero. */
function written(text: string, locale: string): string {
  const signs = number(0, locale) === '0' ? '.,%' : '٫٬٪';
  const [point, group, percent] = [...signs] as [string, string, string];
  // Of two points or more, as in a date, none is a decimal one.
  const hasPoint = /^[^.٫]+[.٫][^.٫]+$/u.test(text);
  return phone(text, locale)
    .replace(/[.٫]/gu, (sign) => (hasPoint ? point : sign))
    .replace(/[,٬](?=\p{Nd}{3}(?!\p{Nd}))/gu, group)
    .replace(/[%٪]/gu, percent);
}

/**
 * The runs of a line with their numbers as `locale` writes them. What is part of a Latin word stays: `B12`, `3D`, an
 * address.
 */
export function inDigits(line: readonly Run[], locale: string): Run[] {
  return line.map(({ text, ltr }, at) => {
    if (ltr) return { ltr, text: /^[A-Za-z\u00c0-\u024f]/u.test(text) ? text : phone(text, locale) };
    const joined = line[at + 1]?.ltr ? /[0-9.,]+$/u.exec(text)?.index : undefined;
    const end = joined ?? text.length;
    return { ltr, text: text.slice(0, end).replace(NUMBER, (found) => written(found, locale)) + text.slice(end) };
  });
}
