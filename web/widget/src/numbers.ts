/** Numbers and times in the reader's digits. */

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

/** `text` with the Latin digits that a telephone dials. */
export function dialled(text: string): string {
  return text
    .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[^\d+]/gu, '');
}

/** A telephone number in the reader's digits. */
export function phone(text: string, locale: string): string {
  return text.replace(/\d/gu, (digit) => number(Number(digit), locale));
}
