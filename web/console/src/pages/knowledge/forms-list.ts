/** `<forms-list>`: many ways to say something, one a line. Comes out as `change` with `value`. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../parts/icons';
import { nextId } from '../../parts/ids';
import { ConsoleElement } from '../../parts/page';
import { fold } from './content';
import { TEXTS } from './texts';

/** As many as are seen at a glance; the others come when asked for. */
const SHOWN = 8;

class FormsList extends ConsoleElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    hint: {},
    language: {},
    disabled: { type: Boolean },
    all: { state: true },
    wanted: { state: true },
  };
  declare value: readonly string[];
  declare label: string;
  declare hint: string;
  /** The language that the forms are written in. */
  declare language: string;
  declare disabled: boolean;
  private declare all: boolean;
  private declare wanted: string;
  readonly #id = nextId('forms');

  constructor() {
    super();
    Object.assign(this, { value: [], label: '', hint: '', language: '', disabled: false, all: false, wanted: '' });
  }

  #set(value: readonly string[]): void {
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #add(field: HTMLTextAreaElement): void {
    const lines = field.value.split('\n').map((line) => line.trim());
    const fresh = lines.filter((line, at) => line !== '' && !this.value.includes(line) && lines.indexOf(line) === at);
    field.value = '';
    if (fresh.length > 0) this.#set([...fresh, ...this.value]);
    field.focus();
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#add(event.currentTarget as HTMLTextAreaElement);
  };

  #row(form: string, at: number, label: string): TemplateResult {
    const changed = (event: Event): void => {
      // The list tells of itself.
      event.stopPropagation();
      const words = (event.currentTarget as HTMLInputElement).value.trim();
      this.#set(words === '' ? this.value.toSpliced(at, 1) : this.value.with(at, words));
    };
    return html`<li class="forms-row">
      <input class="input" dir="auto" lang=${this.language || nothing} aria-label="${this.label} ${this.fmt.number(at + 1)}" .value=${form} ?readonly=${this.disabled} @change=${changed} />
      ${this.disabled ? nothing : html`<button type="button" class="button quiet square" aria-label=${label} @click=${() => this.#set(this.value.toSpliced(at, 1))}>${icon('close')}</button>`}
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const rows = this.value.map((form, at) => ({ form, at }));
    const add = this.language ? texts.variantAdd : texts.addItem;
    const words = fold(this.wanted);
    const found = words === '' ? rows : rows.filter(({ form }) => fold(form).includes(words));
    const shown = this.all || words !== '' ? found : found.slice(0, SHOWN);
    return html`<fieldset class="forms stack tight">
      <legend class="label">${this.label} <small class="number">(${this.fmt.number(this.value.length)})</small></legend>
      ${this.hint ? html`<p class="hint" id="${this.#id}-hint">${this.hint}</p>` : nothing}
      ${
        this.disabled
          ? nothing
          : html`<div class="beside">
              <textarea rows="1" class="input" id=${this.#id} dir="auto" lang=${this.language || nothing} aria-label=${add} aria-describedby=${this.hint ? `${this.#id}-hint` : nothing} placeholder=${add} @keydown=${this.#key} @change=${(event: Event) => event.stopPropagation()}></textarea>
              <button type="button" class="button square" aria-label=${add} @click=${() => {
                const field = this.querySelector('textarea');
                if (field) this.#add(field);
              }}>${icon('plus')}</button>
            </div>`
      }
      ${
        this.value.length > SHOWN
          ? html`<div class="with-icon">${icon('search')}<input class="input" type="search" dir="auto" aria-label=${texts.variantFilter} placeholder=${texts.variantFilter} @change=${(event: Event) => event.stopPropagation()} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)} /></div>`
          : nothing
      }
      <ul class="forms-rows">${repeat(
        shown,
        ({ form, at }) => `${at}/${form}`,
        ({ form, at }) => this.#row(form, at, texts.variantRemove(form)),
      )}</ul>
      ${
        shown.length < found.length
          ? html`<button type="button" class="button quiet small" @click=${() => (this.all = true)}>${icon('down')}${texts.showAll}</button>`
          : nothing
      }
    </fieldset>`;
  }
}
customElements.define('forms-list', FormsList);
