/** `<knowledge-history>`: every change with its author, reason and difference, and the way back. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Content, type KnowledgeOverview, knowledge, type Page, type Revision } from '../../api/knowledge';
import { ask } from '../../parts/ask';
import { filterBar, filterValues } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Pager } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { ago, code, empty, said } from '../../parts/views';
import { go, href } from '../../router';
import { changeList } from './change-list';
import { placeOf } from './review';
import { stateBadge } from './standing';
import { TEXTS, type Texts } from './texts';

const FILTERS = ['kind', 'id', 'author'] as const;

/** The number by which the server knows what the files say. */
const IN_FILE = 0;

class KnowledgeHistory extends ConsoleElement {
  static override properties = { query: { attribute: false }, overview: { attribute: false }, shown: { state: true } };
  declare query: URLSearchParams;
  declare overview: KnowledgeOverview | null;
  /** Differences that are open, by the number of their revision. */
  private declare shown: ReadonlyMap<number, { before: Content | null; after: Content | null }>;
  #key: string | null = null;
  #revisions = new Pager<Revision, Page<Revision>>(
    this,
    async (cursor) => (await knowledge.history({ ...filterValues(this.query, FILTERS), cursor })).data,
  );

  constructor() {
    super();
    Object.assign(this, { query: new URLSearchParams(), overview: null, shown: new Map() });
  }

  protected override willUpdate(): void {
    const key = JSON.stringify(filterValues(this.query, FILTERS));
    if (key === this.#key) return;
    this.#key = key;
    void this.#revisions.load({ fresh: true });
  }

  async #toggle(number: number): Promise<void> {
    const shown = new Map(this.shown);
    if (!shown.delete(number)) {
      try {
        const { before, after } = (await knowledge.revision(number)).data;
        shown.set(number, { before, after });
      } catch (error) {
        toastProblem(error);
        return;
      }
    }
    this.shown = shown;
  }

  async #rollBack({ kind, id, number }: Pick<Revision, 'kind' | 'id' | 'number'>, texts: Texts): Promise<void> {
    const given = await ask({ title: texts.rollBackTitle, text: texts.rollBackText, yes: texts.rollBack, reason: texts.reason });
    if (!given) return;
    try {
      await knowledge.rollBack(kind, id, number, given.reason);
      toast(texts.rolledBack);
      this.dispatchEvent(new CustomEvent('knowledge-changed', { bubbles: true }));
      go(kind === 'pair' ? ['knowledge', 'pair', id] : ['knowledge', 'entry', kind, id]);
    } catch (error) {
      toastProblem(error);
    }
  }

  #one(revision: Revision, texts: Texts): TemplateResult {
    const { number, kind, id, state, author, reviewer, reason, created_at: at, published_at: out } = revision;
    const open = this.shown.get(number);
    const canReturn = this.can('editor') && (state === 'published' || state === 'replaced');
    return html`<li class="history-row">
      <div class="card-head">
        <p class="row"><strong>${texts.revision(this.fmt.number(number))}</strong> ${texts.kindOf[kind] ?? kind} <a href=${placeOf(revision)}>${code(id)}</a> ${stateBadge(state, texts)}</p>
        <div class="row">
          <button type="button" class="button small" aria-expanded=${open !== undefined} @click=${() => void this.#toggle(number)}>${open ? texts.hideDiff : texts.showDiff}</button>
          ${canReturn ? html`<button type="button" class="button small" @click=${() => void this.#rollBack(revision, texts)}>${icon('undo')}${texts.rollBack}</button>` : nothing}
        </div>
      </div>
      <p class="facts">
        <span>${texts.author}: <a href=${href('knowledge/history', { author: author.id })}><bdi>${author.display_name}</bdi></a></span>
        ${reviewer ? html`<span>${texts.reviewer}: <bdi>${reviewer.display_name}</bdi></span>` : nothing}
        <span>${ago(at)}</span>
        ${out ? html`<span>${texts.states.published}: ${this.fmt.dateTime(out)}</span>` : nothing}
      </p>
      ${reason ? html`<p>${said(reason)}</p>` : nothing}
      ${open ? (open.after === null ? html`<p class="wrong">${texts.takesOutNote}</p>` : changeList(open.before, open.after, texts)) : nothing}
    </li>`;
  }

  /** What an entry was before staff changed anything: the way back to it stands under all its revisions. */
  #first(revisions: readonly Revision[], texts: Texts): TemplateResult | typeof nothing {
    const { kind, id } = filterValues(this.query, FILTERS);
    const changed = revisions.some(({ state }) => state === 'published' || state === 'replaced');
    if (!kind || !id || !changed || !this.can('editor')) return nothing;
    return html`<li class="history-row history-first"><div class="card-head"><p><strong>${texts.inFile}</strong> <span class="muted">${texts.inFileHint}</span></p>
      <button type="button" class="button small" @click=${() => void this.#rollBack({ kind, id, number: IN_FILE }, texts)}>${icon('undo')}${texts.rollBack}</button></div></li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const kinds = this.overview?.kinds ?? [];
    return html`<div class="stack">
      <p class="muted">${texts.historyIntro}</p>
      ${filterBar([
        {
          kind: 'select',
          name: 'kind',
          label: texts.kind,
          all: texts.allKinds,
          options: kinds.map((value) => ({ value, label: texts.kinds[value] ?? value })),
        },
        { kind: 'search', name: 'id', label: texts.id },
      ])}
      ${this.query.has('author') ? html`<p><a class="button small" href=${href('knowledge/history')}>${icon('close')}${texts.anyone}</a></p>` : nothing}
      <section class="card flush" aria-label=${texts.sections.history}>${this.#revisions.render(
        (revisions) => html`<ul class="list">${repeat(
          revisions,
          ({ number }) => number,
          (revision) => this.#one(revision, texts),
        )}${this.#first(revisions, texts)}</ul>`,
        empty('history', texts.historyEmpty),
      )}</section>
    </div>`;
  }
}
customElements.define('knowledge-history', KnowledgeHistory);
