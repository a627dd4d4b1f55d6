/** A secret that is shown once: it has to be copied before the dialog closes. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { html, nothing, type TemplateResult } from 'lit';
import { locale } from '../state/locale';
import { copy } from './copy';
import { icon } from './icons';
import { note } from './views';

export interface Once {
  title: string;
  text: string;
  /** What stands before the secret, as a user name. */
  beside?: { label: string; value: string };
  label: string;
  secret: string;
  done: string;
}

/** The dialog for `once`; `closed` is called when it has been put away. */
export function onceDialog(once: Once | null, closed: () => void): TemplateResult | typeof nothing {
  if (!once) return nothing;
  // Esc would lose it for good.
  const keep = (event: Event): void => {
    const dialog = event.currentTarget as HTMLElement;
    if (event.target === dialog && dialog.dataset.done === undefined) event.preventDefault();
  };
  const after = (event: Event): void => {
    if (event.target === event.currentTarget) closed();
  };
  const done = (event: Event): void => {
    const dialog = (event.currentTarget as HTMLElement).closest('wa-dialog');
    if (!dialog) return;
    dialog.dataset.done = '';
    dialog.open = false;
  };
  const { common } = locale.texts;
  return html`<wa-dialog class="once" label=${once.title} open @wa-hide=${keep} @wa-after-hide=${after}>
    <div class="stack">${note('warn', once.text)}
      ${once.beside ? html`<div><p class="muted small">${once.beside.label}</p><p><bdi dir="ltr">${once.beside.value}</bdi></p></div>` : nothing}
      <div class="field"><label for="once">${once.label}</label>
        <div class="beside"><input id="once" class="input mono ltr" dir="ltr" readonly .value=${once.secret} @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()} autofocus>
          <button type="button" class="button" @click=${() => void copy(once.secret)}>${icon('copy')}${common.copy}</button></div></div>
    </div>
    <div slot="footer"><button type="button" class="button solid" @click=${done}>${once.done}</button></div>
  </wa-dialog>`;
}
