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
