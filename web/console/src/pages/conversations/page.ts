/** Conversations: their list at one side, the open one at the other, read or talked in. */
import { html, nothing, type TemplateResult } from 'lit';
import { withoutControls } from '../../../../widget/src/bidi';
import { type ConversationSummary, conversations, type Transcript } from '../../api/conversations';
import { events } from '../../api/events';
import { ask } from '../../parts/ask';
import '../../parts/chat';
import { filterBar, filterValues } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Loader, Pager } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { empty, note, pageHead } from '../../parts/views';
import { go, href, type Route } from '../../router';
import './conversations.css';
import './composer';
import { list, signs } from './list';
import { TEXTS, type Texts } from './texts';
import { entries } from './transcript';

const FILTERS = ['from', 'to', 'lang', 'outcome', 'feedback', 'handoff', 'emergency', 'q'] as const;
const GATHER_MS = 300;
/** A patient who types says so every few seconds. */
const TYPING_MS = 6000;

interface News {
  id: string;
  what: string;
}

class ConversationsPage extends ConsolePage {
  static override properties = {
    ...ConsolePage.properties,
    isTyping: { state: true },
    arrived: { state: true },
    working: { state: true },
    here: { state: true },
  };
  private declare isTyping: boolean;
  /** Messages that came below what is in sight. */
  private declare arrived: number;
  private declare working: boolean;
  /** Who is here for patients; `null` while that is unknown. */
  private declare here: readonly string[] | null;
  #key = '';
  #off: (() => void)[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  #list = new Pager<ConversationSummary>(
    this,
    async (cursor, signal) => (await conversations.list({ ...this.#query(), cursor }, signal)).data,
  );
  #one = new Loader<Transcript>(
    this,
    async (signal) => (await conversations.one(this.#open ?? '', undefined, signal)).data,
  );

  constructor() {
    super();
    Object.assign(this, { isTyping: false, arrived: 0, working: false, here: null });
  }

  get #texts(): Texts {
    return TEXTS[this.lang_];
  }

  get #open(): string | undefined {
    return this.route.path[0];
  }

  #query(): Record<string, string> {
    return filterValues(this.route.query, FILTERS);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#off = [
      events.on('conversation', (data) => this.#news(data as News)),
      events.on('line', () => this.#refresh()),
      events.on('presence', (data) => {
        const names = (data as { available?: unknown } | null)?.available;
        if (Array.isArray(names)) this.here = names.map(String);
      }),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#gather);
    clearTimeout(this.#typing);
    for (const off of this.#off) off();
  }

  protected override routeChanged(_route: Route, before: Route | undefined): void {
    const key = JSON.stringify(this.#query());
    if (key !== this.#key || !before) {
      this.#key = key;
      void this.#list.load({ fresh: true });
    }
    if (this.#open && this.#open !== before?.path[0]) {
      this.arrived = 0;
      this.isTyping = false;
      void this.#one.load({ fresh: true }).then(() => this.#toEnd(true));
    }
  }

  #news({ id, what }: News): void {
    if (what === 'typing') {
      if (id === this.#open) this.#showTyping();
      return;
    }
    clearTimeout(this.#gather);
    this.#gather = setTimeout(() => this.#refresh(), GATHER_MS);
    if (id === this.#open && what === 'message') this.isTyping = false;
  }

  #showTyping(): void {
    this.isTyping = true;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => (this.isTyping = false), TYPING_MS);
  }

  #refresh(): void {
    // Someone who has paged on keeps the place; the next visit shows what is new.
    if (this.#list.items.length <= (this.#list.first?.items.length ?? 0)) void this.#list.load();
    if (this.#open) void this.#again();
  }

  async #again(): Promise<void> {
    const before = this.#one.value?.entries.length ?? 0;
    const log = this.querySelector('.talk-log');
    const isAtEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const old = this.#one.value;
    await this.#one.load();
    this.#keepEarlier(old);
    const more = (this.#one.value?.entries.length ?? 0) - before;
    // Someone who reads far back is not thrown to the end by a reading of the last part.
    if (more <= 0) return;
    if (isAtEnd) this.#toEnd(false);
    else this.arrived += more;
  }

  /** What was read of the past stays when the last part is read again. */
  #keepEarlier(old: Transcript | null): void {
    const now = this.#one.value;
    const first = now?.entries[0];
    if (!old || !now || !first || old === now || old.id !== now.id) return;
    const at = old.entries.findIndex((entry) => entry.seq === first.seq && entry.from === first.from && entry.at === first.at);
    if (at > 0) this.#one.set({ ...now, earlier: old.earlier, entries: [...old.entries.slice(0, at), ...now.entries] });
  }

  /** Reads what was said before, and keeps in sight what was. */
  async #earlier(one: Transcript): Promise<void> {
    try {
      const { data } = await conversations.one(one.id, one.earlier ?? undefined);
      const log = this.querySelector('.talk-log');
      const below = log ? log.scrollHeight - log.scrollTop : 0;
      if (this.#one.value?.id !== one.id) return;
      this.#one.set({ ...one, earlier: data.earlier, entries: [...data.entries, ...one.entries] });
      await this.updateComplete;
      if (log) log.scrollTop = log.scrollHeight - below;
    } catch (error) {
      toastProblem(error);
    }
  }

  #toEnd(atOnce: boolean): void {
    this.arrived = 0;
    void this.updateComplete.then(() =>
      requestAnimationFrame(() => {
        const log = this.querySelector('.talk-log');
        log?.scrollTo({ top: log.scrollHeight, behavior: atOnce ? 'instant' : 'smooth' });
      }),
    );
  }

  async #do(work: () => Promise<unknown>, done: string): Promise<boolean> {
    this.working = true;
    try {
      await work();
      if (done) toast(done);
      return true;
    } catch (error) {
      toastProblem(error);
      return false;
    } finally {
      this.working = false;
    }
  }

  async #take(id: string): Promise<void> {
    if (!(await this.#do(() => conversations.take(id), ''))) return;
    await this.#again();
    await this.updateComplete;
    this.querySelector<HTMLElement>('talk-composer textarea')?.focus();
  }

  async #release(id: string): Promise<void> {
    if (await this.#do(() => conversations.release(id), this.#texts.released)) void this.#again();
  }

  async #erase(id: string): Promise<void> {
    const texts = this.#texts;
    const yes = await ask({ title: texts.eraseTitle, text: texts.eraseText, yes: texts.eraseYes, danger: true });
    if (!yes || !(await this.#do(() => conversations.erase(id), texts.erased))) return;
    go('conversations', this.route.query, { replace: true });
    void this.#list.load();
  }

  #filters(texts: Texts): TemplateResult {
    const options = (labels: Record<string, string>): { value: string; label: string }[] =>
      Object.entries(labels).map(([value, label]) => ({ value, label }));
    const { common } = this.t;
    const set = FILTERS.filter((name) => name !== 'q' && this.route.query.has(name)).length;
    const rest = filterBar([
      { kind: 'date', name: 'from', label: texts.from },
      { kind: 'date', name: 'to', label: texts.to },
      { kind: 'select', name: 'lang', label: texts.language, all: texts.anyLanguage, options: options(texts.languages) },
      { kind: 'select', name: 'outcome', label: texts.outcome, all: texts.anyOutcome, options: options(texts.outcomes) },
      {
        kind: 'select',
        name: 'feedback',
        label: texts.feedback,
        all: texts.anyFeedback,
        options: options({ up: texts.up, down: texts.down }),
      },
      { kind: 'select', name: 'handoff', label: texts.handoff, all: texts.anyHandoff, options: options(texts.handoffs) },
      { kind: 'check', name: 'emergency', label: texts.onlyEmergency },
    ]);
    return html`${filterBar([{ kind: 'search', name: 'q', label: texts.search }])}
      <details class="talks-more" ?open=${set > 0}>
        <summary>${icon('filter')}${common.filters}${set > 0 ? html` <span class="badge accent number">${this.fmt.number(set)}</span>` : nothing}</summary>
        ${rest}
      </details>`;
  }

  #facts(one: Transcript, texts: Texts): TemplateResult {
    const here = this.can('editor') ? this.#standing(one, texts) : nothing;
    return html`<header class="talk-head">
      <div class="row apart">
        <h2 tabindex="-1" id="talk-title">${texts.transcript}</h2>
        <div class="row">
          <a class="button small" href=${conversations.exportAddress(one.id)} download>${icon('download')}${texts.exportOne}</a>
          ${this.can('reviewer') ? html`<button type="button" class="button small danger" @click=${() => void this.#erase(one.id)}>${icon('bin')}${texts.erase}</button>` : nothing}
          <a class="button quiet small talks-back" href=${href('conversations', this.route.query)}>${icon('back')}${texts.back}</a>
        </div>
      </div>
      <p class="facts">
        ${signs(one, texts)}
        <span>${texts.started} ${this.fmt.dateTime(one.started_at)}</span>
        ${one.lang ? html`<span>${texts.languages[one.lang]}</span>` : nothing}
        ${one.channel ? html`<span>${texts.channel} <bdi>${texts.channels[one.channel] ?? one.channel}</bdi></span>` : nothing}
      </p>
      ${one.contact ? html`<p>${texts.contact}: <bdi class="said" dir=${/\p{L}/u.test(one.contact) ? 'auto' : 'ltr'}>${withoutControls(one.contact)}</bdi></p>` : nothing}
      ${here}
    </header>`;
  }

  #standing(one: Transcript, texts: Texts): TemplateResult {
    const release = html`<button type="button" class="button small" aria-disabled=${this.working} @click=${() => void this.#release(one.id)}>${texts.release}</button>`;
    if (one.mine) return note('good', texts.taken, release);
    if (one.with) return note('info', texts.takenBy(one.with), this.can('reviewer') ? release : nothing);
    return html`<div class="row talk-take"><button type="button" class="button solid" aria-disabled=${this.working} @click=${() => void this.#take(one.id)}>${icon('hand')}${texts.take}</button><span class="hint grow">${texts.takeHint}</span></div>`;
  }

  #detail(texts: Texts): TemplateResult {
    if (!this.#open) return html`<div class="talks-pick">${empty('conversations', texts.pick)}</div>`;
    if (this.#one.problem?.status === 404) return empty('bin', texts.gone);
    return html`${this.#one.render(
      (one) => html`<article class="talk">
        ${this.#facts(one, texts)}
        <div class="talk-log" role="log" aria-live="polite" aria-label=${texts.transcript} tabindex="0"><div class="talk-entries">${one.earlier === null ? nothing : html`<button type="button" class="button small talk-earlier" @click=${() => void this.#earlier(one)}>${icon('up')}${texts.earlier}</button>`}${entries(one, texts, this.fmt)}</div></div>
        <p class="talk-typing" role="status">${this.isTyping ? texts.typing : ''}</p>
        ${this.arrived > 0 ? html`<button type="button" class="button small talk-newest" @click=${() => this.#toEnd(false)}>${icon('down')}${texts.arrived(this.fmt.number(this.arrived))}</button>` : nothing}
        ${one.mine && this.can('editor') ? html`<talk-composer conversation=${one.id} @sent=${() => void this.#again().then(() => this.#toEnd(false))}></talk-composer>` : nothing}
      </article>`,
      9,
    )}`;
  }

  #presence(texts: Texts): TemplateResult | typeof nothing {
    if (this.here === null) return nothing;
    return html`<span class="muted">${this.here.length > 0 ? texts.here(this.fmt.list([...this.here])) : texts.nobodyHere}</span>`;
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    const none = empty('conversations', texts.emptyTitle, texts.emptyText);
    return html`<div class="stack talks ${this.#open ? 'has-open' : ''}">
      ${pageHead(texts.title, texts.intro, this.#presence(texts))}
      <div class="talks-panes">
        <section class="card flush talks-listing" aria-label=${texts.list} aria-busy=${this.#list.loading}>
          <div class="talks-filters">${this.#filters(texts)}</div>
          ${this.#list.render(
            (items) => list(items, { open: this.#open, query: this.route.query }, texts, this.fmt),
            none,
          )}
        </section>
        <section class="card flush talks-detail" aria-label=${texts.transcript}>${this.#detail(texts)}</section>
      </div>
    </div>`;
  }
}
customElements.define('page-conversations', ConversationsPage);
