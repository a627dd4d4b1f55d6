/** How the widget presents itself: the page's attributes first, then the server's settings, then our own. */
import { webAddress } from './protocol';

/** Texts that the server may say, by their names in its answer. */
const TEXTS = [
  'name_ar',
  'name_fa',
  'accent',
  'logo',
  'phone',
  'subtitle_ar',
  'subtitle_fa',
  'launcher_ar',
  'launcher_fa',
  'placeholder_ar',
  'placeholder_fa',
  'starters_ar',
  'starters_fa',
  /** The ambulance's number. */
  'emergency',
] as const;

/** What the server's `GET /v1/widget` says. Empty for what is not set. */
export type Look = Record<(typeof TEXTS)[number], string> & {
  /** Characters of one message, at most. */
  text_chars: number;
};

/** Reads what the server said; whatever is not as expected counts as not set. */
export function readLook(value: unknown): Look {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const texts = TEXTS.map((name) => [name, typeof fields[name] === 'string' ? fields[name] : '']);
  const chars = fields.text_chars;
  return { ...Object.fromEntries(texts), text_chars: typeof chars === 'number' && chars > 0 ? chars : 4000 };
}

export const PLAIN: Readonly<Look> = readLook(null);

/** The address of a logo: absolute, or a path of the server; empty for anything that is no picture's. */
export function logoAddress(logo: string, server: string): string {
  if (logo === '') return '';
  const absolute = URL.canParse(logo, server) ? new URL(logo, server).href : '';
  return webAddress(absolute) ?? '';
}

/** Asks the server; if it does not answer in time the widget shows itself as it is. */
export async function fetchLook(server: string): Promise<Look> {
  try {
    const answer = await fetch(new URL('v1/widget', server), {
      credentials: 'omit',
      signal: AbortSignal.timeout(3000),
    });
    return readLook(answer.ok ? await answer.json() : null);
  } catch {
    return { ...PLAIN };
  }
}
