/** Short words about what happened, read out to those who cannot see them. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asProblem, isAborted } from '../api/problem';
import { icon } from './icons';
import { ConsoleElement } from './page';
import { problemText } from './views';

export type ToastTone = 'good' | 'danger' | 'info';

interface Toast {
  id: number;
  text: string;
  tone: ToastTone;
}

/** Long enough to be read; what went wrong stays until it is dismissed. */
const SHOWN_MS = 6000;

class ToastList extends ConsoleElement {
  static override properties = { toasts: { state: true } };
  declare toasts: Toast[];
  #count = 0;

  constructor() {
    super();
    this.toasts = [];
  }

  say(text: string, tone: ToastTone): void {
    this.#count += 1;
    const id = this.#count;
    this.toasts = [...this.toasts.filter((toast) => toast.text !== text).slice(-2), { id, text, tone }];
    if (tone !== 'danger') setTimeout(() => this.#drop(id), SHOWN_MS);
  }

  #drop(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  protected override render(): TemplateResult {
    const sign = { good: 'check', danger: 'alert', info: 'info' } as const;
    return html`<div class="toasts" role="status" aria-live="polite">${repeat(
      this.toasts,
      ({ id }) => id,
      ({ id, text, tone }) => html`<div class="toast ${tone}">${icon(sign[tone])}<p class="grow" dir="auto">${text}</p>
        <button type="button" class="toast-close" aria-label=${this.t.common.close} @click=${() => this.#drop(id)}>${icon('close')}</button></div>`,
    )}</div>`;
  }
}
customElements.define('toast-list', ToastList);

/** Says `text` in a corner for a while. */
export function toast(text: string, tone: ToastTone = 'good'): void {
  document.querySelector<ToastList>('toast-list')?.say(text, tone);
}

/** Says what went wrong; nothing for a call that was given up. */
export function toastProblem(error: unknown): void {
  if (!isAborted(error)) toast(problemText(asProblem(error)), 'danger');
}
