/** One turn of a conversation: the patient's, the assistant's, the staff's. */
import { html, nothing, type TemplateResult } from 'lit';
import { runs, withoutControls } from '../bidi';
import { number, secondsUntil } from '../numbers';
import type { Lang, Message, Reply } from '../protocol';
import { TEXTS } from '../texts';
import type { Item, Own } from '../transcript';
import { actions, comment } from './feedback';
import { ICONS } from './icons';
import { marker, sources } from './sources';
import { run, text, words } from './text';
import type { TurnUi } from './ui';

/** Typed text: its own direction, what is Latin isolated, and nothing in it that could reorder the page. */
function typed(message: string): TemplateResult {
  return html`<p class="typed" dir="auto">${runs(withoutControls(message)).map(run)}</p>`;
}

function ownState(ui: TurnUi, own: Own): TemplateResult | typeof nothing {
  const { texts, talk } = ui;
  if (own.state === 'answered' || own.state === 'received') return nothing;
  if (own.state === 'sent') return html`<p class="state soon">${texts.sending}</p>`;
  if (own.state === 'held') {
    const seconds = secondsUntil(own.retryAt, ui.now);
    return html`<p class="state held">${ICONS.clock}<span>${own.why} ${texts.waitSeconds(seconds, number(seconds, ui.locale))}</span></p>`;
  }
  const failed = own.state === 'failed';
  const why = failed ? own.why || texts.failed : texts.queued;
  return html`<div class="state ${failed ? 'failed' : 'queued'}">
    <p>${failed ? ICONS.alert : ICONS.clock}<span>${why}</span></p>
    <div class="row">
      <button type="button" class="plain" @click=${() => talk.retry(own.id)}>${texts.retry}</button>
      <button type="button" class="plain" @click=${() => ui.editAgain(own.id)}>${texts.edit}</button>
      <button type="button" class="plain" @click=${() => talk.takeBack(own.id)}>${texts.discard}</button>
    </div>
  </div>`;
}

function ownTurn(ui: TurnUi, own: Own): TemplateResult {
  return html`<li class="turn own" part="turn own">
    <div class="bubble"><span class="hidden">${ui.texts.you}: </span>${typed(own.text)}</div>
    ${ownState(ui, own)}
  </li>`;
}

function chips(ui: TurnUi, lang: Lang, questions: readonly string[]): TemplateResult | typeof nothing {
  if (questions.length === 0) return nothing;
  return html`<div class="chips" role="group" aria-label=${TEXTS[lang].suggestions}>
    ${questions.map((question) => html`<button type="button" class="chip" part="chip" dir="auto" @click=${() => ui.say(question)}>${words(question, ui.localeOf(lang))}</button>`)}
  </div>`;
}

function replyTurn(ui: TurnUi, reply: Reply, isLast: boolean, isFirst: boolean): TemplateResult {
  const texts = TEXTS[reply.lang];
  const locale = ui.localeOf(reply.lang);
  const urgent = reply.outcome === 'emergency';
  const questions = reply.suggestions.map((suggestion) => suggestion.text);
  const starters = isFirst && questions.length === 0 ? ui.starters : questions;
  return html`<li class="turn reply ${reply.outcome}" part="turn reply ${reply.outcome}" id="turn-${reply.id}" lang=${reply.lang} tabindex="-1">
    <div class="bubble">
      <span class="hidden">${texts.bot}: </span>
      ${urgent ? html`<p class="urgent-head">${ICONS.alert}${texts.urgentReply}</p>` : nothing}
      <div class="text">${text(reply.text, { locale, marker: (which) => marker(ui, reply, which) })}</div>
      ${sources(ui, reply)}
      ${reply.disclaimers.map((disclaimer) => html`<p class="disclaimer" part="disclaimer" dir="auto">${ICONS.info}<span>${words(disclaimer.text, locale)}</span></p>`)}
      ${actions(ui, reply)}
    </div>
    ${comment(ui, reply)}
    ${isLast ? chips(ui, reply.lang, starters) : nothing}
  </li>`;
}

function messageTurn(ui: TurnUi, message: Message): TemplateResult {
  const { texts } = ui;
  // What somebody typed stays as it is.
  const view = message.from === 'staff' ? {} : { locale: ui.locale };
  const speaker = message.from === 'staff' ? message.name || texts.staff : texts.system;
  return html`<li class="turn ${message.from}" part="turn ${message.from}" id="turn-${message.id}" tabindex="-1">
    <div class="bubble">
      <p class="speaker" dir="auto">${withoutControls(speaker)}</p>
      <div class="text">${text(message.text, view)}</div>
    </div>
  </li>`;
}

/** `isLast`: its suggestions are still worth offering. `isFirst`: the greeting. */
export function turn(ui: TurnUi, item: Item, isLast: boolean, isFirst: boolean): TemplateResult {
  if (item.kind === 'own') return ownTurn(ui, item.own);
  return item.shown.type === 'reply'
    ? replyTurn(ui, item.shown, isLast, isFirst)
    : messageTurn(ui, item.shown);
}
