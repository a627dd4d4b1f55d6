/** Addresses of websites, and the line that puts the widget on one. Pure. */

/** The origin that `text` names, or `null` for anything that is none. */
export function originOf(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\//iu.test(trimmed) || !URL.canParse(trimmed)) return null;
  const { origin, pathname, search, hash, username } = new URL(trimmed);
  return pathname === '/' && search === '' && hash === '' && username === '' ? origin : null;
}

/** The tag for a page, with the server's own address. */
export const snippet = (server: string): string => `<script src="${server}/widget.js" defer></script>`;
