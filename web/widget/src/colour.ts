/** Colours that stay readable whatever the clinic chose: contrast as WCAG 2.2 measures it. */

type Rgb = [number, number, number];

/** Contrast of text, AA. */
const ENOUGH = 4.5;
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** `#rgb` or `#rrggbb`; `null` for anything else. */
export function parseColour(text: string): Rgb | null {
  const match = /^#(?:([\da-f])([\da-f])([\da-f])|([\da-f]{2})([\da-f]{2})([\da-f]{2}))$/iu.exec(text.trim());
  if (!match) return null;
  const parts = match.slice(1).filter((part) => part !== undefined);
  return parts.map((part) => Number.parseInt(part.length === 1 ? part + part : part, 16)) as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((part, at) => Math.round(part + ((b[at] ?? 0) - part) * share)) as Rgb;

const css = (colour: Rgb): string => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** `colour`, moved towards black or white until it can be read on `ground`. */
export function readable(colour: Rgb, ground: Rgb): Rgb {
  const towards = luminance(ground) > 0.18 ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(colour, towards, share);
    if (contrast(tried, ground) >= ENOUGH) return tried;
  }
  return towards;
}

/** The colours made from a clinic's own: its ground, the text on that, and the same as text on a surface. */
export function palette(
  accent: string,
  surface: string,
): { ground: string; on: string; text: string } | null {
  const colour = parseColour(accent);
  const behind = parseColour(surface);
  if (!colour || !behind) return null;
  const on = contrast(WHITE, colour) >= ENOUGH ? WHITE : contrast(BLACK, colour) >= ENOUGH ? BLACK : WHITE;
  return { ground: css(readable(colour, on)), on: css(on), text: css(readable(colour, behind)) };
}
