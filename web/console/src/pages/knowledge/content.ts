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

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether two contents say the same, whatever the order of their fields; what is empty may as well be left out. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other || (isNothing(one) && isNothing(other))) return true;
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

/** Words as they are compared: letters that keyboards write differently are one, marks and joiners are gone. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[يىئ]/gu, 'ی')
    .replace(/ك/gu, 'ک')
    .replace(/[ةۀ]/gu, 'ه')
    .replace(/ؤ/gu, 'و')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** What a new entry of `kind` begins with; `null` for kinds whose entries are all there already. */
export function blank(kind: string): Content | null {
  const both = { ar: '', fa: '' };
  const forms = (): Content => ({ forms: [], reply: '' });
  switch (kind) {
    case 'pair':
      return { ...writePair(readPair(null), null) };
    case 'concept':
      return { id: '', kind: 'thing', ar: [], fa: [], latin: [] };
    case 'sign':
      return { id: '', ar: [], fa: [], latin: [] };
    case 'smalltalk':
      return { id: '', around: false, ar: forms(), fa: forms() };
    case 'outside':
      return { id: '', near: [], ar: forms(), fa: forms() };
    case 'disclaimer':
      return { code: '', ...both };
    case 'emergency_number':
      return { country: '', number: '', source: '', checked: '' };
    case 'passage':
      return { id: '', source: '', section: { ...both }, locator: '', gist: { ...both } };
    case 'source':
      return { id: '', lang: 'ar', kind: 'article', title: { ...both } };
    case 'topic':
      return { id: '', title: { ...both } };
    default:
      return null;
  }
}

/** The field of an entry of `kind` that names it. */
export const keyField = (kind: string): string =>
  kind === 'disclaimer' ? 'code' : kind === 'emergency_number' ? 'country' : 'id';

/** The id of an entry by its content, as its place has it; empty where something is missing. */
export function idOf(kind: string, content: Content): string {
  const own = string(content[keyField(kind)]).trim();
  if (kind !== 'passage') return own;
  const source = string(content.source).trim();
  return source && own ? `${source}#${own}` : '';
}

/** Steps to a field: names of tables, places of lists. */
export type Path = readonly (string | number)[];

/** `content` with `value` at `path`; all else as it was. */
export function put(content: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(content) && typeof step === 'number') return content.with(step, put(content[step], rest, value));
  const table = isTable(content) ? content : {};
  return { ...table, [step]: put(table[step], rest, value) };
}
