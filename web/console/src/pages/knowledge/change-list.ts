/** The differences between two contents, field by field. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Content } from '../../api/knowledge';
import { diff } from '../../parts/diff';
import { said } from '../../parts/views';
import { type Change, changes } from './difference';
import type { Texts } from './texts';

const langOf = (path: readonly string[]): string => path.findLast((step) => step === 'ar' || step === 'fa') ?? '';

function items(list: readonly string[], kind: 'ins' | 'del', word: string): TemplateResult {
  return html`${list.map((item) => {
    const inner = html`<span class="hidden">[${word}: </span>${said(item)}<span class="hidden">]</span>`;
    return html`<li>${kind === 'ins' ? html`<ins>${inner}</ins>` : html`<del>${inner}</del>`}</li>`;
  })}`;
}

function body(change: Change, texts: Texts): TemplateResult {
  const lang = langOf(change.path);
  if (change.kind === 'text') return diff(change.before, change.after, lang);
  return html`<ul class="diff change-items" lang=${lang || nothing}>
    ${items(change.removed, 'del', texts.removed)}${items(change.added, 'ins', texts.added)}
  </ul>`;
}

/** What changes from `before` to `after`. */
export function changeList(before: Content | null, after: Content | null, texts: Texts): TemplateResult {
  const found = changes(before, after);
  if (found.length === 0) return html`<p class="muted">${texts.nothingChanged}</p>`;
  const name = (step: string): string => texts.fields[step] ?? step;
  return html`${before === null ? html`<p class="hint">${texts.isNew}</p>` : nothing}
    <dl class="change-list">${found.map(
      (change) => html`<div><dt>${change.path.map(name).join(' · ')}</dt><dd>${body(change, texts)}</dd></div>`,
    )}</dl>`;
}
