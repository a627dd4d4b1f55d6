/** Office hours as a form holds them. Pure. */
import type { Day, Locale, OfficeHours } from '../../api/types';

/** The week as its readers begin it. */
const WEEKS: Readonly<Record<Locale, readonly Day[]>> = {
  en: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  ar: ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'],
  fa: ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'],
};

export const weekOf = (locale: Locale): readonly Day[] => WEEKS[locale];

export type Span = OfficeHours['days'][number];

/** Where a clinic that names no hours begins to. */
export const PLAIN: Readonly<OfficeHours> = { time_zone: 'UTC', days: [], closed: [] };

/** The hours of a day in order, each with its place in the whole list. */
export function spansOf(hours: OfficeHours, day: Day): { span: Span; at: number }[] {
  return hours.days
    .map((span, at) => ({ span, at }))
    .filter(({ span }) => span.day === day)
    .sort((a, b) => (a.span.from < b.span.from ? -1 : 1));
}

/** With hours added to `day`: after its last ones, or the usual ones. */
export function withSpan(hours: OfficeHours, day: Day): OfficeHours {
  const last = spansOf(hours, day).at(-1)?.span.to;
  const from = last && last < '20:00' ? last : '09:00';
  const to = last && last < '20:00' ? later(last, 3) : '17:00';
  return { ...hours, days: [...hours.days, { day, from, to }] };
}

function later(time: string, by: number): string {
  const [hour = '0', minute = '00'] = time.split(':');
  return `${String(Math.min(23, Number(hour) + by)).padStart(2, '0')}:${minute}`;
}

export function withoutSpan(hours: OfficeHours, at: number): OfficeHours {
  return { ...hours, days: hours.days.filter((_, other) => other !== at) };
}

export function changedSpan(hours: OfficeHours, at: number, change: Partial<Span>): OfficeHours {
  return { ...hours, days: hours.days.map((span, other) => (other === at ? { ...span, ...change } : span)) };
}

/** Whether hours end after they begin. */
export const isSpan = ({ from, to }: Span): boolean => from !== '' && to !== '' && from < to;

/** With a closed day more, in order, once. */
export function withClosed(hours: OfficeHours, date: string): OfficeHours {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || hours.closed.includes(date)) return hours;
  return { ...hours, closed: [...hours.closed, date].sort() };
}
