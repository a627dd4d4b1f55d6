/** The list of conversations. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ConversationSummary } from '../../api/conversations';
import type { Format } from '../../format';
import { icon } from '../../parts/icons';
import { ago, badge, said } from '../../parts/views';
import { href } from '../../router';
import type { Texts } from './texts';

/** What stands out about a conversation. */
export function signs(one: ConversationSummary, texts: Texts): TemplateResult {
  const who = one.mine ? texts.withYou : one.with ? texts.withStaff(one.with) : '';
  return html`
    ${one.live ? badge(texts.live, 'good') : nothing}
    ${one.emergency ? badge(texts.emergency, 'danger', 'alert') : nothing}
    ${one.handoff === 'waiting' ? badge(texts.handoffs.waiting, 'warn', 'hand') : nothing}
    ${who ? badge(html`<bdi>${who}</bdi>`, 'accent', 'person') : nothing}
    ${one.handoff === 'done' && !who ? badge(texts.handoffs.done) : nothing}
  `;
}

function votes({ feedback }: ConversationSummary, texts: Texts, fmt: Format): TemplateResult {
  const vote = (count: number, name: 'thumbUp' | 'thumbDown', label: string): TemplateResult | typeof nothing =>
    count > 0
      ? html`<span title=${label}>${icon(name)}<span class="hidden">${label}: </span><span class="number">${fmt.number(count)}</span></span>`
      : nothing;
  return html`${vote(feedback.up, 'thumbUp', texts.up)} ${vote(feedback.down, 'thumbDown', texts.down)}`;
}

export function list(
  items: readonly ConversationSummary[],
  { open, query }: { open: string | undefined; query: URLSearchParams },
  texts: Texts,
  fmt: Format,
): TemplateResult {
  const row = (one: ConversationSummary): TemplateResult => html`<li class="talks-row ${one.id === open ? 'open' : ''}">
    <a href=${href(['conversations', one.id], query)} aria-current=${one.id === open ? 'true' : nothing}>
      <span class="excerpt" lang=${one.lang ?? nothing}>${said(one.excerpt)}</span>
      <span class="facts">
        ${signs(one, texts)}
        <span>${ago(one.last_at)}</span>
        ${one.lang ? html`<span>${texts.languages[one.lang]}</span>` : nothing}
        <span>${texts.turns(fmt.number(one.turns))}</span>
        ${votes(one, texts, fmt)}
      </span>
    </a>
  </li>`;
  return html`<ul class="list" aria-label=${texts.list}>${repeat(items, ({ id }) => id, row)}</ul>`;
}
