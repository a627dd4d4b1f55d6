/** A reply's text: the small Markdown subset as elements around text nodes. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Run, runs, withoutControls } from '../bidi';
import { type Block, blocks, pieces, type Span } from '../markdown';
import { inDigits } from '../numbers';

/** Makes what a `[n]` becomes; `nothing` for a marker that names no citation. */
export type MarkerView = (number: number) => TemplateResult | typeof nothing;

/**
 * A run of a line. Numbers are set digit by digit: groups of Arabic digits with spaces between them would
 * stand in the wrong order even in an isolate from left to right.
 */
export function run({ text, ltr }: Run): TemplateResult | string {
  if (!ltr) return text;
  return /^[+\d٠-٩۰-۹]/u.test(text) ? html`<bdo dir="ltr">${text}</bdo>` : html`<bdi dir="ltr">${text}</bdi>`;
}

/** What a text is shown with: the locale of its digits, left out where they stay as typed; and what markers become. */
export interface TextView {
  locale?: string;
  marker?: MarkerView;
}

function line(text: string, { locale, marker }: TextView): unknown[] {
  const show = (span: Span): unknown => {
    if (span.kind === 'marker') return marker?.(span.number) ?? nothing;
    const shown = (locale ? inDigits(span.runs, locale) : span.runs).map(run);
    return span.kind === 'bold' ? html`<strong>${shown}</strong>` : shown;
  };
  return pieces(text).map((piece) =>
    piece.kind === 'glued' ? html`<span class="glued">${piece.spans.map(show)}</span>` : show(piece),
  );
}

function block({ kind, lines }: Block, view: TextView): TemplateResult {
  if (kind === 'p') {
    return html`<p dir="auto">${lines.map((text, at) => [at > 0 ? html`<br />` : nothing, line(text, view)])}</p>`;
  }
  const items = lines.map((text) => html`<li dir="auto">${line(text, view)}</li>`);
  return kind === 'ol' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
}

/** `text` as paragraphs and lists. */
export function text(words: string, view: TextView = {}): TemplateResult[] {
  return blocks(words).map((part) => block(part, view));
}

/** A text of one line, without any markup, its numbers as `locale` writes them. */
export function words(line: string, locale: string): string {
  return inDigits(runs(withoutControls(line)), locale)
    .map((part) => part.text)
    .join('');
}
