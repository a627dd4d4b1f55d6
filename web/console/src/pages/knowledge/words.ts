/** `<knowledge-words>`: the lexicon, small talk, what is out of scope, the policy's texts and numbers. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type EntrySummary, type KnowledgeOverview, knowledge, type Page } from '../../api/knowledge';
import { filterBar, filterValues } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Pager } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { code, empty } from '../../parts/views';
import { href } from '../../router';
import { blank } from './content';
import { stateBadge } from './standing';
import { TEXTS, type Texts } from './texts';

/** Kinds in the order in which staff need them; pairs and sources have pages of their own. */
const KINDS = [
  'concept',
  'outside',
  'smalltalk',
  'courtesy',
  'text',
  'disclaimer',
  'emergency_number',
  'emergency_text',
  'decline',
  'sign',
  'topic',
  'source',
  'passage',
] as const;
const FILTERS = ['kind', 'q'] as const;

class KnowledgeWords extends ConsoleElement {
  static override properties = { query: { attribute: false }, overview: { attribute: false } };
  declare query: URLSearchParams;
  declare overview: KnowledgeOverview | null;
  #key: string | null = null;
  #entries = new Pager<EntrySummary, Page<EntrySummary>>(
    this,
    async (cursor, signal) => (await knowledge.entries({ ...this.#wanted(), cursor }, signal)).data,
  );

  constructor() {
    super();
    Object.assign(this, { query: new URLSearchParams(), overview: null });
  }

  #wanted(): Record<string, string> {
    return { kind: 'concept', ...filterValues(this.query, FILTERS) };
  }

  protected override willUpdate(): void {
    const key = JSON.stringify(this.#wanted());
    if (key === this.#key) return;
    this.#key = key;
    void this.#entries.load({ fresh: true });
  }

  #row({ kind, id, title, state }: EntrySummary, texts: Texts): TemplateResult {
    return html`<li class="pair-row">
      <a class="pair-link" href=${href(['knowledge', 'entry', kind, id])}>
        ${title.ar ? html`<span class="pair-question" lang="ar" dir="auto">${title.ar}</span>` : nothing}
        ${title.fa && title.fa !== title.ar ? html`<span class="pair-question" lang="fa" dir="auto">${title.fa}</span>` : nothing}
        ${!title.ar && !title.fa ? html`<span class="pair-question"><bdi>${id}</bdi></span>` : nothing}
      </a>
      <div class="facts">${state === 'published' ? nothing : stateBadge(state, texts)}<span>${code(id)}</span></div>
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const { kind = 'concept' } = this.#wanted();
    const known = this.overview?.kinds ?? [];
    const kinds = KINDS.filter((name) => known.length === 0 || known.includes(name));
    return html`<div class="stack">
      <p class="muted">${texts.wordsIntro}</p>
      <div class="row apart knowledge-tools">
        <div class="grow">${filterBar([
          { kind: 'search', name: 'q', label: texts.wordsSearch },
          {
            kind: 'select',
            name: 'kind',
            label: texts.kind,
            all: null,
            options: kinds.map((name) => ({ value: name === 'concept' ? '' : name, label: texts.kinds[name] ?? name })),
          },
        ])}</div>
        ${this.can('editor') && blank(kind) ? html`<a class="button solid" href=${href(['knowledge', 'entry', kind])}>${icon('plus')}${texts.newEntry}</a>` : nothing}
      </div>
      <section class="card flush" aria-label=${texts.kinds[kind] ?? kind}>${this.#entries.render(
        (entries) => html`<ul class="list">${repeat(
          entries,
          ({ kind: of, id }) => `${of}/${id}`,
          (entry) => this.#row(entry, texts),
        )}</ul>`,
        empty('search', texts.wordsEmpty),
      )}</section>
    </div>`;
  }
}
customElements.define('knowledge-words', KnowledgeWords);
