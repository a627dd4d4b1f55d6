/** Counts by day as rows of a chart and of a table. Pure. */
import type { Overview } from '../../api/types';

export interface Series {
  /** Every day from the first to the last, as `2026-11-21`, also those on which nothing was asked. */
  days: string[];
  /** One row a key, as long as `days`; `place` is the key's own, whichever others there are. */
  rows: { key: string; place: number; counts: number[]; sum: number }[];
}

const DAY_MS = 86_400_000;

/** All days from `from` to `to`, both counted; at most `most`, the latest. */
export function daysBetween(from: string, to: string, most = 400): string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  if (Number.isNaN(first) || Number.isNaN(last) || first > last) return [];
  const begin = Math.max(first, last - (most - 1) * DAY_MS);
  const days: string[] = [];
  for (let at = begin; at <= last; at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** `by` over the days; keys in the order of `order`, then as they come. */
export function seriesOf(
  counts: Overview['days'],
  by: 'outcome' | 'lang',
  days: readonly string[],
  order: readonly string[],
): Series {
  const at = new Map(days.map((day, index) => [day, index]));
  const found = new Map<string, number[]>();
  for (const row of counts) {
    const index = at.get(row.day);
    if (index === undefined) continue;
    const list = found.get(row[by]) ?? Array.from({ length: days.length }, () => 0);
    list[index] = (list[index] ?? 0) + row.count;
    found.set(row[by], list);
  }
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const rows = [...found.entries()]
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([key, list]) => ({ key, place: place(key), counts: list, sum: list.reduce((sum, count) => sum + count, 0) }));
  return { days: [...days], rows };
}

/** Each row on top of those before it, for bars that stand on each other. */
export function stacked(rows: Series['rows']): number[][] {
  const out: number[][] = [];
  for (const { counts } of rows) {
    const below = out.at(-1);
    out.push(counts.map((count, at) => count + (below?.[at] ?? 0)));
  }
  return out;
}

/** The day `back` days before `today`, as `2026-11-21`. */
export function dayBefore(today: string, back: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - back * DAY_MS).toISOString().slice(0, 10);
}
