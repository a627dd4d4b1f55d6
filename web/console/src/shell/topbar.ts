/** The bar above the page: whether news arrive, the language, the theme, and the person's own menu. */
import '@awesome.me/webawesome/dist/components/dropdown/dropdown.js';
import '@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js';
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { events } from '../api/events';
import type { Locale, Theme, User } from '../api/types';
import { icon } from '../parts/icons';
import { ConsoleElement } from '../parts/page';
import { toastProblem } from '../parts/toast';
import { go } from '../router';
import { LANGUAGE_NAMES, LOCALES, locale, THEMES } from '../state/locale';
import { session } from '../state/session';
import './presence';

interface Chosen extends Event {
  detail: { item: { value: string } };
}

/** Sets language or theme here at once, and for the person's next sign-in. */
function choose(change: { locale?: Locale; theme?: Theme }): void {
  locale.set(change);
  if (session.phase !== 'signed-in') return;
  api
    .send<User>('PATCH', '/me', change)
    .then(({ data }) => session.update(data))
    .catch(toastProblem);
}

/** The switch of languages; on the gate as well. */
export function languageMenu(): TemplateResult {
  const { top } = locale.texts;
  return html`<wa-dropdown placement="bottom-end" @wa-select=${(event: Chosen) => choose({ locale: event.detail.item.value as Locale })}>
    <button slot="trigger" type="button" class="button" title=${top.language}>${icon('globe')}<span class="hidden">${top.language}: </span><span class="wide-only">${LANGUAGE_NAMES[locale.locale]}</span></button>
    ${LOCALES.map((value) => html`<wa-dropdown-item value=${value} type="checkbox" ?checked=${value === locale.locale} lang=${value}>${LANGUAGE_NAMES[value]}</wa-dropdown-item>`)}
  </wa-dropdown>`;
}

export function themeMenu(): TemplateResult {
  const { top } = locale.texts;
  return html`<wa-dropdown placement="bottom-end" @wa-select=${(event: Chosen) => choose({ theme: event.detail.item.value as Theme })}>
    <button slot="trigger" type="button" class="button" aria-label="${top.theme}: ${top.themes[locale.theme]}" title=${top.theme}>${icon(locale.isDark ? 'moon' : 'sun')}</button>
    ${THEMES.map((value) => html`<wa-dropdown-item value=${value} type="checkbox" ?checked=${value === locale.theme}>${top.themes[value]}</wa-dropdown-item>`)}
  </wa-dropdown>`;
}

/** The first letters of the first two words of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).slice(0, 2);
  // Arabic letters would join into a word that is none.
  return words.map((word) => [...word][0] ?? '').join('\u200c').toLocaleUpperCase();
}

class TopBar extends ConsoleElement {
  #off: () => void = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#off = events.on('line', () => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#off();
  }

  #person = (event: Chosen): void => {
    if (event.detail.item.value === 'account') go('account');
    else session.signOut().catch(toastProblem);
  };

  protected override render(): TemplateResult | typeof nothing {
    const { top, nav, roles } = this.t;
    const { user } = session;
    if (!user) return nothing;
    return html`<header class="top">
      <button type="button" class="button square menu-button" aria-label=${nav.open} aria-controls="side" @click=${() => this.dispatchEvent(new Event('nav-open', { bubbles: true }))}>${icon('menu')}</button>
      <span class="live ${events.isLive ? 'on' : ''}" title=${events.isLive ? top.liveHint : top.notLiveHint}>${events.isLive ? top.live : top.notLive}</span>
      ${this.can('editor') ? html`<presence-switch></presence-switch>` : nothing}
      <span class="room"></span>
      ${languageMenu()} ${themeMenu()}
      <wa-dropdown placement="bottom-end" @wa-select=${this.#person}>
        <button slot="trigger" type="button" class="button" ><span class="hidden">${top.user}: </span><span class="initials" aria-hidden="true">${initials(user.display_name)}</span><span class="wide-only who"><bdi>${user.display_name}</bdi><small>${roles[user.role]}</small></span></button>
        <wa-dropdown-item value="account">${nav.account}</wa-dropdown-item>
        <wa-dropdown-item value="sign-out">${top.signOut}</wa-dropdown-item>
      </wa-dropdown>
    </header>`;
  }
}
customElements.define('top-bar', TopBar);
