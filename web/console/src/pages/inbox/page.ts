/** The inbox: groups of messages at one side, the open one at the other. */
import { html, nothing, type TemplateResult } from 'lit';
import { events } from '../../api/events';
import { type Counts, type Group, type GroupDetail, type GroupPage, inbox, KINDS, type Kind, type State } from '../../api/inbox';
import { filterValues } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Loader, Pager } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { empty, pageHead } from '../../parts/views';
import { go, type Route } from '../../router';
import { session } from '../../state/session';
import { Asking } from './asking';
import { bulkBar, filters, tabs } from './bars';
import { detail } from './detail';
import './inbox.css';
import { type Action, action, isLetter, moved } from './keys';
import { shortcuts } from './shortcuts';
import { list } from './list';
import { TEXTS, type Texts } from './texts';

const FILTERS = ['state', 'lang', 'q', 'sort'] as const;
/** News come in bursts; one reading serves them all. */
const GATHER_MS = 400;

class InboxPage extends ConsolePage {
  static override properties = {
    ...ConsolePage.properties,
    selected: { state: true },
    at: { state: true },
    hasNews: { state: true },
  };
  private declare selected: ReadonlySet<number>;
  private declare at: number | null;
  private declare hasNews: boolean;
  #counts: Counts = {};
  #key = '';
  #off: (() => void)[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #asking = new Asking(this, () => this.#refresh());

  #groups = new Pager<Group, GroupPage>(this, async (cursor, signal) => {
    const { data } = await inbox.list({ ...this.#query(), cursor }, signal);
    this.#counts = data.counts;
    return data;
  });
  #group = new Loader<GroupDetail>(
    this,
    async (signal) => (await inbox.group(this.#open ?? '', undefined, signal)).data,
  );

  constructor() {
    super();
    this.selected = new Set();
    this.at = null;
    this.hasNews = false;
  }

  get #texts(): Texts {
    return TEXTS[this.lang_];
  }

  get #kind(): Kind {
    return KINDS.find((kind) => kind === this.route.query.get('kind')) ?? 'unanswered';
  }

  get #open(): string | undefined {
    return this.route.path[0];
  }

  #query(): Record<string, string> {
    const { state, ...rest } = filterValues(this.route.query, FILTERS);
    // What is done lies behind; `any` brings it back.
    return { kind: this.#kind, ...rest, ...(state === 'any' ? {} : { state: state ?? 'new' }) };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#pressed);
    const news = (): void => {
      clearTimeout(this.#gather);
      this.#gather = setTimeout(() => this.#refresh(), GATHER_MS);
    };
    this.#off = [events.on('inbox', news), events.on('line', news)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#pressed);
    clearTimeout(this.#gather);
    for (const off of this.#off) off();
  }

  protected override routeChanged(_route: Route, before: Route | undefined): void {
    const key = JSON.stringify(this.#query());
    if (key !== this.#key) {
      this.#key = key;
      this.selected = new Set();
      this.at = null;
      void this.#groups.load({ fresh: true });
    }
    if (this.#open && (this.#open !== before?.path[0] || !this.#group.value)) {
      this.at = Number(this.#open);
      void this.#group.load({ fresh: true }).then(() => this.#focusGroup());
    }
  }

  #focusGroup(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#group-title')?.focus());
  }

  /** Reads the list again; not beneath someone who selects or has paged on. */
  #refresh(): void {
    if (this.selected.size > 0 || this.#groups.items.length > (this.#groups.first?.items.length ?? 0)) {
      this.hasNews = true;
      return;
    }
    this.hasNews = false;
    void this.#groups.load();
    if (this.#open) void this.#group.load();
  }

  async #change(ids: number[], change: { state?: State; assignee?: string | null; note?: string }): Promise<void> {
    if (ids.length === 0) return;
    try {
      const { data } = await inbox.change(ids, change);
      toast(ids.length === 1 ? this.#texts.saved : this.#texts.changed(this.fmt.number(ids.length)));
      this.selected = new Set();
      this.#counts = data.counts;
      const changed = new Map(data.items.map((group) => [group.id, group]));
      this.#goOn(ids);
      // Beyond the first part nothing is read again by itself, but what was done is seen at once.
      this.#groups.items = this.#groups.items.map((group) => changed.get(group.id) ?? group);
      this.#refresh();
    } catch (error) {
      toastProblem(error);
    }
  }

  /** Leaves the keyboard where it was: at what comes after the groups that were changed. */
  #goOn(ids: readonly number[]): void {
    const { items } = this.#groups;
    if (this.at === null || !ids.includes(this.at) || this.#open) return;
    const place = items.findIndex(({ id }) => id === this.at);
    const next = items.slice(place).find(({ id }) => !ids.includes(id)) ?? items.slice(0, place).findLast(({ id }) => !ids.includes(id));
    this.at = next?.id ?? null;
    if (next) this.#focusRow(next.id);
  }

  #focusRow(id: number): void {
    void this.updateComplete.then(() => {
      const row = this.querySelector<HTMLElement>(`[data-id="${id}"] .inbox-link`);
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    });
  }

  async #older(group: GroupDetail): Promise<void> {
    try {
      const { data } = await inbox.group(String(group.id), group.next ?? undefined);
      if (this.#group.value?.id === group.id) this.#group.set({ ...data, messages: [...group.messages, ...data.messages] });
    } catch (error) {
      toastProblem(error);
    }
  }

  /** The groups that an action is for: those selected, else the one at hand. */
  #meant(): number[] {
    if (this.selected.size > 0) return [...this.selected];
    const id = this.#open ? Number(this.#open) : this.at;
    return id === null ? [] : [id];
  }

  #pressed = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    const isTyping =
      target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
    if (isTyping || event.defaultPrevented || document.querySelector('wa-dialog')) return;
    const wanted = action(event);
    if (wanted === null || (isLetter(event) && !shortcuts.areOn)) return;
    // A link or a button does with Enter what it always does.
    if (wanted === 'open' && target instanceof HTMLElement && target.matches('a, button, summary')) return;
    if (this.#act(wanted)) event.preventDefault();
  };

  /** Does what a key asks for; `false` where it means nothing now. */
  #act(wanted: Action): boolean {
    const { items } = this.#groups;
    const place = items.findIndex(({ id }) => id === this.at);
    const move = (step: 1 | -1): boolean => {
      const group = items[moved(place, step, items.length)];
      if (!group) return false;
      this.at = group.id;
      if (this.#open) go(['inbox', String(group.id)], this.route.query, { replace: true });
      this.#focusRow(group.id);
      return true;
    };
    const set = (state: State): boolean => {
      if (!this.can('editor')) return false;
      void this.#change(this.#meant(), { state });
      return true;
    };
    const onGroup = (open: (group: Group) => void): boolean => {
      const group = this.#group.value;
      if (!group || !this.#open || !this.can('editor')) return false;
      open(group);
      return true;
    };
    switch (wanted) {
      case 'next':
        return move(1);
      case 'previous':
        return move(-1);
      case 'open':
        if (this.at !== null) go(['inbox', String(this.at)], this.route.query);
        return this.at !== null;
      case 'select':
        if (this.at !== null) this.#select(this.at);
        return this.at !== null;
      case 'take':
        if (!this.can('editor')) return false;
        void this.#change(this.#meant(), { assignee: this.#me, state: 'in_work' });
        return true;
      case 'work':
        return set('in_work');
      case 'done':
        return set('done');
      case 'ignore':
        return set('ignored');
      case 'fresh':
        return set('new');
      case 'attach':
        return onGroup(() => this.#asking.show({ kind: 'attach', pair: '' }));
      case 'pair':
        return onGroup(({ sample, lang }) => go(['knowledge', 'new'], { question: sample, lang }));
      case 'outside':
        return onGroup(() => void this.#asking.showOutside());
      case 'missed':
        return onGroup(() => this.#asking.show({ kind: 'missed' }));
      case 'search':
        this.querySelector<HTMLElement>('#filter-q')?.focus();
        return true;
      case 'help':
        this.#asking.show({ kind: 'keys' });
        return true;
      case 'back':
        if (this.selected.size > 0) this.selected = new Set();
        else if (this.#open) go('inbox', this.route.query);
        else return false;
        return true;
    }
  }

  #select(id: number): void {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  get #me(): string {
    return session.user?.id ?? '';
  }

  #none(texts: Texts): TemplateResult {
    const isNarrow = ['lang', 'q', 'state'].some((name) => this.route.query.has(name));
    return isNarrow ? empty('search', texts.emptyFilteredTitle, texts.emptyFilteredText) : empty('check', texts.emptyTitle, texts.emptyText);
  }

  #detail(texts: Texts): TemplateResult {
    if (!this.#open) return html`<div class="inbox-pick">${empty('inbox', texts.pick)}</div>`;
    return html`${this.#group.render((group) =>
      detail(group, texts, this.fmt, {
        canEdit: this.can('editor'),
        me: this.#me,
        query: this.route.query,
        setState: (state) => void this.#change([group.id], { state }),
        take: () => void this.#change([group.id], { assignee: this.#me, state: 'in_work' }),
        giveUp: () => void this.#change([group.id], { assignee: null }),
        saveNote: (note) => void this.#change([group.id], { note }),
        attach: (pair) => this.#asking.show({ kind: 'attach', pair }),
        outside: () => void this.#asking.showOutside(),
        missed: () => this.#asking.show({ kind: 'missed' }),
        more: group.next === null ? null : () => void this.#older(group),
      }),
    )}`;
  }

  #showNews = (): void => {
    this.selected = new Set();
    this.hasNews = false;
    void this.#groups.load();
  };

  protected override render(): TemplateResult {
    const texts = this.#texts;
    const keys = html`<button type="button" class="button quiet inbox-shortcuts" @click=${() => this.#asking.show({ kind: 'keys' })}>${icon('keyboard')}${texts.keys}<kbd aria-hidden="true">?</kbd></button>`;
    return html`<div class="stack inbox ${this.#open ? 'has-open' : ''}">
      ${pageHead(texts.title, texts.intro, keys)}
      ${tabs(this.#kind, this.#counts, this.route.query, texts, this.fmt)}
      <div class="inbox-filters">${filters(this.#kind, this.#counts, texts, this.fmt)}</div>
      <div class="inbox-panes">
        <section class="card flush inbox-listing" aria-label=${texts.list} aria-busy=${this.#groups.loading}>
          ${
            this.can('editor') && this.#groups.items.length > 0
              ? bulkBar(this.#groups.items, this.selected, texts, this.fmt, {
                  select: (ids) => (this.selected = new Set(ids)),
                  take: () => void this.#change([...this.selected], { assignee: this.#me, state: 'in_work' }),
                  set: (state) => void this.#change([...this.selected], { state }),
                })
              : nothing
          }
          ${
            this.hasNews
              ? html`<div class="note info inbox-news" role="status"><span class="grow">${texts.updated}</span><button type="button" class="button quiet small" @click=${this.#showNews}>${texts.showNew}</button></div>`
              : nothing
          }
          ${this.#groups.render(
            (groups) =>
              list(
                {
                  groups,
                  selected: this.selected,
                  open: this.#open,
                  at: this.at,
                  query: this.route.query,
                  select: (id) => this.#select(id),
                },
                texts,
                this.fmt,
              ),
            this.#none(texts),
          )}
        </section>
        <section class="card inbox-detail" aria-label=${texts.samples}>${this.#detail(texts)}</section>
      </div>
      ${this.#asking.render(this.#group.value, texts)}
    </div>`;
  }
}
customElements.define('page-inbox', InboxPage);
