/** Where the patient writes. */
import { html, nothing, type TemplateResult } from 'lit';
import { number } from '../numbers';
import { ICONS } from './icons';
import type { Ui } from './ui';

/** The field grows with what is written, up to this share of the panel. */
function fit(field: HTMLTextAreaElement): void {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight + 2}px`;
}

/** The field and its button. */
export function composer(ui: Ui): TemplateResult {
  const { texts, talk, look } = ui;
  const { draft } = talk.saved;
  const tooLong = [...draft].length > look.text_chars;
  const submit = (event: Event): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector('textarea');
    if (!field || field.value.trim() === '' || tooLong) return;
    ui.say(field.value);
    field.value = '';
    fit(field);
    field.focus();
  };
  const input = (event: Event): void => {
    const field = event.currentTarget as HTMLTextAreaElement;
    talk.setDraft(field.value);
    if (field.value.trim() !== '') talk.typing();
    fit(field);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };
  return html`<form class="composer" part="composer" @submit=${submit}>
    ${tooLong ? html`<p class="too-long" role="alert" id="too-long">${texts.tooLong(number(look.text_chars, ui.locale))}</p>` : nothing}
    <div class="composer-row">
      <label class="hidden" for="field">${ui.placeholder}</label>
      <textarea id="field" class="field" part="field" rows="1" dir=${draft === '' ? 'rtl' : 'auto'} enterkeyhint="send" autocomplete="off"
        placeholder=${ui.placeholder} .value=${draft} aria-invalid=${tooLong} aria-describedby=${tooLong ? 'too-long' : nothing}
        @input=${input} @keydown=${key}></textarea>
      <button type="submit" class="send" part="send" aria-label=${texts.send} title=${texts.send}
        aria-disabled=${draft.trim() === '' || tooLong}>${ICONS.send}</button>
    </div>
  </form>`;
}
