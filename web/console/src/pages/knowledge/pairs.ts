/** `<knowledge-pairs>`: the list of questions and answers. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type KnowledgeOverview, knowledge, type Page, type PairSummary } from '../../api/knowledge';
import { filterBar, filterValues } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Pager } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { badge, code, empty, note } from '../../parts/views';
import { href } from '../../router';
import { stateBadge } from './standing';
import { TEXTS, type Texts } from './texts';

const FILTERS = ['q', 'topic', 'state', 'review_due'] as const;
const STATES = ['published', 'draft', 'in_review', 'approved', 'withdrawn'] as const;

class KnowledgePairs extends ConsoleElement {
  static override properties = { query: { attribute: false }, overview: { attribute: false } };
  declare query: URLSearchParams;
  declare overview: KnowledgeOverview | null;
  #key: string | null = null;
  #pairs = new Pager<PairSummary, Page<PairSummary>>(
    this,
    async (cursor, signal) => (await knowledge.pairs({ ...filterValues(this.query, FILTERS), cursor }, signal)).data,
  );

  constructor() {
    super();
    Object.assign(this, { query: new URLSearchParams(), overview: null });
  }

  protected override willUpdate(): void {
    const key = JSON.stringify(filterValues(this.query, FILTERS));
    if (key === this.#key) return;
    this.#key = key;
    void this.#pairs.load({ fresh: true });
  }

  /** Reads the list again, as after a publication. */
  reload(): void {
    void this.#pairs.load();
  }

  #row(pair: PairSummary, texts: Texts, today: string): TemplateResult {
    const isDue = pair.review_by !== '' && pair.review_by <= today;
    return html`<li class="pair-row">
      <a class="pair-link" href=${href(['knowledge', 'pair', pair.id])}>
        <span class="pair-question" lang="ar" dir="auto">${pair.question.ar || '—'}</span>
        <span class="pair-question" lang="fa" dir="auto">${pair.question.fa || '—'}</span>
      </a>
      <div class="facts">
        ${stateBadge(pair.state, texts)}
        ${pair.parity === 'ok' ? nothing : badge(texts.parity[pair.parity] ?? pair.parity, 'warn', 'alert')}
        ${isDue ? badge(texts.overdue, 'warn', 'clock') : nothing}
        ${pair.risk.map((risk) => badge(html`<bdi>${risk}</bdi>`))}
        <span>${code(pair.id)}</span>
        <span>${texts.variantsOf(this.fmt.number(pair.variants.ar), this.fmt.number(pair.variants.fa))}</span>
        <span>${texts.citesOf(this.fmt.number(pair.cites))}</span>
        ${pair.review_by && !isDue ? html`<span>${texts.reviewBy} ${this.fmt.date(pair.review_by)}</span>` : nothing}
      </div>
    </li>`;
  }

  #conflicts(texts: Texts): TemplateResult | typeof nothing {
    const found = this.overview?.conflicts ?? [];
    if (found.length === 0) return nothing;
    const link = ({ kind, id }: { kind: string; id: string }): TemplateResult =>
      html`<a href=${href(kind === 'pair' ? ['knowledge', 'pair', id] : ['knowledge', 'entry', kind, id])}>${code(id)}</a> `;
    return note('warn', html`<strong>${texts.conflictsTitle}</strong> ${texts.conflictsText} ${found.map(link)}`);
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const topics = (this.overview?.topics ?? []).map(({ id, title, pairs }) => ({
      value: id,
      label: `${this.lang_ === 'fa' ? title.fa : title.ar} (${this.fmt.number(pairs)})`,
    }));
    const today = new Date().toISOString().slice(0, 10);
    return html`<div class="stack">
      ${this.#conflicts(texts)}
      <div class="row apart knowledge-tools">
        <div class="grow">${filterBar([
          { kind: 'search', name: 'q', label: texts.search },
          { kind: 'select', name: 'topic', label: texts.topic, all: texts.allTopics, options: topics },
          {
            kind: 'select',
            name: 'state',
            label: texts.state,
            all: texts.allStates,
            options: STATES.map((value) => ({ value, label: texts.states[value] ?? value })),
          },
          { kind: 'check', name: 'review_due', label: texts.reviewDue },
        ])}</div>
        ${this.can('editor') ? html`<a class="button solid" href=${href('knowledge/new', { topic: this.query.get('topic') ?? '' })}>${icon('plus')}${texts.newPair}</a>` : nothing}
      </div>
      <section class="card flush" aria-label=${texts.list}>${this.#pairs.render(
        (pairs) => html`<ul class="list">${repeat(
          pairs,
          ({ id }) => id,
          (pair) => this.#row(pair, texts, today),
        )}</ul>`,
        empty('search', texts.emptyTitle, texts.emptyText),
      )}</section>
    </div>`;
  }
}
customElements.define('knowledge-pairs', KnowledgePairs);

