/** The list of groups. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, State } from '../../api/inbox';
import type { Format } from '../../format';
import { ago, badge, said, type Tone } from '../../parts/views';
import { href } from '../../router';
import type { Texts } from './texts';

const TONES: Record<State, Tone> = { new: 'accent', in_work: 'warn', done: 'good', ignored: '' };

export const stateBadge = (state: State, texts: Texts): TemplateResult => badge(texts.states[state], TONES[state]);

interface Listing {
  groups: readonly Group[];
  selected: ReadonlySet<number>;
  /** The group that is open. */
  open: string | undefined;
  /** The group that the keyboard is at. */
  at: number | null;
  query: URLSearchParams;
  select: (id: number) => void;
}

function row(listing: Listing, group: Group, texts: Texts, fmt: Format): TemplateResult {
  const isOpen = String(group.id) === listing.open;
  return html`<li class="inbox-row ${isOpen ? 'open' : ''} ${group.id === listing.at ? 'at' : ''}" data-id=${group.id}>
    <input
      type="checkbox"
      .checked=${listing.selected.has(group.id)}
      aria-label=${texts.select(group.sample.slice(0, 80))}
      @change=${() => listing.select(group.id)}
    />
    <a class="inbox-link" href=${href(['inbox', String(group.id)], listing.query)} aria-current=${isOpen ? 'true' : nothing}>
      <span class="excerpt" lang=${group.lang}>${said(group.sample)}</span>
      <span class="facts">
        ${stateBadge(group.state, texts)}
        <span>${texts.languages[group.lang] ?? group.lang}</span>
        <span>${ago(group.last_at)}</span>
        ${group.assignee ? html`<span><bdi>${group.assignee.name}</bdi></span>` : nothing}
      </span>
    </a>
    <span class="inbox-count number" title=${texts.messages(fmt.number(group.count))}>
      <span aria-hidden="true">×${fmt.number(group.count)}</span><span class="hidden">${texts.messages(fmt.number(group.count))}</span>
    </span>
  </li>`;
}

export function list(listing: Listing, texts: Texts, fmt: Format): TemplateResult {
  return html`<ul class="list inbox-list" aria-label=${texts.list}>${repeat(
    listing.groups,
    ({ id }) => id,
    (group) => row(listing, group, texts, fmt),
  )}</ul>`;
}
