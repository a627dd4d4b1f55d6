/** Questions over the conversation: a person, a new conversation, erasure. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ui } from './ui';

interface Words {
  title: string;
  text: string;
  yes: string;
  danger: boolean;
  fields?: TemplateResult;
  /** Does it; gets the form. */
  act(form: HTMLFormElement): void;
}

function words(ui: Ui): Words | null {
  const { texts, talk } = ui;
  switch (ui.sheet) {
    case 'none':
      return null;
    case 'forget':
      return {
        title: texts.forgetTitle,
        text: texts.forgetText,
        yes: texts.forgetYes,
        danger: true,
        act: () => talk.forget(),
      };
    case 'restart':
      return {
        title: texts.restartTitle,
        text: texts.restartText,
        yes: texts.restartYes,
        danger: false,
        act: () => talk.restart(),
      };
    case 'person':
      return {
        title: texts.personTitle,
        text: texts.personText,
        yes: texts.personSend,
        danger: false,
        fields: html`<label for="contact">${texts.personContact}</label>
          <input id="contact" class="field" type="text" maxlength="200" dir="auto" autocomplete="tel" aria-describedby="contact-hint" />
          <p class="hint" id="contact-hint">${texts.personHint}</p>`,
        act: (form) => talk.handOff(form.querySelector('input')?.value ?? ''),
      };
  }
}

/** The question that is open, if one is. */
export function sheet(ui: Ui): TemplateResult | typeof nothing {
  const asked = words(ui);
  if (!asked) return nothing;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    asked.act(event.currentTarget as HTMLFormElement);
    ui.openSheet('none');
  };
  return html`<div class="sheet-ground">
    <div class="sheet" part="sheet" role=${asked.danger ? 'alertdialog' : 'dialog'} aria-modal="true" aria-labelledby="sheet-title" aria-describedby="sheet-text">
      <form @submit=${submit}>
        <h3 id="sheet-title" tabindex="-1">${asked.title}</h3>
        <p id="sheet-text">${asked.text}</p>
        ${asked.fields ?? nothing}
        <div class="row end">
          <button type="button" class="plain" @click=${() => ui.openSheet('none')}>${ui.texts.cancel}</button>
          <button type="submit" class="solid ${asked.danger ? 'danger' : ''}">${asked.yes}</button>
        </div>
      </form>
    </div>
  </div>`;
}
