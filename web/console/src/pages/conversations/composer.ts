/** `<talk-composer>`: writing to a patient. What is not sent stays, and goes out once. */
import { html, nothing, type TemplateResult } from 'lit';
import { conversations } from '../../api/conversations';
import { asProblem } from '../../api/problem';
import { icon } from '../../parts/icons';
import { ConsoleElement } from '../../parts/page';
import { problemText } from '../../parts/views';
import { TEXTS } from './texts';

const LONGEST = 4000;
const TYPING_EVERY_MS = 3000;

class TalkComposer extends ConsoleElement {
  static override properties = { conversation: {}, failed: { state: true }, busy: { state: true } };
  declare conversation: string;
  private declare failed: string;
  private declare busy: boolean;
  /** The message on its way: the same id again sends it once. */
  #message = { id: '', text: '' };
  #told = 0;

  constructor() {
    super();
    Object.assign(this, { conversation: '', failed: '', busy: false });
  }

  async #send(text: string): Promise<void> {
    if (text === '' || this.busy) return;
    if (this.#message.text !== text) this.#message = { id: crypto.randomUUID(), text };
    this.busy = true;
    this.failed = '';
    try {
      await conversations.write(this.conversation, this.#message.id, text);
      this.#message = { id: '', text: '' };
      const field = this.querySelector('textarea');
      if (field && field.value.trim() === text) field.value = '';
      this.dispatchEvent(new CustomEvent('sent'));
    } catch (error) {
      this.failed = problemText(asProblem(error));
    }
    this.busy = false;
    this.querySelector('textarea')?.focus();
  }

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send(this.querySelector('textarea')?.value.trim() ?? '');
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };

  #typed = (): void => {
    const now = Date.now();
    if (now - this.#told < TYPING_EVERY_MS) return;
    this.#told = now;
    // A patient who does not see that someone types misses nothing.
    conversations.typing(this.conversation).catch(() => undefined);
  };

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    return html`<form class="talk-composer" @submit=${this.#submit}>
      ${this.failed ? html`<p class="wrong" role="alert">${texts.sendFailed} ${this.failed}</p>` : nothing}
      <div class="beside">
        <label class="hidden" for="talk-field">${texts.message}</label>
        <textarea id="talk-field" class="input" rows="2" dir="auto" maxlength=${LONGEST} placeholder=${texts.placeholder} @keydown=${this.#key} @input=${this.#typed}></textarea>
        <button type="submit" class="button solid ${this.busy ? 'busy' : ''}" aria-disabled=${this.busy}>${icon(this.busy ? 'refresh' : 'send')}${texts.send}</button>
      </div>
    </form>`;
  }
}
customElements.define('talk-composer', TalkComposer);
