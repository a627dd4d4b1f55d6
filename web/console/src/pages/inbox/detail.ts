/** One group: its messages, what comes near, and what can be done. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Group, type Message, type State, STATES } from '../../api/inbox';
import type { Format } from '../../format';
import { icon } from '../../parts/icons';
import { ago, bilingual, code, said } from '../../parts/views';
import { href } from '../../router';
import { stateBadge } from './list';
import type { Texts } from './texts';

export interface Handlers {
  canEdit: boolean;
  me: string;
  query: URLSearchParams;
  setState: (state: State) => void;
  take: () => void;
  giveUp: () => void;
  saveNote: (note: string) => void;
  attach: (pair: string) => void;
  outside: () => void;
  missed: () => void;
  /** Reads older messages; `null` where all are there. */
  more: (() => void) | null;
}

function actions(group: Group, texts: Texts, handlers: Handlers): TemplateResult {
  const compose = href(['knowledge', 'new'], { question: group.sample, lang: group.lang });
  return html`<div class="row inbox-actions">
    <button type="button" class="button solid small" @click=${() => handlers.attach('')}>${icon('link')}${texts.attach}</button>
    <a class="button small" href=${compose}>${icon('plus')}${texts.newPair}</a>
    <button type="button" class="button small" @click=${handlers.outside}>${icon('close')}${texts.outside}</button>
    <button type="button" class="button small danger" @click=${handlers.missed}>${icon('flag')}${texts.missed}</button>
  </div>`;
}

function standing(group: Group, texts: Texts, handlers: Handlers): TemplateResult {
  const isMine = group.assignee !== null && group.assignee.id === handlers.me;
  return html`<div class="inbox-standing">
    <div class="field">
      <label for="group-state">${texts.state}</label>
      <select id="group-state" class="input" ?disabled=${!handlers.canEdit} @change=${(event: Event) => handlers.setState((event.target as HTMLSelectElement).value as State)}>
        ${STATES.map((state) => html`<option value=${state} ?selected=${state === group.state}>${texts.states[state]}</option>`)}
      </select>
    </div>
    <div class="field">
      <span class="label">${texts.assignee}</span>
      <div class="row">
        ${group.assignee ? html`<bdi>${group.assignee.name}</bdi>` : html`<span class="muted">${texts.nobody}</span>`}
        ${
          handlers.canEdit
            ? isMine
              ? html`<button type="button" class="button quiet small" @click=${handlers.giveUp}>${texts.giveUp}</button>`
              : html`<button type="button" class="button quiet small" @click=${handlers.take}>${texts.takeOn}</button>`
            : nothing
        }
      </div>
    </div>
  </div>`;
}

function noteForm(group: Group, texts: Texts, handlers: Handlers): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = new FormData(event.currentTarget as HTMLFormElement).get('note');
    handlers.saveNote(String(words ?? '').trim());
  };
  return html`<form class="field" @submit=${submit}>
    <label for="group-note">${texts.note}</label>
    <textarea id="group-note" name="note" class="input" rows="2" maxlength="1000" dir="auto" .value=${group.note ?? ''} ?readonly=${!handlers.canEdit}></textarea>
    ${handlers.canEdit ? html`<div class="row end"><button type="submit" class="button small">${texts.noteSave}</button></div>` : nothing}
  </form>`;
}

function nearest(group: Group, texts: Texts, handlers: Handlers): TemplateResult {
  if (group.nearest.length === 0) return html`<p class="muted">${texts.noNearest}</p>`;
  return html`<ul class="list">${group.nearest.map(
    ({ pair, question }) => html`<li class="inbox-near">
      <a class="grow" href=${href(['knowledge', 'pair', pair])}>${bilingual(question)}</a>
      ${handlers.canEdit ? html`<button type="button" class="button small" @click=${() => handlers.attach(pair)}>${icon('link')}${texts.attach}</button>` : nothing}
    </li>`,
  )}</ul>`;
}

function message(entry: Message, group: Group, texts: Texts, fmt: Format): TemplateResult {
  return html`<li class="inbox-message">
    <p lang=${group.lang}>${said(entry.text)}</p>
    <p class="facts">
      <span>${ago(entry.at)}</span>
      ${entry.confidence > 0 ? html`<span>${texts.confidence} ${fmt.percent(entry.confidence)}</span>` : nothing}
      ${entry.pair ? html`<a href=${href(['knowledge', 'pair', entry.pair])}>${code(entry.pair)}</a>` : nothing}
      <a href=${href(['conversations', entry.conversation])}>${texts.seeConversation}</a>
    </p>
  </li>`;
}

export function detail(
  group: Group & { messages: Message[] },
  texts: Texts,
  fmt: Format,
  handlers: Handlers,
): TemplateResult {
  return html`<article class="stack" aria-labelledby="group-title">
    <header class="stack tight">
      <div class="row apart">
        <span class="row">${stateBadge(group.state, texts)}<span class="muted">${texts.kinds[group.kind]}</span></span>
        <a class="button quiet small inbox-back" href=${href('inbox', handlers.query)}>${icon('back')}${texts.back}</a>
      </div>
      <h2 id="group-title" tabindex="-1" lang=${group.lang}>${said(group.sample)}</h2>
      <p class="facts">
        <span>${texts.messages(fmt.number(group.count))}</span>
        <span>${texts.firstSeen} ${ago(group.first_at)}</span>
        <span>${texts.lastSeen} ${ago(group.last_at)}</span>
      </p>
    </header>
    ${handlers.canEdit ? actions(group, texts, handlers) : nothing}
    ${standing(group, texts, handlers)}
    <section class="stack tight">
      <h3>${texts.nearest}</h3>
      ${nearest(group, texts, handlers)}
    </section>
    <section class="stack tight">
      <h3>${texts.samples}</h3>
      <ul class="list">${repeat(
        group.messages,
        ({ conversation, seq }) => `${conversation}/${seq}`,
        (entry) => message(entry, group, texts, fmt),
      )}</ul>
      ${handlers.more ? html`<div><button type="button" class="button small" @click=${handlers.more}>${icon('down')}${texts.more}</button></div>` : nothing}
    </section>
    ${noteForm(group, texts, handlers)}
  </article>`;
}
