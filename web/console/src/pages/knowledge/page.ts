/** Knowledge: what the assistant answers from, and the way of a change to the patients. */
import { html, nothing, type TemplateResult } from 'lit';
import { events } from '../../api/events';
import { type KnowledgeOverview, knowledge, type Lang } from '../../api/knowledge';
import { Loader } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { empty, pageHead } from '../../parts/views';
import { href, type Route } from '../../router';
import './editor';
import type { Seed } from './editor';
import './history';
import './knowledge.css';
import './pairs';
import './publish';
import './questions';
import './review';
import './sources';
import { TEXTS, type Texts } from './texts';
import './words';

const SECTIONS = ['pairs', 'words', 'review', 'publish', 'sources', 'questions', 'history'] as const;
type Section = (typeof SECTIONS)[number];

class KnowledgePage extends ConsolePage {
  #overview = new Loader<KnowledgeOverview>(this, async () => (await knowledge.overview()).data);
  #off: (() => void)[] = [];
  /** A new entry is filled once, from the address that it was opened with. */
  #seed: Seed | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#overview.load();
    const news = (): void => {
      void this.#overview.load();
      for (const list of this.querySelectorAll<HTMLElement & { reload?: () => void }>('knowledge-pairs, knowledge-review, knowledge-publish')) {
        list.reload?.();
      }
    };
    this.#off = [events.on('knowledge', news)];
    this.addEventListener('knowledge-changed', () => void this.#overview.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#off) off();
  }

  protected override routeChanged({ path, query }: Route): void {
    if (path[0] !== 'new') return;
    const lang: Lang = query.get('lang') === 'fa' ? 'fa' : 'ar';
    this.#seed = { question: query.get('question') ?? '', lang, topic: query.get('topic') ?? '' };
  }

  get #section(): Section {
    const first = this.route.path[0] ?? 'pairs';
    if (first === 'entry') return 'words';
    return SECTIONS.find((name) => name === first) ?? 'pairs';
  }

  #nav(texts: Texts): TemplateResult {
    const open = this.#overview.value?.open;
    const count: Partial<Record<Section, number>> = { review: open?.in_review ?? 0, publish: open?.approved ?? 0 };
    return html`<nav class="tabs" aria-label=${texts.title}>${SECTIONS.map((name) => {
      const waiting = count[name] ?? 0;
      return html`<a href=${href(name === 'pairs' ? 'knowledge' : ['knowledge', name])} aria-current=${name === this.#section ? 'page' : nothing}>${texts.sections[name]}${waiting > 0 ? html`<span class="badge accent number">${this.fmt.number(waiting)}</span>` : nothing}</a>`;
    })}</nav>`;
  }

  #view(): TemplateResult {
    const { path, query } = this.route;
    const overview = this.#overview.value;
    switch (path[0]) {
      case undefined:
        return html`<knowledge-pairs .query=${query} .overview=${overview}></knowledge-pairs>`;
      case 'new':
        return html`<knowledge-editor kind="pair" entry="" .seed=${this.#seed} .overview=${overview}></knowledge-editor>`;
      case 'pair':
        return html`<knowledge-editor kind="pair" entry=${path[1] ?? ''} .overview=${overview}></knowledge-editor>`;
      case 'entry':
        return html`<knowledge-editor kind=${path[1] ?? 'concept'} entry=${path[2] ?? ''} .overview=${overview}></knowledge-editor>`;
      case 'words':
        return html`<knowledge-words .query=${query} .overview=${overview}></knowledge-words>`;
      case 'review':
        return html`<knowledge-review></knowledge-review>`;
      case 'publish':
        return html`<knowledge-publish .overview=${overview}></knowledge-publish>`;
      case 'sources':
        return html`<knowledge-sources .query=${query}></knowledge-sources>`;
      case 'questions':
        return html`<knowledge-questions .query=${query} .overview=${overview}></knowledge-questions>`;
      case 'history':
        return html`<knowledge-history .query=${query} .overview=${overview}></knowledge-history>`;
      default:
        return html`${empty('search', this.t.state.notFound, this.t.state.notFoundText)}`;
    }
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    return html`<div class="stack knowledge">
      ${pageHead(texts.title)}
      ${this.#nav(texts)}
      ${this.#view()}
    </div>`;
  }
}
customElements.define('page-knowledge', KnowledgePage);
