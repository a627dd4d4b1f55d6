/** A difference as it is read: what went out struck through, what came in underlined, both said to a screen reader. */
import { html, type TemplateResult } from 'lit';
import { withoutControls } from '../../../widget/src/bidi';
import { locale } from '../state/locale';
import { compare } from './compare';
import './diff.css';

/** `lang`: of the text itself, where it is known. */
export function diff(before: string, after: string, lang = ''): TemplateResult {
  const { common } = locale.texts;
  if (before === after) return html`<p class="muted">${common.unchanged}</p>`;
  const pieces = compare(withoutControls(before), withoutControls(after));
  return html`<p class="diff" dir="auto" lang=${lang}>${pieces.map(({ kind, text }) => {
    if (kind === 'same') return text;
    if (kind === 'added') return html`<ins><span class="hidden">[${common.added}: </span>${text}<span class="hidden">]</span></ins>`;
    return html`<del><span class="hidden">[${common.removed}: </span>${text}<span class="hidden">]</span></del>`;
  })}</p>`;
}
