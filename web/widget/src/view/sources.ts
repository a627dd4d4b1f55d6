/** Citations: the markers in a text, the list of sources under it, and the card that one of them opens. */
import { html, nothing, type TemplateResult } from 'lit';
import { number } from '../numbers';
import type { Citation, Reply } from '../protocol';
import { TEXTS } from '../texts';
import { ICONS } from './icons';
import { text, words } from './text';
import type { TurnUi } from './ui';

const key = (reply: Reply, marker: number): string => `${reply.id}/${marker}`;

/** The id of a card, by which a marker names what it opens. */
export const cardId = (reply: Reply): string => `card-${reply.id}`;

/** A marker in the text. */
export function marker(ui: TurnUi, reply: Reply, which: number): TemplateResult | typeof nothing {
  const citation = reply.citations.find((known) => known.marker === which);
  if (!citation) return nothing;
  const texts = TEXTS[reply.lang];
  const shown = number(which, ui.localeOf(reply.lang));
  return html`<button
    type="button"
    class="marker"
    part="marker"
    aria-label="${texts.source(shown)}: ${citation.title}"
    aria-expanded=${ui.cards.card === key(reply, which)}
    @click=${(event: Event) => ui.cards.toggle(reply.id, which, event.currentTarget as Element)}
  >${shown}</button>`;
}

function card(ui: TurnUi, reply: Reply, citation: Citation): TemplateResult {
  const texts = TEXTS[reply.lang];
  const locale = ui.localeOf(reply.lang);
  const language = texts.sourceIn[citation.lang];
  return html`<div class="card" part="card" id=${cardId(reply)} role="group" tabindex="-1" aria-label="${texts.source(number(citation.marker, locale))}">
    <div class="card-head">
      <p class="card-title" dir="auto">${words(citation.title, locale)}</p>
      <button type="button" class="quiet small" aria-label=${texts.closeSource} @click=${() => ui.cards.toggle(reply.id, citation.marker, null)}>${ICONS.close}</button>
    </div>
    <p class="card-where" dir="auto">${words(citation.section, locale)}${language ? html`<span class="tag">${language}</span>` : nothing}</p>
    <div class="card-gist">${text(citation.gist, { locale })}</div>
    ${citation.url ? html`<a class="card-link" href=${citation.url} target="_blank" rel="noopener noreferrer">${texts.openSource}</a>` : nothing}
  </div>`;
}

/** The sources of a reply: folded until wanted, and the card of the one that is open. */
export function sources(ui: TurnUi, reply: Reply): TemplateResult | typeof nothing {
  if (reply.citations.length === 0) return nothing;
  const texts = TEXTS[reply.lang];
  const locale = ui.localeOf(reply.lang);
  const open = reply.citations.find((citation) => ui.cards.card === key(reply, citation.marker));
  const isListed = ui.cards.listed === reply.id;
  const row = (citation: Citation): TemplateResult => html`<li><button
    type="button"
    class="source"
    part="source"
    aria-expanded=${citation === open}
    @click=${(event: Event) => ui.cards.toggle(reply.id, citation.marker, event.currentTarget as Element)}
  ><span class="source-number">${number(citation.marker, locale)}</span><span class="source-title">${words(citation.title, locale)}<span class="source-section">${words(citation.section, locale)}</span></span></button></li>`;
  return html`<div class="sources" part="sources">
    <button type="button" class="sources-label" part="sources-label" aria-expanded=${isListed} @click=${() => ui.cards.list(reply.id)}>
      ${ICONS.book}<span>${texts.sources} (${number(reply.citations.length, locale)})</span>${ICONS.down}
    </button>
    ${isListed ? html`<ul class="source-list">${reply.citations.map(row)}</ul>` : nothing}
    ${open ? card(ui, reply, open) : nothing}
  </div>`;
}
