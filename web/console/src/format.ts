/** Numbers, dates and spans of time as the reader of each language expects them. */
import type { Locale } from './api/types';

/** Arabic readers see eastern digits, Persian readers their own and their own calendar. */
const TAGS: Readonly<Record<Locale, string>> = {
  en: 'en-GB',
  ar: 'ar-u-nu-arab-ca-gregory',
  fa: 'fa-IR-u-nu-arabext-ca-persian',
};

const DAY_MS = 86_400_000;

/** Named months: numbers between strokes are read in different orders. */
const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

/** Everything for one language; made once and kept. */
export class Format {
  readonly #tag: string;
  readonly #made = new Map<string, unknown>();
  /** The zone of days and hours; the reader's own where none is named. */
  readonly #zone: string | undefined;

  constructor(locale: Locale, zone?: string) {
    this.#tag = TAGS[locale];
    this.#zone = zone;
  }

  /** `value` with groups of three. */
  number(value: number, digits = 0): string {
    const make = (): Intl.NumberFormat =>
      new Intl.NumberFormat(this.#tag, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
    return this.#once(`n${digits}`, make).format(value);
  }

  /** A share from 0 to 1 as a percentage. */
  percent(share: number, digits = 0): string {
    const make = (): Intl.NumberFormat =>
      new Intl.NumberFormat(this.#tag, { style: 'percent', maximumFractionDigits: digits });
    return this.#once(`p${digits}`, make).format(share);
  }

  /** Milliseconds, with decimals only where they matter. */
  milliseconds(value: number): string {
    const make = (): Intl.NumberFormat =>
      new Intl.NumberFormat(this.#tag, {
        style: 'unit',
        unit: 'millisecond',
        unitDisplay: 'short',
        maximumFractionDigits: value < 10 ? 1 : 0,
      });
    return this.#once(value < 10 ? 'ms1' : 'ms0', make).format(value);
  }

  /** A span to wait, in the largest unit that fits. */
  wait(ms: number): string {
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
    const make = (): Intl.NumberFormat =>
      new Intl.NumberFormat(this.#tag, { style: 'unit', unit, unitDisplay: 'long' });
    return this.#once(`w${unit}`, make).format(value);
  }

  /** Day, month and year of an RFC 3339 time, or of a date alone; empty if it is none. */
  date(at: string | null | undefined): string {
    // A date alone is that day everywhere.
    const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(at ?? '');
    return this.#time(isDay ? 'day' : 'd', at, {
      ...DATE,
      ...(isDay && { timeZone: 'UTC' }),
    });
  }

  /** Day and month, as under a chart. */
  shortDay(day: string): string {
    return this.#time('sd', day, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  }

  dateTime(at: string | null | undefined): string {
    return this.#time('dt', at, { ...DATE, hour: 'numeric', minute: '2-digit' });
  }

  time(at: string | null | undefined): string {
    return this.#time('t', at, { timeStyle: 'short' });
  }

  /** How long ago, for what is recent; else the date. */
  ago(at: string | null | undefined, now = Date.now()): string {
    const time = at ? Date.parse(at) : Number.NaN;
    if (Number.isNaN(time)) return '';
    const past = now - time;
    if (past > 7 * DAY_MS) return this.date(at);
    const relative = this.#once(
      'rel',
      () => new Intl.RelativeTimeFormat(this.#tag, { numeric: 'auto', style: 'long' }),
    );
    const minutes = Math.round(past / 60_000);
    if (minutes < 1) return relative.format(0, 'minute');
    if (minutes < 60) return relative.format(-minutes, 'minute');
    const hours = Math.round(minutes / 60);
    return hours < 24 ? relative.format(-hours, 'hour') : relative.format(-Math.round(hours / 24), 'day');
  }

  /** `items` joined as a list is in this language. */
  list(items: readonly string[]): string {
    return this.#once('list', () => new Intl.ListFormat(this.#tag, { type: 'conjunction' })).format(items);
  }

  #time(key: string, at: string | null | undefined, options: Intl.DateTimeFormatOptions): string {
    const time = at ? new Date(at) : null;
    if (!time || Number.isNaN(time.getTime())) return '';
    const zone = this.#zone && !options.timeZone ? { timeZone: this.#zone } : {};
    return this.#once(key, () => new Intl.DateTimeFormat(this.#tag, { ...options, ...zone })).format(time);
  }

  #once<T>(key: string, make: () => T): T {
    const known = this.#made.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(key, made);
    return made;
  }
}

const FORMATS = new Map<Locale, Format>();

/** The format of a language in the reader's own time zone. */
export function formatOf(locale: Locale): Format {
  const known = FORMATS.get(locale);
  if (known) return known;
  const made = new Format(locale);
  FORMATS.set(locale, made);
  return made;
}
