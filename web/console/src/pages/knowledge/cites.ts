/** `<cites-editor>`: the passages behind an answer, in the order of their numbers. Comes out as `change` with `value`. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Lang, Source } from '../../api/knowledge';
import { icon } from '../../parts/icons';
import { ConsoleElement } from '../../parts/page';
import { badge, bilingual, code } from '../../parts/views';
import { citeOf, findCite, type Found, searchPassages } from './citations';
import { moved } from './content';
import { TEXTS } from './texts';

/** The most passages that a search lists; more words narrow it down. */
const LISTED = 40;

class CitesEditor extends ConsoleElement {
  static override properties = {
    value: { attribute: false },
    sources: { attribute: false },
    disabled: { type: Boolean },
    picking: { state: true },
    wanted: { state: true },
  };
  declare value: readonly string[];
  declare sources: readonly Source[];
  declare disabled: boolean;
  private declare picking: boolean;
  private declare wanted: string;

  constructor() {
    super();
    Object.assign(this, { value: [], sources: [], disabled: false, picking: false, wanted: '' });
  }

  #set(value: readonly string[]): void {
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #insert(lang: Lang, at: number): void {
    this.dispatchEvent(new CustomEvent('cite-insert', { detail: { lang, marker: `[${at + 1}]` }, bubbles: true }));
  }

  #row(cite: string, at: number): TemplateResult {
    const texts = TEXTS[this.lang_];
    const found = findCite(this.sources, cite);
    const marker = `[${this.fmt.number(at + 1)}]`;
    const move = (step: 1 | -1) => () => this.#set(moved(this.value, at, step));
    const insert = (lang: Lang): TemplateResult => {
      const label = texts.citeInsert(marker, texts.languages[lang] ?? lang);
      return html`<button type="button" class="button small" title=${label} aria-label=${label} @click=${() => this.#insert(lang, at)}>${icon('plus')}${texts.languages[lang]}</button>`;
    };
    return html`<li class="cite-row">
      <span class="cite-number number">${this.fmt.number(at + 1)}</span>
      <div class="grow">
        ${
          found
            ? html`<p class="cite-title">${bilingual(found.source.title)} · ${bilingual(found.passage.section)} ${badge(texts.languages[found.source.lang] ?? found.source.lang)}</p>
                <p>${bilingual(found.passage.gist)}</p>`
            : this.sources.length > 0
              ? html`<p class="wrong">${texts.citeMissing}</p>`
              : nothing
        }
        <p class="hint">${code(cite)}</p>
      </div>
      ${
        this.disabled
          ? nothing
          : html`<div class="row cite-tools">
              ${insert('ar')}${insert('fa')}
              <button type="button" class="button quiet small square" aria-label=${texts.citeUp(marker)} ?disabled=${at === 0} @click=${move(-1)}>${icon('up')}</button>
              <button type="button" class="button quiet small square" aria-label=${texts.citeDown(marker)} ?disabled=${at === this.value.length - 1} @click=${move(1)}>${icon('down')}</button>
              <button type="button" class="button quiet small square danger" aria-label=${texts.citeRemove(marker)} @click=${() => this.#set(this.value.toSpliced(at, 1))}>${icon('close')}</button>
            </div>`
      }
    </li>`;
  }

  #choice({ source, passage }: Found): TemplateResult {
    const texts = TEXTS[this.lang_];
    const cite = citeOf(source, passage);
    const isUsed = this.value.includes(cite);
    return html`<li class="cite-choice">
      <button type="button" class="cite-pick" ?disabled=${isUsed} @click=${() => {
        this.#set([...this.value, cite]);
        const dialog = this.querySelector('wa-dialog');
        if (dialog) dialog.open = false;
      }}>
        <span class="cite-title">${bilingual(source.title)} · ${bilingual(passage.section)} ${badge(texts.languages[source.lang] ?? source.lang)} ${isUsed ? badge(texts.citeUsed, 'accent') : nothing}</span>
        <span>${bilingual(passage.gist)}</span>
        <span class="hint">${code(cite)} · <bdi>${passage.locator}</bdi></span>
      </button>
    </li>`;
  }

  #dialog(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const found = searchPassages(this.sources, this.wanted);
    return html`<wa-dialog class="cite-dialog" label=${texts.citePick} open @wa-after-hide=${(event: Event) => {
      if (event.target === event.currentTarget) this.picking = false;
    }}>
      <div class="stack tight">
        <div class="field"><label for="cite-search">${texts.citeSearch}</label>
          <div class="with-icon">${icon('search')}<input id="cite-search" class="input" type="search" dir="auto" autofocus autocomplete="off" .value=${this.wanted} @change=${(event: Event) => event.stopPropagation()} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)} /></div>
        </div>
        <p class="hint" role="status">${texts.total(this.fmt.number(found.length))}</p>
        <ul class="list cite-choices">${repeat(
          found.slice(0, LISTED),
          ({ source, passage }) => citeOf(source, passage),
          (one) => this.#choice(one),
        )}</ul>
      </div>
    </wa-dialog>`;
  }

  #pick = (): void => {
    this.wanted = '';
    this.picking = true;
  };

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    return html`<fieldset class="stack tight">
      <legend class="label">${texts.cites}</legend>
      <p class="hint">${this.value.length === 0 ? texts.citeNone : texts.citesHelp}</p>
      <ol class="list">${repeat(
        this.value,
        (cite) => cite,
        (cite, at) => this.#row(cite, at),
      )}</ol>
      ${this.disabled ? nothing : html`<div><button type="button" class="button" @click=${this.#pick}>${icon('plus')}${texts.citeAdd}</button></div>`}
      ${this.picking ? this.#dialog() : nothing}
    </fieldset>`;
  }
}
customElements.define('cites-editor', CitesEditor);
