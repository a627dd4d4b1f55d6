/** The navigation beside the page; on a narrow screen it slides in. */
import { html, nothing, type TemplateResult } from 'lit';
import { events } from '../api/events';
import { api } from '../api/client';
import iconUrl from '../icon.svg?url';
import { keepInside } from '../../../widget/src/focus';
import { icon } from '../parts/icons';
import { ConsoleElement } from '../parts/page';
import { href, router } from '../router';
import { GROUPS, PLACES, type Place } from './places';

type Counts = Record<string, Record<string, number>>;

/** Kinds of the inbox that wait for someone; the others are worth a look when there is time. */
const WAITING = ['unanswered', 'disliked', 'emergency'] as const;

class SideNav extends ConsoleElement {
  static override properties = { open: { type: Boolean }, waiting: { state: true } };
  declare open: boolean;
  declare waiting: number;
  #off: (() => void)[] = [];

  constructor() {
    super();
    this.open = false;
    this.waiting = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const redraw = (): void => {
      this.requestUpdate();
      if (this.open) this.#close();
    };
    router.addEventListener('change', redraw);
    this.#off = [
      () => router.removeEventListener('change', redraw),
      events.on('inbox', (data) => this.#count((data as { counts?: Counts } | null)?.counts)),
      events.on('line', (data) => (data as { live: boolean }).live && void this.#read()),
    ];
    void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#off) off();
  }

  async #read(): Promise<void> {
    try {
      this.#count((await api.get<{ counts?: Counts }>('/inbox', { limit: 1 })).data.counts);
    } catch {
      // A number beside a word is no reason for an alarm; the inbox itself says what is wrong.
    }
  }

  #count(counts: Counts | undefined): void {
    if (counts) this.waiting = WAITING.reduce((sum, kind) => sum + (counts[kind]?.new ?? 0), 0);
  }

  #close(): void {
    this.dispatchEvent(new Event('nav-close', { bubbles: true }));
  }

  #key = (event: KeyboardEvent): void => {
    if (!this.open) return;
    if (event.key === 'Escape') this.#close();
    else if (event.key === 'Tab') keepInside(event, event.currentTarget as HTMLElement);
  };

  #link(place: Place): TemplateResult {
    const current = router.route.name === place.name;
    const shown = this.fmt.number(this.waiting);
    return html`<li><a class="nav-link" href=${href(place.name)} aria-current=${current ? 'page' : nothing}>${icon(place.icon)}<span>${this.t.nav[place.name]}</span>${
      place.name === 'inbox' && this.waiting > 0
        ? html`<span class="badge accent"><span aria-hidden="true">${shown}</span><span class="hidden">${this.t.nav.waiting(this.waiting, shown)}</span></span>`
        : nothing
    }</a></li>`;
  }

  protected override render(): TemplateResult {
    const { nav } = this.t;
    const groups = GROUPS.map((group) => ({
      group,
      places: PLACES.filter((place) => place.group === group && this.can(place.needs)),
    })).filter(({ places }) => places.length > 0);
    return html`<div class="side ${this.open ? 'open' : ''}" id="side" @keydown=${this.#key}>
      <nav aria-label=${nav.label} class="stack">
        <a class="brand" href=${href('overview')}><img src=${iconUrl} alt="" width="32" height="32"><span>${this.t.product}<small>${this.t.console}</small></span></a>
        ${groups.map(
          ({ group, places }) => html`<div class="nav-group">
            ${group === 'insight' ? nothing : html`<h2 id="group-${group}">${nav.groups[group]}</h2>`}
            <ul aria-labelledby=${group === 'insight' ? nothing : `group-${group}`}>${places.map((place) => this.#link(place))}</ul>
          </div>`,
        )}
      </nav>
    </div>
    ${this.open ? html`<div class="curtain" @click=${() => this.#close()}></div>` : nothing}`;
  }
}
customElements.define('side-nav', SideNav);

declare global {
  interface HTMLElementTagNameMap {
    'side-nav': SideNav;
  }
}
