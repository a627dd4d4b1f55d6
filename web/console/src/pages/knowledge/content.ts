/** The content of an entry as the editors hold it. Pure. */
import type { Content, Lang } from '../../api/knowledge';

export interface Wording {
  question: string;
  variants: string[];
  answer: string;
}

export interface Pair {
  topic: string;
  asks: string;
  subject: string[];
  risk: string[];
  /** `source#passage`; the first is `[1]`. */
  cites: string[];
  related: string[];
  /** A date as in `2027-11-01`; empty for none. */
  review_by: string;
  ar: Wording;
  fa: Wording;
}

const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
export const isTable = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function wording(value: unknown): Wording {
  const table = isTable(value) ? value : {};
  return {
    question: string(table.question),
    variants: strings(table.variants),
    answer: string(table.answer),
  };
}

/** A pair's content with everything in its place; what is missing is empty. */
export function readPair(content: Content | null): Pair {
  const table = content ?? {};
  return {
    topic: string(table.topic),
    asks: string(table.asks),
    subject: strings(table.subject),
    risk: strings(table.risk),
    cites: strings(table.cites),
    related: strings(table.related),
    review_by: string(table.review_by),
    ar: wording(table.ar),
    fa: wording(table.fa),
  };
}

/** The pair as content; what `base` has besides, such as the facts it answers, is kept. */
export function writePair(pair: Pair, base: Content | null): Content {
  const kept = base ?? {};
  const side = (lang: Lang): Content => ({
    ...(isTable(kept[lang]) ? kept[lang] : {}),
    question: pair[lang].question.trim(),
    variants: pair[lang].variants,
    answer: pair[lang].answer.trim(),
  });
  const { ar: _ar, fa: _fa, ...plain } = pair;
  return { ...kept, ...plain, ar: side('ar'), fa: side('fa') };
}

/** `list` with the item at `at` moved by `step`; the same list where that leads out of it. */
export function moved<T>(list: readonly T[], at: number, step: 1 | -1): readonly T[] {
  const to = at + step;
  const item = list[at];
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(at, 1).toSpliced(to, 0, item);
}

/**
 * `answer` after the citations changed place: `[n]` follows its passage, and a marker whose passage is gone is
 * taken out.
 */
export function renumbered(answer: string, before: readonly string[], after: readonly string[]): string {
  return answer.replace(/ ?\[(\d+|[٠-٩]+|[۰-۹]+)\]/gu, (marker, digits: string) => {
    const passage = before[latin(digits) - 1];
    if (passage === undefined) return marker;
    const at = after.indexOf(passage);
    if (at < 0) return '';
    return `${marker.startsWith(' ') ? ' ' : ''}[${at + 1}]`;
  });
}

function latin(digits: string): number {
  return Number(
    digits
      .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0)),
  );
}

/** Whether `id` can name a new entry. */
export const isId = (id: string): boolean => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(id) && id.length <= 64;

/** Whether two contents say the same, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (!isTable(one) || !isTable(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

/** The source and the passage that `source#passage` names; empty parts where it names none. */
export function citeParts(cite: string): { source: string; passage: string } {
  const at = cite.indexOf('#');
  return at < 0 ? { source: cite, passage: '' } : { source: cite.slice(0, at), passage: cite.slice(at + 1) };
}
