/** How the widget presents itself: the page's attributes first, then the server's settings, then our own. */
import { webAddress } from './protocol';

/** What the server's `GET /v1/widget` says. Empty for what is not set. */
export interface Look {
  name_ar: string;
  name_fa: string;
  accent: string;
  logo: string;
  phone: string;
  /** The ambulance's number. */
  emergency: string;
  /** Characters of one message, at most. */
  text_chars: number;
}

export const PLAIN: Readonly<Look> = {
  name_ar: '',
  name_fa: '',
  accent: '',
  logo: '',
  phone: '',
  emergency: '',
  text_chars: 4000,
};

/** Reads what the server said; whatever is not as expected counts as not set. */
export function readLook(value: unknown): Look {
  if (typeof value !== 'object' || value === null) return { ...PLAIN };
  const fields = value as Record<string, unknown>;
  const text = (name: string): string => (typeof fields[name] === 'string' ? (fields[name] as string) : '');
  const chars = fields.text_chars;
  return {
    name_ar: text('name_ar'),
    name_fa: text('name_fa'),
    accent: text('accent'),
    logo: text('logo'),
    phone: text('phone'),
    emergency: text('emergency'),
    text_chars: typeof chars === 'number' && chars > 0 ? chars : PLAIN.text_chars,
  };
}

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
