/** The part of the screen that is really free: on phones the keyboard takes its share. */

const SMALL = '(max-width: 480px), (max-height: 440px)';

export class Viewport {
  #target: HTMLElement | null = null;
  #small = matchMedia(SMALL);
  #changed: () => void;
  #overflow: string | null = null;
  #place = (): void => {
    const view = window.visualViewport;
    if (!this.#target || !view) return;
    this.#target.style.setProperty('--view-top', `${view.offsetTop}px`);
    this.#target.style.setProperty('--view-height', `${view.height}px`);
  };

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the panel takes the whole screen. */
  get isSmall(): boolean {
    return this.#small.matches;
  }

  /** Tells `target` of the free height until `stop`. */
  start(target: HTMLElement): void {
    this.#target = target;
    this.#small.addEventListener('change', this.#changed);
    window.visualViewport?.addEventListener('resize', this.#place);
    window.visualViewport?.addEventListener('scroll', this.#place);
    this.#place();
  }

  stop(): void {
    this.#target = null;
    this.#small.removeEventListener('change', this.#changed);
    window.visualViewport?.removeEventListener('resize', this.#place);
    window.visualViewport?.removeEventListener('scroll', this.#place);
  }

  /** Keeps the page behind a panel of the whole screen from scrolling, and gives back what it had set. */
  lockPage(locked: boolean): void {
    const { style } = document.documentElement;
    if (locked && this.#overflow === null) {
      this.#overflow = style.overflow;
      style.overflow = 'hidden';
    } else if (!locked && this.#overflow !== null) {
      style.overflow = this.#overflow;
      this.#overflow = null;
    }
  }
}
