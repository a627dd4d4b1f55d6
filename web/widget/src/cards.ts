/** Which citation's card and which list of sources is open, and where the focus goes when one opens or closes. */
import type { LitElement, ReactiveController } from 'lit';

export class SourceCards implements ReactiveController {
  /** The citation whose card is open: `<reply id>/<marker>`; empty for none. */
  card = '';
  /** The reply whose sources are listed; empty for none. */
  listed = '';
  /** Where the focus was before the card opened. */
  #back: HTMLElement | null = null;
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.forget();
  }

  /** Forgets where the focus was: what was there is drawn anew. */
  forget(): void {
    this.#back = null;
  }

  /** Lists the sources of a reply, or puts them away. */
  list(reply: string): void {
    this.listed = this.listed === reply ? '' : reply;
    this.#host.requestUpdate();
  }

  /** Opens a card that was asked for at `from`, or closes it and goes back there. */
  toggle(reply: string, marker: number, from: Element | null): void {
    const key = `${reply}/${marker}`;
    const opens = this.card !== key;
    this.card = opens ? key : '';
    if (opens) this.#back = from as HTMLElement | null;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const card = this.#host.renderRoot.querySelector<HTMLElement>(`[id="card-${reply}"]`);
      const target = opens ? card : this.#back;
      target?.focus({ preventScroll: true });
      target?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** Closes the card that is open. Returns whether one was. */
  close(): boolean {
    const [reply = '', marker = '0'] = this.card.split('/');
    if (reply !== '') this.toggle(reply, Number(marker), null);
    return reply !== '';
  }
}
