/** `<mujib-console>`: the gate before the sign-in, the frame after it, and the page that the address names. */
import { html, type LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import '../parts/ask';
import { empty, note, skeleton } from '../parts/views';
import { ConsoleElement, type ConsolePage } from '../parts/page';
import { icon } from '../parts/icons';
import { href, router } from '../router';
import { session } from '../state/session';
import iconUrl from '../icon.svg?url';
import './nav';
import './newpassword';
import './setup';
import { lapsedDialog } from './signin';
import { languageMenu, themeMenu } from './topbar';
import { loadPage, placeOf } from './places';
import '../parts/toast';

class MujibConsole extends ConsoleElement {
  static override properties = { navOpen: { state: true }, known: { state: true }, online: { state: true } };
  declare navOpen: boolean;
  /** The page that is loaded; empty while one is on its way, `?` where there is none, `!` where it cannot be had. */
  declare known: string;
  declare online: boolean;
  #page: ConsolePage | null = null;
  #ends: AbortController | null = null;
  /** Whether a page was opened before. */
  #moved = false;

  constructor() {
    super();
    Object.assign(this, { navOpen: false, known: '', online: navigator.onLine });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    router.addEventListener('change', () => void this.#arrive(), { signal });
    addEventListener('online', () => this.#line(), { signal });
    addEventListener('offline', () => this.#line(), { signal });
    router.start();
    void session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ends?.abort();
  }

  #line(): void {
    this.online = navigator.onLine;
    if (this.online && session.phase === 'unreachable') void session.start();
  }

  /** Loads the page of the route; the element stays while only its path or its filters change. */
  async #arrive(): Promise<void> {
    const { name } = router.route;
    this.navOpen = false;
    if (this.known === name) {
      if (this.#page) this.#page.route = router.route;
      this.requestUpdate();
      return;
    }
    this.known = '';
    // A release that came meanwhile has other names for its files.
    const found = placeOf(name) ? await loadPage(name).catch(() => null) : false;
    if (router.route.name !== name) return;
    this.#page = found ? (document.createElement(`page-${name}`) as ConsolePage) : null;
    if (this.#page) this.#page.route = router.route;
    this.known = found === null ? '!' : found ? name : '?';
  }

  protected override updated(changed: PropertyValues): void {
    const { t } = this;
    const place = placeOf(router.route.name);
    const title = session.phase === 'signed-in' && place ? t.nav[place.name] : t.console;
    document.title = `${title as string} · ${t.product}`;
    if (changed.has('known') && this.known !== '' && this.#page) this.#opened();
  }

  /** Where another page opens, a screen reader begins at its title; the first one begins as any document does. */
  #opened(): void {
    const page = this.#page;
    const isFirst = !this.#moved;
    this.#moved = true;
    if (isFirst) return;
    void page?.updateComplete.then(() => {
      if (!this.contains(document.activeElement) || document.activeElement?.closest('side-nav')) {
        page.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    });
  }

  #openNav = (): void => {
    this.navOpen = true;
    void this.updateComplete.then(async () => {
      await this.querySelector('side-nav')?.updateComplete;
      this.querySelector<HTMLElement>('.side a')?.focus();
    });
  };

  #closeNav = (): void => {
    this.navOpen = false;
    this.querySelector<HTMLElement>('.menu-button')?.focus();
  };

  #body(): TemplateResult | LitElement {
    const { state, roles } = this.t;
    const place = placeOf(router.route.name);
    if (place && !this.can(place.needs)) {
      return html`<div><h1 class="hidden" tabindex="-1">${this.t.nav[place.name] as string}</h1>${empty('lock', state.forbidden, state.forbiddenText(roles[place.needs]))}</div>`;
    }
    if (this.known === '?') {
      const home = html`<a class="button" href=${href('overview')}>${state.toOverview}</a>`;
      return html`<div><h1 class="hidden">${state.notFound}</h1>${empty('search', state.notFound, state.notFoundText, home)}</div>`;
    }
    if (this.known === '!') {
      const again = html`<button type="button" class="button" @click=${() => location.reload()}>${icon('refresh')}${state.reload}</button>`;
      return html`<div role="alert"><h1 class="hidden">${state.notLoaded}</h1>${empty('offline', state.notLoaded, state.notLoadedText, again)}</div>`;
    }
    return this.#page && this.known !== '' ? this.#page : html`<div>${skeleton(8)}</div>`;
  }

  #gate(content: TemplateResult): TemplateResult {
    return html`<main class="gate" id="main"><div class="gate-card">
      <div class="gate-brand"><img src=${iconUrl} alt="" width="44" height="44"><div><strong>${this.t.product}</strong><br><span class="muted">${this.t.console}</span></div></div>
      ${content}</div><div class="switches">${languageMenu()} ${themeMenu()}</div></main><toast-list></toast-list>`;
  }

  #frame(): TemplateResult {
    const { state, skip } = this.t;
    return html`<a class="skip" href="#main" @click=${this.#skip}>${skip}</a>
      <div class="frame" @nav-open=${this.#openNav} @nav-close=${this.#closeNav}>
        <side-nav ?open=${this.navOpen}></side-nav>
        <div class="grow">
          <top-bar></top-bar>
          ${this.online ? nothing : html`<div class="banner" role="status">${note('warn', state.offlineBanner)}</div>`}
          <main class="main" id="main" tabindex="-1">${this.#body()}</main>
        </div>
      </div>
      ${lapsedDialog()}<ask-dialog></ask-dialog><toast-list></toast-list>`;
  }

  #skip = (event: Event): void => {
    // The hash is the route.
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  protected override render(): TemplateResult {
    const { auth, state, common } = this.t;
    switch (session.phase) {
      case 'starting':
        return html`<div class="gate">${skeleton(3)}</div>`;
      case 'unreachable':
        return this.#gate(html`<div role="alert">${empty(
          'offline',
          state.unreachable,
          state.unreachableText,
          html`<button type="button" class="button" @click=${() => void session.start()}>${icon('refresh')}${common.retry}</button>`,
        )}</div>`);
      case 'setup':
        return this.#gate(html`<set-up></set-up>`);
      case 'signed-out':
        return this.#gate(html`<div><h1>${auth.title}</h1><p class="muted">${auth.lead}</p></div><sign-in></sign-in>`);
      default:
        if (session.user?.must_change_password) {
          return this.#gate(html`<h1>${auth.mustChange}</h1><p class="muted">${auth.mustChangeText}</p><new-password></new-password>`);
        }
        return this.#frame();
    }
  }
}
customElements.define('mujib-console', MujibConsole);
