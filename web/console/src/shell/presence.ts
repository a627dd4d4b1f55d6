/** Whether the person is here for patients who ask for someone. It ends with the page. */
import { html, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { events } from '../api/events';
import { icon } from '../parts/icons';
import { ConsoleElement } from '../parts/page';
import { toastProblem } from '../parts/toast';
import { session } from '../state/session';

class PresenceSwitch extends ConsoleElement {
  static override properties = { available: { state: true } };
  declare available: boolean;
  #off: (() => void)[] = [];

  constructor() {
    super();
    this.available = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#off = [
      events.on('presence', (data) => {
        const names = (data as { available?: unknown } | null)?.available;
        if (Array.isArray(names)) this.available = names.includes(session.user?.display_name);
      }),
      // The server forgets it with the stream; when that is back, it is said again.
      events.on('line', (data) => {
        if ((data as { live: boolean }).live && this.available) void this.#set(true);
      }),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#off) off();
  }

  async #set(available: boolean): Promise<void> {
    try {
      await api.send('PUT', '/presence', { available });
      this.available = available;
    } catch (error) {
      toastProblem(error);
    }
  }

  protected override render(): TemplateResult {
    const { top } = this.t;
    return html`<button type="button" class="button presence" aria-pressed=${this.available} title=${this.available ? top.hereHint : top.awayHint} @click=${() => void this.#set(!this.available)}>${icon('hand')}<span class="wide-only">${top.here}</span></button>`;
  }
}
customElements.define('presence-switch', PresenceSwitch);
