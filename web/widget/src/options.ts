/** What a page may set by attributes, and what follows from the page where it sets nothing. */
import type { Lang } from './protocol';

/** Attributes of `<mujib-chat>`; on the script tag the same with `data-` before them. */
export const ATTRIBUTES = [
  'server',
  'locale',
  'theme',
  'mode',
  'position',
  'name',
  'subtitle',
  'launcher',
  'placeholder',
  'starters',
  'accent',
  'logo',
  'phone',
  'font',
] as const;

export type Theme = 'light' | 'dark' | 'auto';

/** `ar` or `fa` of a language tag, or nothing. */
export function baseLang(tag: string): Lang | null {
  const base = tag.trim().toLowerCase().split('-')[0];
  return base === 'ar' || base === 'fa' ? base : null;
}

/**
 * The locale to begin with: the one that is set, else the page's language, else the first of the browser's
 * that mujib speaks, else Arabic.
 */
export function chooseLocale(set: string, page: string, browser: readonly string[]): string {
  const found = [set, page, ...browser].find((tag) => baseLang(tag) !== null);
  return found?.trim() ?? 'ar';
}

/** Questions separated by `|`. */
export function splitStarters(text: string): string[] {
  return text
    .split('|')
    .map((question) => question.trim())
    .filter(Boolean);
}

/** The address of the chat socket of `server`. */
export function socketAddress(server: string): string {
  return new URL('v1/chat', server).href.replace(/^http/u, 'ws');
}

/** `server` as an address that others are relative to; empty if it is none. */
export function serverAddress(server: string, page: string): string {
  if (!URL.canParse(server, page)) return '';
  const url = new URL(server, page);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return /^https?:$/u.test(url.protocol) ? url.href : '';
}
