/** What a patient can do with a reply: copy it, say whether it helped, and why. */
import { html, nothing, type TemplateResult } from 'lit';
import { clock } from '../numbers';
import type { Outcome, Reply } from '../protocol';
import { TEXTS } from '../texts';
import { ICONS } from './icons';
import type { TurnUi } from './ui';

/** Replies that give something to take along, and those that may have helped or not. */
const COPIED: readonly Outcome[] = ['answer', 'personal', 'emergency', 'no_answer'];
const JUDGED: readonly Outcome[] = ['answer', 'personal', 'no_answer'];

function thumb(ui: TurnUi, reply: Reply, helpful: boolean): TemplateResult {
  const texts = TEXTS[reply.lang];
  const label = helpful ? texts.helpful : texts.unhelpful;
  const pressed = ui.talk.saved.votes[reply.id] === helpful;
  return html`<button type="button" class="quiet small vote" part="vote" aria-label=${label} title=${label}
    aria-pressed=${pressed} @click=${() => ui.vote(reply.id, helpful)}>${helpful ? ICONS.up : ICONS.thumbDown}</button>`;
}

/** The row under a reply. */
export function actions(ui: TurnUi, reply: Reply): TemplateResult {
  const texts = TEXTS[reply.lang];
  const copied = ui.copied === reply.id;
  const copyLabel = copied ? texts.copied : texts.copy;
  return html`<div class="actions">
    <time class="time" datetime=${reply.sent_at}>${clock(reply.sent_at, ui.localeOf(reply.lang))}</time>
    <span class="actions-room"></span>
    ${
      COPIED.includes(reply.outcome)
        ? html`<button type="button" class="quiet small copy" part="copy" aria-label=${copyLabel} title=${copyLabel} @click=${() => ui.copy(reply)}>${copied ? ICONS.check : ICONS.copy}</button>`
        : nothing
    }
    ${JUDGED.includes(reply.outcome) ? [thumb(ui, reply, true), thumb(ui, reply, false)] : nothing}
  </div>`;
}

/** The comment on a reply that was judged just now, or thanks for it. */
export function comment(ui: TurnUi, reply: Reply): TemplateResult | typeof nothing {
  const helpful = ui.talk.saved.votes[reply.id];
  if (helpful === undefined) return nothing;
  const texts = TEXTS[reply.lang];
  if (ui.commenting !== reply.id) return html`<p class="thanks">${texts.thanks}</p>`;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector('textarea');
    ui.comment(reply.id, helpful, field?.value ?? '');
  };
  return html`<form class="comment" @submit=${send}>
    <label for="comment-${reply.id}">${helpful ? texts.commentUp : texts.commentDown}</label>
    <textarea id="comment-${reply.id}" class="field" rows="2" maxlength="1000" dir="auto"></textarea>
    <div class="row">
      <button type="submit" class="solid">${texts.commentSend}</button>
      <button type="button" class="plain" @click=${() => ui.comment(reply.id, helpful, '')}>${texts.commentSkip}</button>
    </div>
  </form>`;
}
