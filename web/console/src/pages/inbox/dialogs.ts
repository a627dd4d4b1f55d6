/** The dialogs of the inbox. */
import { html, type TemplateResult } from 'lit';
import type { Group } from '../../api/inbox';
import type { EntrySummary } from '../../api/knowledge';
import type { ApiProblem } from '../../api/problem';
import { formDialog } from '../../parts/form-dialog';
import { said } from '../../parts/views';
import { locale } from '../../state/locale';
import '../knowledge/picker';
import { SHORTCUTS } from './keys';
import { shortcuts } from './shortcuts';
import type { Texts } from './texts';

export type Dialog =
  | { kind: 'none' }
  | { kind: 'attach'; pair: string }
  | { kind: 'outside'; entries: readonly EntrySummary[] }
  | { kind: 'missed' }
  | { kind: 'keys' };

export interface Sending {
  busy: boolean;
  problem: ApiProblem | null;
  closed: () => void;
}

export function attachDialog(
  group: Group,
  pair: string,
  texts: Texts,
  sending: Sending,
  picked: (pair: string) => void,
  send: (pair: string, text: string) => void,
): TemplateResult {
  return formDialog({
    id: 'attach',
    title: texts.attachTitle,
    yes: texts.attachYes,
    ...sending,
    submit: (form) => {
      if (pair) send(pair, String(form.get('text')).trim());
    },
    body: html`<p class="muted">${texts.attachText}</p>
      <div class="field">
        <label for="attach-text">${texts.attachWording}</label>
        <textarea id="attach-text" name="text" class="input" rows="2" dir="auto" lang=${group.lang} required maxlength="400" .value=${group.sample}></textarea>
      </div>
      <pair-picker label=${texts.attachPair} .value=${pair} @pair-picked=${(event: CustomEvent<{ id: string } | null>) => picked(event.detail?.id ?? '')}></pair-picker>`,
  });
}

export function outsideDialog(
  group: Group,
  entries: readonly EntrySummary[],
  texts: Texts,
  sending: Sending,
  send: (entry: string) => void,
): TemplateResult {
  return formDialog({
    id: 'outside',
    title: texts.outsideTitle,
    yes: texts.outsideYes,
    ...sending,
    submit: (form) => send(String(form.get('entry'))),
    body: html`<p class="muted">${texts.outsideText}</p>
      <p lang=${group.lang}>${said(group.sample)}</p>
      <div class="field">
        <label for="outside-entry">${texts.outsideEntry}</label>
        <select id="outside-entry" name="entry" class="input" required>
          ${entries.map((entry) => html`<option value=${entry.id}>${entryName(entry)}</option>`)}
        </select>
      </div>`,
  });
}

const entryName = ({ id, title }: EntrySummary): string => {
  const words = locale.locale === 'fa' ? title.fa || title.ar : title.ar || title.fa;
  return words && words !== id ? `${id} · ${words}` : id;
};

export function missedDialog(group: Group, texts: Texts, sending: Sending, send: () => void): TemplateResult {
  return formDialog({
    id: 'missed',
    title: texts.missedTitle,
    yes: texts.missedYes,
    danger: true,
    ...sending,
    submit: send,
    body: html`<p lang=${group.lang}>${said(group.sample)}</p><p>${texts.missedText}</p>`,
  });
}

export function keysDialog(texts: Texts, closed: () => void): TemplateResult {
  return html`<wa-dialog label=${texts.keysTitle} open light-dismiss @wa-after-hide=${closed}>
    <dl class="inbox-keys">${SHORTCUTS.map(
      ({ action, keys }) => html`<div><dt>${keys.map((key) => html`<kbd dir="ltr">${key}</kbd>`)}</dt><dd>${texts.actions[action]}</dd></div>`,
    )}</dl>
    <label class="check"><input type="checkbox" .checked=${shortcuts.areOn} @change=${(event: Event) => shortcuts.set((event.target as HTMLInputElement).checked)} />${texts.keysOn}</label>
    <div slot="footer"><button type="button" class="button" data-dialog="close">${texts.close}</button></div>
  </wa-dialog>`;
}

