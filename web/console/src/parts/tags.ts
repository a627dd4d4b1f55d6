/** `<tag-input>`: short words as a list that grows by typing. Comes out as `change` with `value`. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icons';
import { nextId } from './ids';
import { ConsoleElement } from './page';
import './tags.css';

/** What ends a word: a comma of either script, or a line's end. */
const ENDS = /[,،;\n]+/u;

class TagInput extends ConsoleElement {
  static override properties = {
    value: { attribute: false },
    options: { attribute: false },
    label: {},
    hint: {},
    disabled: { type: Boolean },
    ltr: { type: Boolean },
  };
  declare value: readonly string[];
  /** What is offered while typing; anything else may be typed as well. */
  declare options: readonly string[];
  declare label: string;
  declare hint: string;
  declare disabled: boolean;
  /** Whether its words are identifiers or addresses. */
  declare ltr: boolean;
  readonly #id = nextId('tags');

  constructor() {
    super();
    Object.assign(this, { value: [], options: [], label: '', hint: '', disabled: false, ltr: false });
  }

  #set(value: readonly string[]): void {
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #take(input: HTMLInputElement): void {
    const words = input.value.split(ENDS).map((word) => word.trim());
    const fresh = words.filter((word, at) => word !== '' && !this.value.includes(word) && words.indexOf(word) === at);
    input.value = '';
    if (fresh.length > 0) this.#set([...this.value, ...fresh]);
  }

  #drop(tag: string): void {
    this.#set(this.value.filter((other) => other !== tag));
    this.querySelector('input')?.focus();
  }

  #key = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      this.#take(input);
    } else if (event.key === 'Backspace' && input.value === '' && this.value.length > 0) {
      this.#set(this.value.slice(0, -1));
    }
  };

  #changed = (event: Event): void => {
    // The element's own change says that the list is another one.
    event.stopPropagation();
    this.#take(event.currentTarget as HTMLInputElement);
  };

  #typed = (event: InputEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (ENDS.test(input.value) || this.options.includes(input.value)) this.#take(input);
  };

  protected override render(): TemplateResult {
    const dir = this.ltr ? 'ltr' : 'auto';
    const left = this.options.filter((option) => !this.value.includes(option));
    return html`<div class="field"><label for=${this.#id}>${this.label}</label>
      <div class="tags ${this.disabled ? 'off' : ''}">
        ${this.value.length === 0 ? nothing : html`<ul>${this.value.map(
          (tag) => html`<li class="tag-item"><bdi dir=${dir}>${tag}</bdi>${
            this.disabled
              ? nothing
              : html`<button type="button" aria-label=${this.t.common.removeTag(tag)} @click=${() => this.#drop(tag)}>${icon('close')}</button>`
          }</li>`,
        )}</ul>`}
        <input id=${this.#id} dir=${dir} autocomplete="off" ?disabled=${this.disabled} list=${left.length > 0 ? `${this.#id}-list` : nothing}
          aria-describedby=${this.hint ? `${this.#id}-hint` : nothing} @keydown=${this.#key} @input=${this.#typed} @change=${this.#changed}>
      </div>
      ${left.length > 0 ? html`<datalist id="${this.#id}-list">${left.map((option) => html`<option value=${option}></option>`)}</datalist>` : nothing}
      ${this.hint ? html`<p class="hint" id="${this.#id}-hint">${this.hint}</p>` : nothing}
    </div>`;
  }
}
customElements.define('tag-input', TagInput);
