/** `<knowledge-review>`: drafts that wait for someone else's eyes, with what they change. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Content, knowledge, type Revision } from '../../api/knowledge';
import { ask } from '../../parts/ask';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { ago, code, empty, said } from '../../parts/views';
import { href } from '../../router';
import { session } from '../../state/session';
import { changeList } from './change-list';
import { stateBadge } from './standing';
import { TEXTS, type Texts } from './texts';

interface Waiting {
  revision: Revision;
  before: Content | null;
  after: Content | null;
}

/** Everything that is open, with the contents before and after. */
export async function openRevisions(states: readonly string[]): Promise<Waiting[]> {
  const pages = await Promise.all(states.map((state) => knowledge.history({ state, limit: 200 })));
  const open = pages.flatMap(({ data }) => data.items);
  return Promise.all(
    open.map(async ({ number }) => {
      const { revision, before, after } = (await knowledge.revision(number)).data;
      return { revision, before, after };
    }),
  );
}

export const placeOf = ({ kind, id }: { kind: string; id: string }): string =>
  href(kind === 'pair' ? ['knowledge', 'pair', id] : ['knowledge', 'entry', kind, id]);

class KnowledgeReview extends ConsoleElement {
  static override properties = { working: { state: true } };
  /** The number of the revision that is being decided on; 0 for none. */
  private declare working: number;
  #open = new Loader<Waiting[]>(this, () => openRevisions(['in_review', 'returned', 'draft']));

  constructor() {
    super();
    this.working = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open.load();
  }

  /** Reads the list again. */
  reload(): void {
    void this.#open.load();
  }

  async #decide(revision: Revision, work: () => Promise<unknown>, done: string): Promise<void> {
    this.working = revision.number;
    try {
      await work();
      toast(done);
      this.dispatchEvent(new CustomEvent('knowledge-changed', { bubbles: true }));
    } catch (error) {
      toastProblem(error);
    }
    this.working = 0;
    void this.#open.load();
  }

  async #giveBack(revision: Revision, texts: Texts): Promise<void> {
    const given = await ask({ title: texts.giveBackTitle, text: texts.giveBackText, yes: texts.giveBack, reason: texts.reason });
    if (!given) return;
    await this.#decide(revision, () => knowledge.giveBack(revision.kind, revision.id, given.reason), texts.givenBack);
  }

  #one({ revision, before, after }: Waiting, texts: Texts): TemplateResult {
    const { kind, id, author, reason, created_at: at, number, state } = revision;
    const isOwn = author.id === session.user?.id;
    const isBusy = this.working === number;
    const decide =
      this.can('reviewer') && state === 'in_review'
        ? html`<div class="row end">
            ${isOwn ? html`<span class="hint">${texts.ownDraft}</span>` : nothing}
            <button type="button" class="button" aria-disabled=${isBusy} @click=${() => void this.#giveBack(revision, texts)}>${texts.giveBack}</button>
            <button type="button" class="button solid ${isBusy ? 'busy' : ''}" ?disabled=${isOwn} aria-disabled=${isBusy} @click=${() => void this.#decide(revision, () => knowledge.approve(kind, id), texts.approved)}>${icon('check')}${texts.approve}</button>
          </div>`
        : nothing;
    return html`<li class="card stack">
      <div class="card-head">
        <h2 class="row review-title">${texts.kindOf[kind] ?? kind} <a href=${placeOf(revision)}>${code(id)}</a> ${stateBadge(state, texts)}</h2>
        <p class="muted"><bdi>${author.display_name}</bdi> · ${ago(at)}</p>
      </div>
      ${revision.note ? html`<p>${texts.returnedNote(revision.note)}</p>` : nothing}
      ${reason ? html`<p>${texts.reason}: ${said(reason)}</p>` : nothing}
      ${after === null ? html`<p class="wrong">${texts.takesOutNote}</p>` : changeList(before, after, texts)}
      ${decide}
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    return html`<div class="stack">
      <p class="muted">${texts.reviewIntro}</p>
      ${this.#open.render((all) => {
        const waiting = all.filter(({ revision }) => revision.state === 'in_review');
        const others = all.filter(({ revision }) => revision.state !== 'in_review');
        const list = (some: readonly Waiting[]): TemplateResult => html`<ul class="stack">${repeat(
          some,
          ({ revision }) => revision.number,
          (one) => this.#one(one, texts),
        )}</ul>`;
        return html`${waiting.length === 0 ? html`<section class="card">${empty('check', texts.reviewEmptyTitle, texts.reviewEmptyText)}</section>` : list(waiting)}
          ${others.length > 0 ? html`<h2>${texts.openDrafts}</h2>${list(others)}` : nothing}`;
      })}
    </div>`;
  }
}
customElements.define('knowledge-review', KnowledgeReview);
