/** The clinic's colour and font, set as properties, so that no page's policy for styles stands against them. */
import { palette } from './colour';

/** The ground of each theme on which colours are hardest to read, as in the styles. */
const SURFACE = { light: '#f1f5f5', dark: '#1f2c2b' } as const;

const ARABIC = 'U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFF, U+200C-200D';

/** Puts `accent`, made readable, on `root`; nothing where it is no colour. */
export function paint(root: HTMLElement, accent: string): void {
  const colours = palette(accent, root.dataset.theme === 'dark' ? SURFACE.dark : SURFACE.light);
  const set = (name: string, value: string | undefined): void => {
    if (value) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  };
  set('--accent', colours?.ground);
  set('--on-accent', colours?.on);
  set('--accent-text', colours?.text);
}

/** Gives `host` Vazirmatn from `address`, once it is there. */
export async function dressInFont(host: HTMLElement, address: string): Promise<void> {
  const face = new FontFace('Vazirmatn', `url("${address}")`, { weight: '100 900', unicodeRange: ARABIC });
  try {
    document.fonts.add(await face.load());
    host.style.setProperty('--mujib-font', 'Vazirmatn, system-ui, sans-serif');
  } catch {
    // The page's policy forbids it, or it is gone: the page's own font does as well.
  }
}
