/** What stays in sight above a conversation: an emergency, and how the line is. */
import { html, nothing, type TemplateResult } from 'lit';
import { dialled, number, phone, secondsUntil } from '../numbers';
import { TEXTS } from '../texts';
import { ICONS } from './icons';
import type { Ui } from './ui';

/** Attempts in a row after which the server counts as out of reach. */
const UNREACHABLE = 4;

/** The emergency of this session: whom to call, and the way back to the instructions. */
export function pinned(ui: Ui): TemplateResult | typeof nothing {
  const reply = ui.talk.saved.pinned;
  if (!reply) return nothing;
  const texts = TEXTS[reply.lang];
  const { emergency } = ui.look;
  const isHere = ui.talk.shown.some(({ id }) => id === reply.id);
  return html`<section class="pinned" part="pinned" lang=${reply.lang} aria-label=${texts.urgentReply}>
    <p class="pinned-text">${ICONS.alert}<span>${texts.urgent}</span></p>
    <div class="row">
      ${
        emergency
          ? html`<a class="call" part="call" href="tel:${dialled(emergency)}">${ICONS.phone}<span>${texts.callNumber(phone(emergency, ui.localeOf(reply.lang)))}</span></a>`
          : nothing
      }
      ${isHere ? html`<button type="button" class="pinned-show" @click=${() => ui.showReply(reply.id)}>${texts.showInstructions}</button>` : nothing}
    </div>
  </section>`;
}

function bar(kind: string, icon: TemplateResult, words: unknown, button: unknown = nothing): TemplateResult {
  return html`<div class="notice ${kind}" part="notice">${icon}<p>${words}</p>${button}</div>`;
}

function line(ui: Ui): TemplateResult | typeof nothing {
  const { talk, texts } = ui;
  if (talk.phase === 'online' || !talk.trouble) return nothing;
  const words = talk.failures >= UNREACHABLE ? texts.unreachable : texts.offline;
  const again = html`<button type="button" class="plain" @click=${() => talk.wake()}>${texts.reconnect}</button>`;
  return bar('offline', ICONS.alert, words, again);
}

function word(ui: Ui): TemplateResult | typeof nothing {
  const { talk, texts } = ui;
  const { notice } = talk;
  const hide = html`<button type="button" class="plain" @click=${() => talk.dismiss()}>${texts.dismiss}</button>`;
  switch (notice.kind) {
    case 'none':
      return nothing;
    case 'limited': {
      const seconds = secondsUntil(notice.until, ui.now);
      // Counting down aloud would drown everything else.
      const wait = html`<span aria-hidden="true">${texts.waitSeconds(seconds, number(seconds, ui.locale))}</span>`;
      return bar('limited', ICONS.clock, html`${notice.text} ${wait}`);
    }
    case 'refused':
      return bar('refused', ICONS.alert, notice.text, hide);
    default:
      return bar(notice.kind, ICONS.info, texts[notice.kind], hide);
  }
}

/** The line and the conversation as a whole; a status, so that it is read out. */
export function notices(ui: Ui): TemplateResult {
  const { talk, texts } = ui;
  const waiting =
    talk.saved.handoff && talk.phase !== 'online'
      ? bar('person', ICONS.person, texts.personWaiting)
      : nothing;
  return html`<div class="notices" role="status">${line(ui)}${word(ui)}${waiting}</div>`;
}
