/**
 * The small Markdown subset of replies (paragraphs, lists, bold, `[n]` markers) as data. What shows it puts
 * in text nodes only, so nothing in a reply can become markup.
 */
import { type Run, runs, withoutControls } from './bidi';

export type Block = { kind: 'p' | 'ul' | 'ol'; lines: string[] };

export type Span = { kind: 'text' | 'bold'; runs: Run[] } | { kind: 'marker'; number: number };

const ITEM = /^(?:[-*•]\s+|(\d+|[٠-٩]+|[۰-۹]+)[.)]\s+)(.*)$/u;

/** Paragraphs and lists, in order. Empty text has none. */
export function blocks(text: string): Block[] {
  const out: Block[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const item = ITEM.exec(line);
    const kind = item ? (item[1] ? 'ol' : 'ul') : 'p';
    const content = item?.[2] ?? line;
    const last = out.at(-1);
    if (line === '') out.push({ kind: 'p', lines: [] });
    else if (item && last?.kind === kind) last.lines.push(content);
    else if (!item && last?.kind === 'p' && last.lines.length > 0) last.lines.push(content);
    else out.push({ kind, lines: [content] });
  }
  return out.filter((block) => block.lines.length > 0);
}

/** The spans of one line, in order. */
export function spans(line: string): Span[] {
  return withoutControls(line)
    .split(/(\*\*[^*]+\*\*|\[\d{1,3}\])/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^\*\*.+\*\*$/u.test(part)) return { kind: 'bold', runs: runs(part.slice(2, -2)) };
      if (/^\[\d+\]$/u.test(part)) return { kind: 'marker', number: Number(part.slice(1, -1)) };
      return { kind: 'text', runs: runs(part) };
    });
}

/** The reply as it is read aloud or copied: no stars, and markers only if wanted. */
export function plain(text: string, markers: boolean): string {
  const words = withoutControls(text).replace(/\*\*([^*]+)\*\*/gu, '$1');
  return markers ? words : words.replace(/\s*\[\d{1,3}\]/gu, '');
}

/** A span, or spans that stay on one line: a marker with the word that it belongs to and what ends it. */
export type Piece = Span | { kind: 'glued'; spans: Span[] };

const textSpan = (text: string): Span => ({ kind: 'text', runs: runs(text) });
const wordsOf = (span: Span | undefined): string =>
  span?.kind === 'text' ? span.runs.map(({ text }) => text).join('') : '';

/** The spans of one line, markers glued: no line begins with a marker or with the stop after one. */
export function pieces(line: string): Piece[] {
  const out: Piece[] = [];
  const rest = spans(line);
  while (rest.length > 0) {
    const span = rest.shift() as Span;
    if (span.kind !== 'marker') {
      out.push(span);
      continue;
    }
    const glued: Span[] = [span];
    const word = /\S+\s*$/u.exec(wordsOf(out.at(-1) as Span | undefined));
    if (word) {
      const before = wordsOf(out.pop() as Span).slice(0, word.index);
      if (before !== '') out.push(textSpan(before));
      glued.unshift(textSpan(word[0]));
    }
    while (rest[0]?.kind === 'marker') glued.push(rest.shift() as Span);
    const stop = /^[.،,؛;:!؟?)»…]+/u.exec(wordsOf(rest[0]));
    if (stop) {
      const after = wordsOf(rest.shift()).slice(stop[0].length);
      glued.push(textSpan(stop[0]));
      if (after !== '') rest.unshift(textSpan(after));
    }
    out.push({ kind: 'glued', spans: glued });
  }
  return out;
}
