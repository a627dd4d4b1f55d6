/** `<knowledge-sources>`: the documents behind the answers, passage by passage. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { knowledge, type Passage, type Source } from '../../api/knowledge';
import { filterBar } from '../../parts/filters';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { badge, bilingual, code, empty } from '../../parts/views';
import { href } from '../../router';
import { citeOf, searchPassages } from './citations';
import { TEXTS, type Texts } from './texts';

class KnowledgeSources extends ConsoleElement {
  static override properties = { query: { attribute: false } };
  declare query: URLSearchParams;
  #sources = new Loader<Source[]>(this, async () => (await knowledge.sources()).data.items);

  constructor() {
    super();
    this.query = new URLSearchParams();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#sources.load();
  }

  #passage(source: Source, passage: Passage, texts: Texts): TemplateResult {
    const cite = citeOf(source, passage);
    return html`<li class="source-passage">
      <p class="cite-title">${bilingual(passage.section)} <span class="muted small"><bdi>${passage.locator}</bdi></span></p>
      <p>${bilingual(passage.gist)}</p>
      <p class="facts">
        <a href=${href(['knowledge', 'entry', 'passage', cite])}>${code(cite)}</a>
        ${
          passage.cited_by.length === 0
            ? badge(texts.notCited, 'warn')
            : html`<span>${texts.citedBy(this.fmt.number(passage.cited_by.length))}</span>${passage.cited_by.map((id) => html`<a href=${href(['knowledge', 'pair', id])}>${code(id)}</a>`)}`
        }
      </p>
    </li>`;
  }

  #source(source: Source, passages: readonly Passage[], isOpen: boolean, texts: Texts): TemplateResult {
    return html`<li class="card flush">
      <details class="source" ?open=${isOpen}>
        <summary><span class="grow"><strong>${bilingual(source.title)}</strong></span> ${badge(texts.languages[source.lang] ?? source.lang)} <span class="muted number">${texts.passages(this.fmt.number(passages.length))}</span></summary>
        <p class="source-edit"><a class="button quiet small" href=${href(['knowledge', 'entry', 'source', source.id])}>${icon('edit')}${texts.sourceEdit}</a> ${code(source.id)}</p>
        <ul class="list">${repeat(
          passages,
          ({ id }) => id,
          (passage) => this.#passage(source, passage, texts),
        )}</ul>
      </details>
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const words = this.query.get('q') ?? '';
    return html`<div class="stack">
      <p class="muted">${texts.sourcesIntro}</p>
      ${filterBar([{ kind: 'search', name: 'q', label: texts.sourceSearch }])}
      ${this.#sources.render((sources) => {
        const found = searchPassages(sources, words);
        const shown = sources
          .map((source) => ({ source, passages: found.filter((one) => one.source === source).map((one) => one.passage) }))
          .filter(({ passages }) => passages.length > 0);
        if (shown.length === 0) return html`<section class="card">${empty('search', texts.wordsEmpty)}</section>`;
        return html`<ul class="stack">${shown.map(({ source, passages }) => this.#source(source, passages, words !== '', texts))}</ul>`;
      })}
    </div>`;
  }
}
customElements.define('knowledge-sources', KnowledgeSources);
