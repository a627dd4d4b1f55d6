/** A question to the person before something is done: yes or no, with a reason where one is wanted. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { html, nothing, type TemplateResult } from 'lit';
import { ConsoleElement } from './page';
import type { Content } from './views';

export interface Question {
  title: string;
  text?: Content;
  yes: string;
  no?: string;
  danger?: boolean;
  /** The label of a field for the reason; no field where it is left out. */
  reason?: string;
  reasonOptional?: boolean;
}

interface Open {
  question: Question;
  answer: (given: { reason: string } | null) => void;
}

class AskDialog extends ConsoleElement {
  static override properties = { open: { state: true } };
  declare open: Open | null;
  #given: { reason: string } | null = null;

  constructor() {
    super();
    this.open = null;
  }

  ask(question: Question): Promise<{ reason: string } | null> {
    this.open?.answer(null);
    this.#given = null;
    return new Promise((answer) => {
      this.open = { question, answer };
    });
  }

  #close(): void {
    const dialog = this.querySelector('wa-dialog');
    if (dialog) dialog.open = false;
  }

  #closed = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    this.open?.answer(this.#given);
    this.open = null;
  };

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector('textarea');
    this.#given = { reason: field?.value.trim() ?? '' };
    this.#close();
  };

  protected override updated(): void {
    const dialog = this.querySelector('wa-dialog');
    if (this.open && dialog && !dialog.open) dialog.open = true;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    const { question } = this.open;
    const { common } = this.t;
    return html`<wa-dialog label=${question.title} @wa-after-hide=${this.#closed}>
      <form id="ask-form" class="stack" @submit=${this.#submit}>
        ${question.text ? html`<p>${question.text}</p>` : nothing}
        ${
          question.reason
            ? html`<div class="field"><label for="ask-reason">${question.reason} ${question.reasonOptional ? html`<small>(${common.optional})</small>` : nothing}</label>
                <textarea id="ask-reason" class="input" rows="3" maxlength="500" dir="auto" autofocus ?required=${!question.reasonOptional}></textarea></div>`
            : nothing
        }
      </form>
      <div slot="footer">
        <button type="button" class="button" @click=${() => this.#close()}>${question.no ?? common.cancel}</button>
        <button type="submit" form="ask-form" class="button solid ${question.danger ? 'danger' : ''}" ?autofocus=${!question.reason}>${question.yes}</button>
      </div>
    </wa-dialog>`;
  }
}
customElements.define('ask-dialog', AskDialog);

/** Asks; what was given as the reason (empty where none was wanted), or `null` for no. */
export function ask(question: Question): Promise<{ reason: string } | null> {
  const dialog = document.querySelector<AskDialog>('ask-dialog');
  return dialog ? dialog.ask(question) : Promise.resolve(null);
}
