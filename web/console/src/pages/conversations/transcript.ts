/** A conversation as the patient saw it, with what only staff see under each reply. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Transcript, TranscriptEntry } from '../../api/conversations';
import type { Format } from '../../format';
import type { ChatTurn } from '../../parts/chat';
import { icon } from '../../parts/icons';
import { badge, code, said } from '../../parts/views';
import { href } from '../../router';
import type { Texts } from './texts';

/** `place`: where it stands among all, for what has no number of its own. */
export function turnOf(entry: TranscriptEntry, place: number): ChatTurn {
  const id = `entry-${entry.seq ?? `at-${place}`}-${entry.from}`;
  if (entry.from === 'patient') return { from: 'patient', id, text: entry.text, at: entry.at };
  if (entry.from === 'bot' && entry.reply) {
    return { from: 'bot', id, reply: entry.reply, helpful: entry.feedback?.helpful ?? null };
  }
  const from = entry.from === 'staff' ? 'staff' : 'system';
  return { from, id, text: entry.text, name: entry.name ?? null, at: entry.at };
}

/** The first figures of a version, enough to tell two apart. */
const version = (knowledge: string): string => knowledge.replace(/^sha256:/u, '').slice(0, 10);

function about(entry: TranscriptEntry, asked: string, texts: Texts, fmt: Format): TemplateResult | typeof nothing {
  if (entry.from === 'patient') return html`<p class="talk-about end"><time datetime=${entry.at}>${fmt.dateTime(entry.at)}</time></p>`;
  const { reply, feedback } = entry;
  if (!reply) return html`<p class="talk-about"><time datetime=${entry.at}>${fmt.dateTime(entry.at)}</time></p>`;
  return html`<div class="talk-about">
    ${badge(texts.outcomes[reply.outcome] ?? reply.outcome, reply.outcome === 'emergency' ? 'danger' : '')}
    <span class="number">${texts.confidence(fmt.percent(reply.confidence, 1))}</span>
    <span>${texts.version('')}${code(version(reply.knowledge))}</span>
    ${reply.pair ? html`<a href=${href(['knowledge', 'pair', reply.pair])}>${code(reply.pair)}</a>` : nothing}
    ${asked ? html`<a href=${href('try', { q: asked })}>${texts.tryThis}</a>` : nothing}
    ${
      feedback
        ? html`<span class="talk-vote">${icon(feedback.helpful ? 'thumbUp' : 'thumbDown')}${feedback.helpful ? texts.helpful : texts.unhelpful}${feedback.comment ? html`: ${said(feedback.comment)}` : nothing}</span>`
        : nothing
    }
  </div>`;
}

/** All entries in the order of the conversation. */
export function entries(transcript: Transcript, texts: Texts, fmt: Format): TemplateResult {
  let asked = '';
  const rows = transcript.entries.map((entry, place) => {
    if (entry.from === 'patient') asked = entry.text;
    return { entry, place, asked: entry.from === 'bot' ? asked : '' };
  });
  return html`${repeat(
    rows,
    ({ entry }) => `${entry.seq ?? ''}/${entry.from}/${entry.at}`,
    ({ entry, place, asked: question }) => html`<div class="talk-entry">
      <chat-view still .turns=${[turnOf(entry, place)]} label=${texts[entry.from]}></chat-view>
      ${about(entry, question, texts, fmt)}
    </div>`,
  )}`;
}
