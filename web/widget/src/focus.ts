/** Focus among the elements of a shadow tree. */

const FOCUSABLE = 'a[href], button:not([disabled]), textarea:not([disabled]), input:not([disabled])';

const isVisible = (element: HTMLElement): boolean =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

/** Keeps Tab within `box`: after its last element comes its first. */
export function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const all = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isVisible);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return;
  const root = box.getRootNode() as ShadowRoot;
  const current = root.activeElement as HTMLElement | null;
  const at = current ? all.indexOf(current) : -1;
  if (event.shiftKey && at <= 0) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && current === last) {
    event.preventDefault();
    first.focus();
  }
}
