/** `<knowledge-editor>`: one entry with its fields, what stands against it, and its way to the patients. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Content, type KnowledgeOverview, knowledge, type Lang, type Source } from '../../api/knowledge';
import { ask } from '../../parts/ask';
import { icon } from '../../parts/icons';
import { ConsoleElement } from '../../parts/page';
import { toast } from '../../parts/toast';
import { code, note, problemView, skeleton } from '../../parts/views';
import { go, href, router } from '../../router';
import { session } from '../../state/session';
import { blank, idOf, isId, isTable, keyField, type Pair, put, readPair, writePair } from './content';
import { Draft } from './draft';
import { entryForm } from './entry-form';
import { pairForm, pairTitle } from './pair-form';
import { conflict, notes, stateBadge, verdict } from './standing';
import { TEXTS, type Texts } from './texts';

/** What fills a new entry, from where it was asked for. */
export interface Seed {
  question: string;
  lang: Lang;
  topic: string;
}

class KnowledgeEditor extends ConsoleElement {
  static override properties = {
    kind: {},
    entry: {},
    seed: { attribute: false },
    overview: { attribute: false },
    sources: { state: true },
    newId: { state: true },
    wrongId: { state: true },
  };
  declare kind: string;
  /** The id of the entry; empty for a new one. */
  declare entry: string;
  declare seed: Seed | null;
  declare overview: KnowledgeOverview | null;
  private declare sources: readonly Source[];
  private declare newId: string;
  private declare wrongId: string;
  #draft = new Draft(this);
  #seedKey = '';
  #release: (() => void) | null = null;
  /** Where the cursor last was in each answer. */
  #cursor: Partial<Record<Lang, number>> = {};

  constructor() {
    super();
    Object.assign(this, { kind: 'pair', entry: '', seed: null, overview: null, sources: [] });
    Object.assign(this, { newId: '', wrongId: '' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release?.();
    this.#release = null;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const seed = JSON.stringify(this.seed);
    // Another question to begin with is another new pair, though nothing else of the address differs.
    const isReseeded = this.entry === '' && seed !== this.#seedKey;
    this.#seedKey = seed;
    if (changed.has('kind') || changed.has('entry') || isReseeded) this.#open();
    this.#guard();
  }

  #open(): void {
    this.newId = '';
    this.wrongId = '';
    if (this.entry) void this.#draft.load(this.kind, this.entry);
    else this.#draft.begin(this.kind, this.#seeded());
    if (this.kind === 'pair' && this.sources.length === 0) void this.#readSources();
  }

  #seeded(): Content {
    const content = blank(this.kind) ?? {};
    const { seed } = this;
    if (this.kind !== 'pair' || !seed) return content;
    const pair = readPair(content);
    pair.topic = seed.topic;
    // What a patient typed is one more way to ask; the clinic words the question itself.
    if (seed.question) pair[seed.lang].variants = [seed.question];
    return writePair(pair, content);
  }

  async #readSources(): Promise<void> {
    try {
      this.sources = (await knowledge.sources()).data.items;
    } catch {
      // Citations then show by their names alone; saving tells what is wrong with them.
    }
  }

  /** Nothing typed is lost by a click on a link. */
  #guard(): void {
    const holds = this.#draft.isChanged && this.#draft.busy !== 'load' && this.can('editor') && (this.entry !== '' || this.#isTouched());
    if (holds && !this.#release) this.#release = router.hold(() => this.#mayLeave());
    if (!holds && this.#release) {
      this.#release();
      this.#release = null;
    }
  }

  #isTouched(): boolean {
    return JSON.stringify(this.#draft.content) !== JSON.stringify(this.#seeded());
  }

  async #mayLeave(): Promise<boolean> {
    const texts = this.#texts;
    const yes = await ask({ title: texts.leaveTitle, text: texts.leaveText, yes: texts.leaveYes, no: texts.stay, danger: true });
    if (yes) this.#release = null;
    return yes !== null;
  }

  get #texts(): Texts {
    return TEXTS[this.lang_];
  }

  get #isOwn(): boolean {
    return this.#draft.entry?.draft?.author.id === session.user?.id;
  }

  /** The id that a new entry gets; empty, with its reason shown, where it cannot be one. */
  #named(): string {
    const texts = this.#texts;
    const id = this.kind === 'pair' ? this.newId.trim() : idOf(this.kind, this.#draft.content);
    const isGood = this.kind === 'pair' ? isId(id) : id !== '';
    this.wrongId = isGood ? '' : texts.idBad;
    if (!isGood) this.querySelector<HTMLElement>(this.kind === 'pair' ? '#new-id' : `#field-${keyField(this.kind)}`)?.focus();
    return isGood ? id : '';
  }

  async #save(thenSubmit: boolean): Promise<void> {
    const draft = this.#draft;
    const isNew = this.entry === '';
    if (isNew) {
      const id = this.#named();
      if (id === '') return;
      draft.id = id;
      if (this.kind === 'pair') draft.content = { ...draft.content, id };
    }
    const worked = thenSubmit ? await draft.submit() : await draft.save();
    if (draft.theirs && isNew) {
      // There is one of this name already.
      draft.theirs = null;
      this.wrongId = this.#texts.idTaken;
      this.requestUpdate();
      return;
    }
    if (!worked) return;
    toast(thenSubmit ? this.#texts.submitted : this.#texts.saved);
    this.#told();
    if (isNew) {
      this.#guard();
      go(this.kind === 'pair' ? ['knowledge', 'pair', draft.id] : ['knowledge', 'entry', this.kind, draft.id], undefined, { replace: true });
    }
  }

  /** Tells the page that counts changed. */
  #told = (): void => {
    this.dispatchEvent(new CustomEvent('knowledge-changed', { bubbles: true }));
  };

  async #do(work: () => Promise<boolean>, done: string): Promise<boolean> {
    const worked = await work();
    if (worked) {
      toast(done);
      this.#told();
    }
    return worked;
  }

  async #giveBack(): Promise<void> {
    const texts = this.#texts;
    const given = await ask({ title: texts.giveBackTitle, text: texts.giveBackText, yes: texts.giveBack, reason: texts.reason });
    if (given) await this.#do(() => this.#draft.giveBack(given.reason), texts.givenBack);
  }

  async #discard(): Promise<void> {
    const texts = this.#texts;
    const given = await ask({ title: texts.discardTitle, text: texts.discardText, yes: texts.discard, danger: true });
    if (!given || !(await this.#do(() => this.#draft.discard(), texts.discarded))) return;
    if (this.#draft.entry?.published) return;
    this.#guard();
    go('knowledge');
  }

  async #withdraw(): Promise<void> {
    const texts = this.#texts;
    const given = await ask({ title: texts.withdrawTitle, text: texts.withdrawText, yes: texts.withdraw, reason: texts.reason, danger: true });
    if (given) await this.#do(() => this.#draft.withdraw(given.reason), texts.withdrawn);
  }

  async #restore(): Promise<void> {
    const texts = this.#texts;
    const given = await ask({ title: texts.restoreTitle, yes: texts.restore, reason: texts.reason });
    if (given) await this.#do(() => this.#draft.restore(given.reason), texts.restored);
  }

  async #takeOut(): Promise<void> {
    const texts = this.#texts;
    const given = await ask({ title: texts.takeOutTitle, text: texts.takeOutText, yes: texts.takeOut, reason: texts.reason, danger: true });
    if (given) await this.#do(() => this.#draft.takeOut(given.reason), texts.saved);
  }

  #insert(lang: Lang, marker: string): void {
    const pair = readPair(this.#draft.content);
    const { answer } = pair[lang];
    const at = this.#cursor[lang] ?? answer.length;
    const space = at > 0 && !/\s/u.test(answer[at - 1] ?? '') ? ' ' : '';
    pair[lang] = { ...pair[lang], answer: `${answer.slice(0, at)}${space}${marker}${answer.slice(at)}` };
    const to = at + space.length + marker.length;
    this.#cursor[lang] = to;
    this.#draft.set(writePairLoosely(pair, this.#draft.content));
    void this.updateComplete.then(() => {
      const field = this.querySelector<HTMLTextAreaElement>(`#answer-${lang}`);
      field?.focus();
      field?.setSelectionRange(to, to);
    });
  }

  #noteCursor = (event: Event): void => {
    const field = event.target as HTMLTextAreaElement;
    if (field.id === 'answer-ar') this.#cursor.ar = field.selectionStart;
    if (field.id === 'answer-fa') this.#cursor.fa = field.selectionStart;
  };

  #form(texts: Texts): TemplateResult {
    const draft = this.#draft;
    const canEdit = this.can('editor');
    if (this.kind === 'pair') {
      const pair = readPair(draft.content);
      return pairForm(
        {
          pair,
          id: this.entry,
          canEdit,
          overview: this.overview,
          sources: this.sources,
          cautions: this.overview?.risks ?? [],
          change: (change: Partial<Pair>) => draft.set(writePairLoosely({ ...pair, ...change }, draft.content)),
          shown: (value) => this.fmt.number(value),
          insert: (lang, marker) => this.#insert(lang, marker),
        },
        texts,
        this.lang_,
      );
    }
    return entryForm(draft.content, {
      canEdit,
      fixed: this.entry ? [keyField(this.kind), ...(this.kind === 'passage' ? ['source'] : [])] : [],
      texts,
      set: (path, value) => {
        const next = put(draft.content, path, value);
        if (isTable(next)) draft.set(next);
      },
    });
  }

  #nameIt = (event: Event): void => {
    this.newId = (event.target as HTMLInputElement).value;
    this.wrongId = '';
  };

  #newIdField(texts: Texts): TemplateResult | typeof nothing {
    if (this.entry) return nothing;
    if (this.kind !== 'pair') return this.wrongId ? note('danger', this.wrongId) : nothing;
    return html`<div class="field knowledge-id">
      <label for="new-id">${texts.id} <small>${texts.idHelp}</small></label>
      <input id="new-id" class="input" dir="ltr" autocomplete="off" spellcheck="false" maxlength="64" .value=${this.newId} aria-invalid=${this.wrongId !== ''} aria-describedby="new-id-wrong"
        @input=${this.#nameIt} />
      <p class="wrong" id="new-id-wrong" role="alert">${this.wrongId}</p>
    </div>`;
  }

  #bar(texts: Texts): TemplateResult {
    const draft = this.#draft;
    const { state, isChanged, busy } = draft;
    const button = (name: string, label: string, solid: boolean, click: () => void, off = false): TemplateResult =>
      html`<button type="button" class="button ${solid ? 'solid' : ''} ${busy === name ? 'busy' : ''}" ?disabled=${off} aria-disabled=${busy !== ''} @click=${click}>${busy === name ? icon('refresh') : nothing}${label}</button>`;
    const hasDraft = draft.entry?.draft != null && ['draft', 'returned', 'in_review', 'approved'].includes(state);
    const canSubmit = isChanged || state === 'draft' || state === 'returned';
    const isReviewer = this.can('reviewer');
    return html`<div class="knowledge-bar" role="region" aria-label=${texts.change}>
      <div class="field grow knowledge-reason">
        <label for="reason">${texts.reason} <small>${texts.reasonHelp}</small></label>
        <input id="reason" class="input" dir="auto" maxlength="500" .value=${draft.reason} @input=${(event: Event) => (draft.reason = (event.target as HTMLInputElement).value)} />
      </div>
      <div class="row end">
        ${isChanged ? html`<span class="muted" role="status">${texts.unsaved}</span>` : nothing}
        ${!hasDraft && !isChanged && draft.entry?.published && blank(this.kind) ? html`<button type="button" class="button quiet danger" @click=${() => void this.#takeOut()}>${texts.takeOut}</button>` : nothing}
        ${hasDraft && !isChanged ? html`<button type="button" class="button quiet danger" @click=${() => void this.#discard()}>${texts.discard}</button>` : nothing}
        ${button('save', texts.save, false, () => void this.#save(false), !isChanged)}
        ${state === 'in_review' && !isChanged ? nothing : button('submit', texts.submit, !(isReviewer && state === 'in_review'), () => void this.#save(true), !canSubmit)}
        ${
          isReviewer && state === 'in_review' && !isChanged
            ? html`<button type="button" class="button" @click=${() => void this.#giveBack()}>${texts.giveBack}</button>
                ${button('approve', texts.approve, true, () => void this.#do(() => draft.approve(), texts.approved), this.#isOwn)}`
            : nothing
        }
      </div>
    </div>`;
  }

  #head(texts: Texts): TemplateResult {
    const draft = this.#draft;
    const isPair = this.kind === 'pair';
    const title = this.entry
      ? isPair
        ? pairTitle(readPair(draft.content))
        : html`<bdi>${this.entry}</bdi>`
      : isPair
        ? texts.newTitle
        : `${texts.newEntry}: ${texts.kindOf[this.kind] ?? this.kind}`;
    const question = readPair(draft.content)[this.lang_ === 'fa' ? 'fa' : 'ar'].question;
    return html`<header class="page-head">
      <div>
        <p><a class="knowledge-up" href=${href(isPair ? 'knowledge' : 'knowledge/words', isPair ? undefined : { kind: this.kind })}>${icon('back')}${texts.back}</a></p>
        <h2 tabindex="-1" class="knowledge-title">${title}</h2>
        <p class="row lead">${draft.isWithdrawn ? stateBadge('withdrawn', texts) : stateBadge(draft.state, texts)} ${this.entry ? (isPair ? code(this.entry) : html`<span>${texts.kindOf[this.kind] ?? this.kind}</span>`) : nothing}
          ${draft.entry?.draft ? html`<span class="small">${texts.draftBy(draft.entry.draft.author.display_name)}</span>` : nothing}</p>
      </div>
      ${
        this.entry
          ? html`<div class="row">
              ${isPair && question ? html`<a class="button" href=${href('try', { q: question, version: draft.entry?.draft ? 'draft' : '' })}>${icon('try')}${texts.tryThis}</a>` : nothing}
              <a class="button" href=${href('knowledge/history', { kind: this.kind, id: this.entry })}>${icon('history')}${texts.seeHistory}</a>
              ${
                isPair && this.can('reviewer') && draft.entry?.published
                  ? draft.isWithdrawn
                    ? html`<button type="button" class="button" @click=${() => void this.#restore()}>${icon('undo')}${texts.restore}</button>`
                    : html`<button type="button" class="button danger" @click=${() => void this.#withdraw()}>${icon('close')}${texts.withdraw}</button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    </header>`;
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    const draft = this.#draft;
    if (this.entry && !draft.entry) {
      return html`<div>${draft.problem ? problemView(draft.problem, () => void draft.load()) : skeleton(9)}</div>`;
    }
    const canEdit = this.can('editor');
    return html`<div class="stack knowledge-editor" @keyup=${this.#noteCursor} @pointerup=${this.#noteCursor} @input=${this.#noteCursor}>
      ${this.#head(texts)}
      ${canEdit ? nothing : note('info', texts.readOnly)}
      ${notes(draft, this.#isOwn, texts)}
      ${conflict(draft, texts, () => this.requestUpdate())}
      ${this.#newIdField(texts)}
      ${this.#form(texts)}
      ${canEdit ? html`${verdict(draft, texts, this.fmt)}${this.#bar(texts)}` : nothing}
    </div>`;
  }
}
customElements.define('knowledge-editor', KnowledgeEditor);

/** As `writePair`, but with what is being typed as it is: a space at the end is the next word's beginning. */
function writePairLoosely(pair: Pair, base: Content): Content {
  const content = writePair(pair, base);
  const side = (lang: Lang): Content => ({ ...(content[lang] as Content), question: pair[lang].question, answer: pair[lang].answer });
  return { ...content, ar: side('ar'), fa: side('fa') };
}
