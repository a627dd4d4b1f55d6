/** What every element of the console shares: the page's styles, the reader's language, and the session. */
import { LitElement, type PropertyDeclarations } from 'lit';
import type { Locale, Role } from '../api/types';
import { type Format, formatOf } from '../format';
import { router, type Route } from '../router';
import { locale } from '../state/locale';
import { session } from '../state/session';
import type { Texts } from '../texts/en';

/** An element without a shadow tree, drawn again when language or session change. */
export class ConsoleElement extends LitElement {
  #listeners: AbortController | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get t(): Texts {
    return locale.texts;
  }

  get lang_(): Locale {
    return locale.locale;
  }

  get fmt(): Format {
    return formatOf(locale.locale);
  }

  can(role: Role): boolean {
    return session.can(role);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const redraw = (): void => this.requestUpdate();
    locale.addEventListener('change', redraw, { signal });
    session.addEventListener('change', redraw, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listeners?.abort();
  }
}

/**
 * A page. The shell sets `route` and keeps the element while its name stays the same; `routeChanged` is called
 * for the first route and for each later one.
 */
export class ConsolePage extends ConsoleElement {
  static override properties: PropertyDeclarations = { route: { attribute: false } };
  declare route: Route;

  constructor() {
    super();
    this.route = router.route;
  }

  /** Reads what the route asks for. */
  protected routeChanged(_route: Route, _before: Route | undefined): void {}

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('route')) this.routeChanged(this.route, changed.get('route') as Route | undefined);
  }
}
