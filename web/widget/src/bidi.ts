/** Text of two directions on one line: what is written from left to right stays whole among Arabic letters. */

/** Characters that reorder what follows them. They are never needed in a message, and can disguise one. */
const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `text` without characters that reorder. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, '');
}

export interface Run {
  text: string;
  /** Whether it is to be isolated and set from left to right. */
  ltr: boolean;
}

/** Digits of a number that is long enough to be a telephone's. Shorter ones keep their own order anyway. */
const PHONE_DIGITS = 7;

/** Latin words with what joins them (`Botox A`, `https://…`, `a@b.c`), and digits with signs between them. */
const LTR = new RegExp(
  [
    String.raw`[A-Za-z\u00c0-\u024f](?:[\w\u00c0-\u024f.,:;/?#@&=+%~'’\-– ]*[\w\u00c0-\u024f/+%])?`,
    String.raw`(?<![\d٠-٩۰-۹])\+?[\d٠-٩۰-۹]+(?:[ .\-–/()]{1,2}[\d٠-٩۰-۹]+)*`,
  ].join('|'),
  'gu',
);

function isLtr(found: string): boolean {
  return !/^[+\d٠-٩۰-۹]/u.test(found) || found.startsWith('+') || digits(found) >= PHONE_DIGITS;
}

function digits(text: string): number {
  return text.match(/[\d٠-٩۰-۹]/gu)?.length ?? 0;
}

/** The runs of a line, in order; together they are the line. */
export function runs(line: string): Run[] {
  const out: Run[] = [];
  let at = 0;
  for (const match of line.matchAll(LTR)) {
    if (!isLtr(match[0])) continue;
    if (match.index > at) out.push({ text: line.slice(at, match.index), ltr: false });
    out.push({ text: match[0], ltr: true });
    at = match.index + match[0].length;
  }
  if (at < line.length) out.push({ text: line.slice(at), ltr: false });
  return out;
}
