/** Filters of a list: each stands in the address, so that reload and back keep it. */
import { html, nothing, type TemplateResult } from 'lit';
import { router, setQuery } from '../router';
import { locale } from '../state/locale';
import { icon } from './icons';

export type Filter =
  | { kind: 'search'; name: string; label: string }
  | { kind: 'select'; name: string; label: string; options: readonly { value: string; label: string }[]; all?: string | null }
  | { kind: 'date'; name: string; label: string }
  | { kind: 'check'; name: string; label: string };

/** After this long without a key the search goes out. */
const TYPING_MS = 300;

let typing: ReturnType<typeof setTimeout> | undefined;

function search(name: string, event: Event): void {
  const { value } = event.currentTarget as HTMLInputElement;
  clearTimeout(typing);
  const set = (): void => setQuery({ [name]: value.trim() }, { replace: true });
  if (event.type === 'change') set();
  else typing = setTimeout(set, TYPING_MS);
}

function field(filter: Filter, query: URLSearchParams): TemplateResult {
  const { common } = locale.texts;
  const value = query.get(filter.name) ?? '';
  const id = `filter-${filter.name}`;
  if (filter.kind === 'search') {
    return html`<div class="field search"><label for=${id}>${filter.label}</label><div class="with-icon">${icon('search')}
      <input id=${id} class="input" type="search" dir="auto" autocomplete="off" .value=${value} @input=${(event: Event) => search(filter.name, event)} @change=${(event: Event) => search(filter.name, event)}></div></div>`;
  }
  const set = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement | HTMLSelectElement;
    setQuery({ [filter.name]: input instanceof HTMLInputElement && input.type === 'checkbox' ? (input.checked ? 'true' : '') : input.value });
  };
  if (filter.kind === 'select') {
    return html`<div class="field"><label for=${id}>${filter.label}</label>
      <select id=${id} class="input" @change=${set}>
        ${filter.all === null ? nothing : html`<option value="" ?selected=${value === ''}>${filter.all ?? common.all}</option>`}
        ${filter.options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}
      </select></div>`;
  }
  if (filter.kind === 'date') {
    return html`<div class="field"><label for=${id}>${filter.label}</label><input id=${id} class="input" type="date" .value=${value} @change=${set}></div>`;
  }
  return html`<label class="check"><input type="checkbox" .checked=${value === 'true'} @change=${set}>${filter.label}</label>`;
}

/** The bar of filters; a way to clear them all where any is set. */
export function filterBar(filters: readonly Filter[]): TemplateResult {
  const { query } = router.route;
  const isSet = filters.some(({ name }) => query.has(name));
  const clear = (): void => setQuery(Object.fromEntries(filters.map(({ name }) => [name, ''])));
  return html`<div class="filters" role="search">${filters.map((filter) => field(filter, query))}
    ${isSet ? html`<button type="button" class="button quiet" @click=${clear}>${icon('close')}${locale.texts.common.clearFilters}</button>` : nothing}</div>`;
}

/** The values of `names` that the address sets, for a call. */
export function filterValues(query: URLSearchParams, names: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = query.get(name);
    if (value) values[name] = value;
  }
  return values;
}
