/** What stands above the list of groups: kinds as places, filters, both with their counts, and what to do with several. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Counts, type Group, KINDS, type Kind, type State, STATES } from '../../api/inbox';
import type { Format } from '../../format';
import { filterBar } from '../../parts/filters';
import { href } from '../../router';
import type { Texts } from './texts';

export function tabs(open: Kind, counts: Counts, query: URLSearchParams, texts: Texts, fmt: Format): TemplateResult {
  const tab = (kind: Kind): TemplateResult => {
    const own = new URLSearchParams(query);
    own.set('kind', kind);
    const fresh = counts[kind]?.new ?? 0;
    const tone = kind === 'emergency' ? 'danger' : 'accent';
    return html`<a href=${href('inbox', own)} aria-current=${kind === open ? 'page' : nothing}>
      ${texts.kinds[kind]}${fresh > 0 ? html`<span class="badge ${tone} number">${fmt.number(fresh)}</span>` : nothing}
    </a>`;
  };
  return html`<nav class="tabs" aria-label=${texts.kind}>${KINDS.map(tab)}</nav>`;
}

export function filters(open: Kind, counts: Counts, texts: Texts, fmt: Format): TemplateResult {
  const label = (state: State): string => {
    const known = counts[open]?.[state];
    return known === undefined ? texts.states[state] : `${texts.states[state]} (${fmt.number(known)})`;
  };
  const later = STATES.filter((state) => state !== 'new').map((state) => ({ value: state, label: label(state) }));
  return filterBar([
    { kind: 'search', name: 'q', label: texts.search },
    {
      kind: 'select',
      name: 'state',
      label: texts.state,
      all: null,
      options: [{ value: '', label: label('new') }, ...later, { value: 'any', label: texts.anyState }],
    },
    {
      kind: 'select',
      name: 'lang',
      label: texts.language,
      all: texts.anyLanguage,
      options: [
        { value: 'ar', label: texts.languages.ar },
        { value: 'fa', label: texts.languages.fa },
      ],
    },
    {
      kind: 'select',
      name: 'sort',
      label: texts.sort,
      all: texts.sorts.last,
      options: [
        { value: 'count', label: texts.sorts.count },
        { value: 'first', label: texts.sorts.first },
      ],
    },
  ]);
}

interface Bulk {
  select: (ids: readonly number[]) => void;
  take: () => void;
  set: (state: State) => void;
}

/** Selects all that are shown; with any selected, what can be done with them. */
export function bulkBar(
  groups: readonly Group[],
  selected: ReadonlySet<number>,
  texts: Texts,
  fmt: Format,
  { select, take, set }: Bulk,
): TemplateResult {
  const all = groups.every(({ id }) => selected.has(id));
  const some = selected.size > 0;
  const toggle = (): void => select(all ? [] : groups.map(({ id }) => id));
  return html`<div class="inbox-bulk ${some ? 'on' : ''}">
    <label class="check"><input type="checkbox" .checked=${all} .indeterminate=${some && !all} @change=${toggle} /><span class=${some ? '' : 'muted'}>${some ? texts.selected(fmt.number(selected.size)) : texts.selectAll}</span></label>
    ${
      some
        ? html`<div class="row" role="group" aria-label=${texts.setState}>
            <button type="button" class="button small" @click=${take}>${texts.takeOn}</button>
            ${STATES.map((state) => html`<button type="button" class="button small" @click=${() => set(state)}>${texts.states[state]}</button>`)}
          </div>`
        : nothing
    }
  </div>`;
}
