/** Whether single letters do something: who speaks to the computer, or holds keys by accident, switches them off. */
const KEY = 'mujib-console-shortcuts';

class Shortcuts {
  areOn = kept() !== 'off';

  set(areOn: boolean): void {
    this.areOn = areOn;
    try {
      localStorage.setItem(KEY, areOn ? 'on' : 'off');
    } catch {
      // It then holds until the page is left.
    }
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const shortcuts = new Shortcuts();
