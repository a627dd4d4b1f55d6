/** The way back out of a panel that covers the whole screen: a phone's Back closes it instead of leaving the page. */

const MARK = 'mujibChat';

const isHeld = (): boolean => (history.state as Record<string, unknown> | null)?.[MARK] === true;

export class Back {
  #leave: (() => void) | null = null;
  #popped = (): void => {
    const leave = this.#leave;
    if (!leave || isHeld()) return;
    this.stop();
    leave();
  };

  /** Makes Back call `leave`, once. */
  hold(leave: () => void): void {
    if (this.#leave) return;
    this.#leave = leave;
    window.addEventListener('popstate', this.#popped);
    // After a reload the place is still there.
    if (isHeld()) return;
    try {
      history.pushState({ ...(history.state as object | null), [MARK]: true }, '');
    } catch {
      // A page without a history of its own: Back leaves it, as it would without us.
    }
  }

  /** Gives the place in the history back; nothing where none was taken or the page has gone on since. */
  release(): void {
    if (!this.#leave) return;
    this.stop();
    if (isHeld()) history.back();
  }

  /** Stops listening and leaves the history as it is. */
  stop(): void {
    this.#leave = null;
    window.removeEventListener('popstate', this.#popped);
  }
}
