/** `<mujib-chat>`: the whole widget. Attributes in, text out; everything it starts ends when it is removed. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Back } from './back';
import { SourceCards } from './cards';
import { copyText } from './clipboard';
import { dressInFont, paint } from './dress';
import { keepInside } from './focus';
import { fetchLook, type Look, logoAddress, PLAIN } from './look';
import { plain } from './markdown';
import { Memory } from './memory';
import { number } from './numbers';
import { baseLang, chooseLocale, serverAddress, socketAddress, splitStarters, type Theme } from './options';
import type { Lang, Reply, Shown } from './protocol';
import { Scroll } from './scroll';
import { STYLES } from './styles';
import { Talk } from './talk';
import { TEXTS, type Texts } from './texts';
import { ICONS } from './view/icons';
import { panel } from './view/panel';
import type { Sheet, Ui } from './view/ui';
import { Viewport } from './viewport';

/** How long it says that something was copied. */
const COPIED_MS = 2500;

export class MujibChat extends LitElement implements Ui {
  static override styles = STYLES;
  static override properties = {
    server: {},
    locale_: { attribute: 'locale' },
    theme: {},
    mode: {},
    position: {},
    name: {},
    subtitle_: { attribute: 'subtitle' },
    launcher: {},
    placeholder_: { attribute: 'placeholder' },
    starters_: { attribute: 'starters' },
    accent: {},
    logo_: { attribute: 'logo' },
    phone_: { attribute: 'phone' },
    font: {},
    look: { state: true },
    badLogo: { state: true },
    opened: { state: true },
    menuOpen: { state: true },
    sheet: { state: true },
    commenting: { state: true },
    copied: { state: true },
    unread: { state: true },
    now: { state: true },
  };

  /** The server of pages that name none: where the script came from. */
  static home = '';
  /** Where the server has the font. */
  static fontPath = '';

  declare server: string;
  declare locale_: string;
  declare theme: Theme;
  declare mode: 'floating' | 'inline';
  declare position: 'start' | 'end';
  declare name: string;
  declare subtitle_: string;
  declare launcher: string;
  declare placeholder_: string;
  declare starters_: string;
  declare accent: string;
  declare logo_: string;
  declare phone_: string;
  declare font: string;
  declare look: Look;
  /** The address of a logo that cannot be shown here. */
  declare badLogo: string;
  declare opened: boolean;
  declare menuOpen: boolean;
  declare sheet: Sheet;
  declare commenting: string;
  declare copied: string;
  declare unread: number;
  declare now: number;

  talk!: Talk;
  #base = '';
  #known = false;
  #said = { count: 0, text: '', urgent: false };
  #viewport = new Viewport(() => this.requestUpdate());
  #back = new Back();
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #scroll = new Scroll(() => this.requestUpdate());
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly cards = new SourceCards(this);
  #listeners: AbortController | null = null;

  constructor() {
    super();
    Object.assign(this, { server: '', locale_: 'auto', theme: 'auto', mode: 'floating', position: 'end' });
    Object.assign(this, { name: '', subtitle_: '', launcher: '', placeholder_: '', starters_: '' });
    Object.assign(this, { accent: '', logo_: '', phone_: '', font: '', look: PLAIN, badLogo: '' });
    Object.assign(this, {
      opened: false,
      menuOpen: false,
      sheet: 'none',
      commenting: '',
      copied: '',
    });
    Object.assign(this, { unread: 0, now: Date.now() });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#base = serverAddress(this.server || MujibChat.home || '.', document.baseURI);
    this.talk = new Talk(socketAddress(this.#base), new Memory(this.#base), this.#firstLang());
    this.#listen();
    this.opened = this.isInline || this.talk.saved.open;
    if (this.opened || this.talk.hasBegun) this.talk.open();
    void fetchLook(this.#base).then((look) => {
      this.look = look;
      this.#known = true;
      this.requestUpdate();
    });
    if (this.font === 'vazirmatn') void dressInFont(this, new URL(MujibChat.fontPath, this.#base).href);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.talk.close();
    this.#listeners?.abort();
    this.#viewport.stop();
    this.#scroll.stop();
    clearInterval(this.#ticking);
    this.#viewport.lockPage(false);
    this.#back.stop();
  }

  // ------------------------------------------------------------------ what the views ask for

  get isInline(): boolean {
    return this.mode === 'inline';
  }

  get texts(): Texts {
    return TEXTS[this.talk.locale];
  }

  get locale(): string {
    return this.localeOf(this.talk.locale);
  }

  localeOf(lang: Lang): string {
    const wanted = this.#wantedLocale();
    return baseLang(wanted) === lang ? wanted : lang;
  }

  get clinic(): string {
    return this.name || this.look[`name_${this.talk.locale}`] || this.texts.name;
  }

  get subtitle(): string {
    return this.subtitle_ || this.look[`subtitle_${this.talk.locale}`] || this.texts.subtitle;
  }

  get placeholder(): string {
    return this.placeholder_ || this.look[`placeholder_${this.talk.locale}`] || this.texts.placeholder;
  }

  get starters(): readonly string[] {
    return splitStarters(this.starters_ || this.look[`starters_${this.talk.locale}`]);
  }

  get logo(): string {
    const address = logoAddress(this.logo_ || this.look.logo, this.#base);
    return address === this.badLogo ? '' : address;
  }

  dropLogo(): void {
    this.badLogo = this.logo;
  }

  get phone(): string {
    return this.phone_ || this.look.phone;
  }

  say(text: string): void {
    this.commenting = '';
    this.talk.setDraft('');
    this.talk.say(text);
    this.#scroll.toEnd();
  }

  /** Opens the panel, as the patient would. */
  open(): void {
    this.#setOpen(true);
    this.cards.forget();
    void this.updateComplete.then(() => {
      // A touch keyboard would hide the greeting at once.
      const field = matchMedia('(pointer: coarse)').matches ? '.panel' : '#field';
      this.renderRoot.querySelector<HTMLElement>(field)?.focus();
      this.#scroll.toEnd();
    });
  }

  /** Closes the panel; the conversation goes on when it is opened again. */
  close(): void {
    this.#setOpen(false);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus());
  }

  openSheet(which: Sheet): void {
    this.menuOpen = false;
    this.sheet = which;
    const next = which === 'none' ? '.menu-button' : '.sheet h3';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(next)?.focus());
  }

  copy(reply: Reply): void {
    const sources = reply.citations.map(({ marker, title, section }) => `[${marker}] ${title}، ${section}`);
    const text = [plain(reply.text, true), ...reply.disclaimers.map(({ text }) => text), ...sources].join(
      '\n\n',
    );
    void copyText(text, this.renderRoot as ShadowRoot).then((worked) => {
      if (!worked) return;
      this.copied = reply.id;
      this.#announce(TEXTS[reply.lang].copied, false);
      setTimeout(() => {
        if (this.copied === reply.id) this.copied = '';
      }, COPIED_MS);
    });
  }

  vote(reply: string, helpful: boolean): void {
    this.talk.vote(reply, helpful);
    this.commenting = reply;
    void this.updateComplete.then(() =>
      this.#field(`comment-${reply}`)?.scrollIntoView({ block: 'nearest' }),
    );
  }

  comment(reply: string, helpful: boolean, text: string): void {
    if (text.trim() !== '') this.talk.vote(reply, helpful, text);
    this.commenting = '';
    this.#announce(this.texts.thanks, false);
    this.#field('field')?.focus();
  }

  editAgain(id: string): void {
    this.talk.setDraft(this.talk.takeBack(id));
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const field = this.#field('field');
      field?.focus();
      field?.dispatchEvent(new Event('input'));
    });
  }

  switchLanguage(): void {
    this.menuOpen = false;
    this.talk.setLocale(this.talk.locale === 'ar' ? 'fa' : 'ar');
    // Where nothing was said yet, the greeting is better read in the language just chosen.
    if (this.talk.saved.own.length === 0) this.talk.restart();
    this.#field('field')?.focus();
  }

  showReply(id: string): void {
    const reply = this.#field(`turn-${id}`);
    reply?.focus({ preventScroll: true });
    reply?.scrollIntoView({ block: 'start' });
  }

  // ------------------------------------------------------------------ drawing

  protected override render(): TemplateResult {
    const { texts } = this;
    const dark = this.theme === 'dark' || (this.theme !== 'light' && this.#dark.matches);
    const modal = this.opened && !this.isInline && this.#viewport.isSmall;
    return html`<div class="root ${this.isInline ? 'inline' : 'floating'} ${this.position === 'start' ? 'start' : ''} ${modal ? 'small' : ''}"
      part="root" dir="rtl" lang=${this.talk.locale} data-theme=${dark ? 'dark' : 'light'} role="region" aria-label=${texts.bot}>
      ${this.isInline ? nothing : this.#launcher()}
      ${this.opened ? panel(this, this.#scroll, modal, this.#key) : nothing}
      <div class="hidden" aria-live="polite">${this.#said.urgent ? nothing : this.#spoken()}</div>
      <div class="hidden" role="alert">${this.#said.urgent ? this.#spoken() : nothing}</div>
    </div>`;
  }

  protected override willUpdate(): void {
    const counts =
      this.talk.notice.kind === 'limited' || this.talk.saved.own.some(({ state }) => state === 'held');
    if (counts && this.#ticking === undefined) {
      this.now = Date.now();
      this.#ticking = setInterval(() => {
        this.now = Date.now();
      }, 1000);
    } else if (!counts && this.#ticking !== undefined) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
  }

  protected override updated(changed: PropertyValues): void {
    const root = this.renderRoot.querySelector<HTMLElement>('.root');
    if (root) paint(root, this.accent || this.look.accent);
    const box = this.renderRoot.querySelector<HTMLElement>('.panel');
    if (changed.has('opened') || changed.has('mode')) {
      this.#viewport.stop();
      if (box && !this.isInline) this.#viewport.start(box);
    }
    const covers = this.opened && !this.isInline && this.#viewport.isSmall;
    this.#viewport.lockPage(covers);
    if (covers) this.#back.hold(() => this.close());
    else this.#back.release();
    this.#scroll.follow(this.renderRoot.querySelector<HTMLElement>('.log'));
  }

  #launcher(): TemplateResult {
    const { texts } = this;
    const words = this.launcher || this.look[`launcher_${this.talk.locale}`] || texts.launcher;
    const label = `${words}: ${texts.open}`;
    const news = this.unread > 0 ? texts.unread(number(this.unread, this.locale)) : '';
    return html`<button type="button" class="launcher" part="launcher" ?hidden=${this.opened || !this.#known}
      aria-label=${news ? `${label} (${news})` : label} aria-haspopup="dialog" aria-expanded=${this.opened} @click=${() => this.open()}>
      ${ICONS.chat}<span class="launcher-text" aria-hidden="true">${words}</span>
      ${this.unread > 0 ? html`<span class="badge" part="badge" aria-hidden="true">${number(this.unread, this.locale)}</span>` : nothing}
    </button>`;
  }

  #spoken(): TemplateResult | typeof nothing {
    const { count, text } = this.#said;
    // A node of its own each time: the same words twice are read twice.
    return text === '' ? nothing : html`${keyed(count, html`<p>${text}</p>`)}`;
  }

  // ------------------------------------------------------------------ what happens

  #listen(): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    this.talk.addEventListener('change', () => this.requestUpdate(), { signal });
    this.talk.addEventListener('news', (event) => this.#news((event as CustomEvent<Shown>).detail), {
      signal,
    });
    document.addEventListener('visibilitychange', () => this.talk.seen(!document.hidden), { signal });
    window.addEventListener('online', () => this.talk.network(true), { signal });
    window.addEventListener('offline', () => this.talk.network(false), { signal });
    // A page with an open connection could not be kept for the way back.
    window.addEventListener('pagehide', () => this.talk.close(), { signal });
    window.addEventListener(
      'pageshow',
      (event) => event.persisted && this.talk.hasBegun && this.talk.open(),
      { signal },
    );
    this.#dark.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  #news(frame: Shown): void {
    const lang = frame.type === 'reply' ? frame.lang : this.talk.locale;
    const urgent = frame.type === 'reply' && frame.outcome === 'emergency';
    const speaker = frame.type === 'message' && frame.from === 'staff' ? TEXTS[lang].staff : TEXTS[lang].bot;
    if (!this.opened) this.unread += 1;
    this.#announce(`${speaker}: ${plain(frame.text, false)}`, urgent);
    this.#scroll.toTurn(`turn-${frame.id}`);
  }

  #announce(text: string, urgent: boolean): void {
    this.#said = { count: this.#said.count + 1, text, urgent };
    this.requestUpdate();
  }

  #key = (event: KeyboardEvent): void => {
    const box = event.currentTarget as HTMLElement;
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.sheet !== 'none') this.openSheet('none');
      else if (this.menuOpen) {
        this.menuOpen = false;
        box.querySelector<HTMLElement>('.menu-button')?.focus();
      } else if (!this.cards.close() && !this.isInline) this.close();
    } else if (event.key === 'Tab') {
      const question = box.querySelector<HTMLElement>('.sheet');
      if (question) keepInside(event, question);
      else if (!this.isInline) keepInside(event, box);
    }
  };

  #setOpen(open: boolean): void {
    this.opened = open;
    this.menuOpen = false;
    this.sheet = 'none';
    this.talk.setOpen(open);
    if (open) {
      this.unread = 0;
      this.talk.open();
    }
    this.dispatchEvent(
      new CustomEvent(open ? 'mujib-open' : 'mujib-close', { bubbles: true, composed: true }),
    );
  }

  #field(id: string): HTMLElement | null {
    return (this.renderRoot as ShadowRoot).getElementById(id);
  }

  #wantedLocale(): string {
    const set = this.locale_ === 'auto' ? '' : this.locale_;
    const page = this.closest('[lang]')?.getAttribute('lang') ?? '';
    return chooseLocale(set, page, navigator.languages);
  }

  #firstLang(): Lang {
    return baseLang(this.#wantedLocale()) ?? 'ar';
  }
}
