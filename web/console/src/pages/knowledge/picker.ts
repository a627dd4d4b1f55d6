/** `<pair-picker>`: finds a pair by its words, in either language, by keyboard or pointer. */
import { html, nothing, type TemplateResult } from 'lit';
import { knowledge, type PairSummary } from '../../api/knowledge';
import { isAborted } from '../../api/problem';
import { icon } from '../../parts/icons';
import { ConsoleElement } from '../../parts/page';
import './picker.css';
import { PICKER } from './picker-texts';

const WAIT_MS = 200;
const SHOWN = 8;
let count = 0;

/** Tells `pair-picked` with the pair; its `value` is the id that is chosen, empty for none. */
class PairPicker extends ConsoleElement {
  static override properties = {
    value: {},
    label: {},
    adding: { type: Boolean },
    without: { attribute: false },
    typed: { state: true },
    found: { state: true },
    at: { state: true },
    isOpen: { state: true },
    chosen: { state: true },
  };
  declare value: string;
  declare label: string;
  /** Keeps nothing after a choice, for lists that a choice adds to. */
  declare adding: boolean;
  /** Ids that are not offered. */
  declare without: readonly string[];
  private declare typed: string;
  private declare found: PairSummary[];
  private declare at: number;
  private declare isOpen: boolean;
  private declare chosen: PairSummary | null;
  #id = `picker-${++count}`;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #call: AbortController | null = null;

  constructor() {
    super();
    this.value = '';
    this.label = '';
    this.adding = false;
    this.without = [];
    this.typed = '';
    this.found = [];
    this.at = -1;
    this.isOpen = false;
    this.chosen = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#call?.abort();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value') && this.value !== this.chosen?.id) {
      this.chosen = null;
      this.typed = '';
    }
  }

  async #search(words: string): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    try {
      const { data } = await knowledge.pairs({ q: words, limit: SHOWN + this.without.length }, call.signal);
      this.found = data.items.filter(({ id }) => !this.without.includes(id)).slice(0, SHOWN);
      this.at = this.found.length > 0 ? 0 : -1;
      this.isOpen = true;
    } catch (error) {
      if (isAborted(error)) return;
      this.found = [];
      this.isOpen = true;
    }
  }

  #typed(words: string): void {
    this.typed = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(words), WAIT_MS);
  }

  #pick(pair: PairSummary): void {
    this.isOpen = false;
    this.typed = '';
    if (!this.adding) {
      this.chosen = pair;
      this.value = pair.id;
    }
    this.dispatchEvent(new CustomEvent('pair-picked', { detail: pair, bubbles: true }));
  }

  #clear(): void {
    this.chosen = null;
    this.value = '';
    this.dispatchEvent(new CustomEvent('pair-picked', { detail: null, bubbles: true }));
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  #key(event: KeyboardEvent): void {
    const last = this.found.length - 1;
    if (event.key === 'ArrowDown') {
      if (!this.isOpen) void this.#search(this.typed);
      else this.at = Math.min(last, this.at + 1);
    } else if (event.key === 'ArrowUp') this.at = Math.max(0, this.at - 1);
    else if (event.key === 'Enter') {
      const pair = this.found[this.at];
      if (!this.isOpen || !pair) return;
      this.#pick(pair);
    } else if (event.key === 'Escape') {
      if (!this.isOpen) return;
      this.isOpen = false;
      // The dialog around stays open.
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  #option(pair: PairSummary, at: number): TemplateResult {
    return html`<li
      role="option"
      id="${this.#id}-${at}"
      class="pick-option ${at === this.at ? 'on' : ''}"
      aria-selected=${at === this.at}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#pick(pair)}
    >
      <span dir="auto" lang="ar">${pair.question.ar}</span>
      <span dir="auto" lang="fa">${pair.question.fa}</span>
      <code>${pair.id}</code>
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = PICKER[this.lang_];
    if (this.value && !this.adding) {
      const shown = this.chosen;
      return html`<div class="field">
        <span class="label">${this.label}</span>
        <div class="picked">
          <span class="grow">
            ${shown ? html`<span dir="auto" lang="ar">${shown.question.ar}</span><span dir="auto" lang="fa">${shown.question.fa}</span>` : nothing}
            <code>${this.value}</code>
          </span>
          <button type="button" class="button quiet small" @click=${() => this.#clear()}>${texts.other}</button>
        </div>
      </div>`;
    }
    const open = this.isOpen;
    return html`<div class="field picker">
      <label for=${this.#id}>${this.label}</label>
      <div class="with-icon">
        ${icon('search')}
        <input
          class="input"
          id=${this.#id}
          type="text"
          dir="auto"
          autocomplete="off"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded=${open}
          aria-controls="${this.#id}-list"
          aria-activedescendant=${open && this.at >= 0 ? `${this.#id}-${this.at}` : nothing}
          placeholder=${texts.search}
          .value=${this.typed}
          @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @blur=${() => (this.isOpen = false)}
        />
      </div>
      <ul class="pick-list" role="listbox" id="${this.#id}-list" aria-label=${this.label} ?hidden=${!open || this.found.length === 0}>
        ${open ? this.found.map((pair, at) => this.#option(pair, at)) : nothing}
      </ul>
      <p class="hint" role="status" ?hidden=${!open || this.found.length > 0}>${open && this.found.length === 0 ? texts.none : ''}</p>
    </div>`;
  }
}

customElements.define('pair-picker', PairPicker);

declare global {
  interface HTMLElementTagNameMap {
    'pair-picker': PairPicker;
  }
}
