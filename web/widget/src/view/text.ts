/** A reply's text: the small Markdown subset as elements around text nodes. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Run } from '../bidi';
import { type Block, blocks, pieces, type Span } from '../markdown';

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

function line(text: string, marker: MarkerView): unknown[] {
  const show = (span: Span): unknown => {
    if (span.kind === 'marker') return marker(span.number);
    return span.kind === 'bold' ? html`<strong>${span.runs.map(run)}</strong>` : span.runs.map(run);
  };
  return pieces(text).map((piece) =>
    piece.kind === 'glued' ? html`<span class="glued">${piece.spans.map(show)}</span>` : show(piece),
  );
}

function block({ kind, lines }: Block, marker: MarkerView): TemplateResult {
  if (kind === 'p') {
    return html`<p dir="auto">${lines.map((text, at) => [at > 0 ? html`<br />` : nothing, line(text, marker)])}</p>`;
  }
  const items = lines.map((text) => html`<li dir="auto">${line(text, marker)}</li>`);
  return kind === 'ol' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
}

/** `text` as paragraphs and lists. */
export function text(words: string, marker: MarkerView = () => nothing): TemplateResult[] {
  return blocks(words).map((part) => block(part, marker));
}
