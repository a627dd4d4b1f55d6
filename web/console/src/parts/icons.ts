/** Icons of the console, drawn for left-to-right; those that point somewhere turn round with the page. */
import { html, svg, type TemplateResult } from 'lit';

const PATHS = {
  overview: svg`<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>`,
  inbox: svg`<path d="M4 13.5 6.5 5h11L20 13.5V19H4v-5.5Z"/><path d="M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20"/>`,
  try: svg`<path d="M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-1 0-2-.1-2.9-.4L4.5 20.5l1-3.7C4 15.4 3 13.4 3 11.2 3 6.9 7 3.5 12 3.5Z"/><path d="M10 9a2 2 0 1 1 2.6 2c-.5.2-.6.6-.6 1.2M12 14.8v.01"/>`,
  knowledge: svg`<path d="M12 6.5C10 5 7 4.5 4 4.8v13c3-.3 6 .2 8 1.7 2-1.5 5-2 8-1.7v-13C17 4.5 14 5 12 6.5Zm0 0v13"/>`,
  conversations: svg`<path d="M4 5h11v8H9l-3 3v-3H4V5Z"/><path d="M18 9h2v8h-2v3l-3-3h-3"/>`,
  users: svg`<circle cx="9" cy="8" r="3.3"/><path d="M2.8 19c.6-3.4 3-5.2 6.2-5.2s5.6 1.8 6.2 5.2M15.5 5a3.2 3.2 0 0 1 0 6M17.5 14.2c2 .6 3.3 2.2 3.7 4.8"/>`,
  audit: svg`<path d="M7 3.5h7l4 4v13H7v-17Z"/><path d="M14 3.5v4h4M10 12h5M10 15.5h5"/>`,
  tokens: svg`<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16.5 7l2.5 2.5M13.7 9.8l2 2"/>`,
  settings: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>`,
  account: svg`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  search: svg`<circle cx="11" cy="11" r="6.2"/><path d="m15.7 15.7 4.3 4.3"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  down: svg`<path d="m6 9.5 6 6 6-6"/>`,
  up: svg`<path d="m6 14.5 6-6 6 6"/>`,
  next: svg`<path d="m9.5 6 6 6-6 6"/>`,
  back: svg`<path d="m14.5 6-6 6 6 6"/>`,
  arrow: svg`<path d="M5 12h14M13 6l6 6-6 6"/>`,
  alert: svg`<path d="M12 4 2.8 19.5h18.4L12 4Z"/><path d="M12 10v4.5M12 17v.01"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14.5v2"/>`,
  offline: svg`<path d="M4 4l16 16M8.5 12.6a5.5 5.5 0 0 1 2.3-1.4M5 9.3a10.6 10.6 0 0 1 3.6-2.3M12 6c2.7 0 5.1 1 7 2.8M14.8 12c.8.4 1.2.7 1.6 1.1M12 17.5v.01"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.5 3.5 5.3 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.3-3.5-8.5s1-6 3.5-8.5Z"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>`,
  moon: svg`<path d="M20 14.2A8 8 0 1 1 9.8 4a6.5 6.5 0 0 0 10.2 10.2Z"/>`,
  device: svg`<rect x="3.5" y="5" width="17" height="11" rx="1.6"/><path d="M9 20h6M12 16v4"/>`,
  signOut: svg`<path d="M13 4.5H5.5v15H13M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>`,
  copy: svg`<rect x="5" y="8.5" width="10.5" height="11.5" rx="2"/><path d="M9 5.5A2 2 0 0 1 10.5 4H17a2 2 0 0 1 2 2v8a2 2 0 0 1-1.5 1.9"/>`,
  bin: svg`<path d="M4.5 6.5h15M9.5 6.5V4.2h5v2.3M6.5 6.5l1 13.3h9l1-13.3M10 10.5v5.5M14 10.5v5.5"/>`,
  edit: svg`<path d="M4.5 19.5v-4L15.8 4.2a1.8 1.8 0 0 1 2.5 0l1.5 1.5a1.8 1.8 0 0 1 0 2.5L8.5 19.5h-4ZM13.5 6.5l4 4"/>`,
  undo: svg`<path d="M8.5 5 4 9.5 8.5 14"/><path d="M4 9.5h9.5a5.5 5.5 0 0 1 0 11H9"/>`,
  eye: svg`<path d="M2.8 12C5 7.7 8.2 5.6 12 5.6s7 2.1 9.2 6.4c-2.2 4.3-5.4 6.4-9.2 6.4S5 16.3 2.8 12Z"/><circle cx="12" cy="12" r="2.8"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  download: svg`<path d="M12 4v11M7.5 10.8 12 15.2l4.5-4.4M4.5 19.5h15"/>`,
  filter: svg`<path d="M4 6h16M7 12h10M10 18h4"/>`,
  send: svg`<path d="M4 4.5 20.5 12 4 19.5l2.5-7.5L4 4.5ZM6.5 12h7"/>`,
  person: svg`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>`,
  hand: svg`<path d="M7 11V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5v-1a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v6m0-3.5a1.5 1.5 0 0 1 3 0V15c0 3.5-2.3 5.5-5.8 5.5-3 0-4.4-1.2-5.8-3.6L4.6 13.6c-.5-.9-.2-1.7.5-2.1.7-.4 1.4-.2 1.9.5l1 1.3"/>`,
  thumbUp: svg`<path d="M7.5 10.5v9.5H4.5v-9.5h3Zm0 0L11 4c1.5 0 2.4 1 2.2 2.4l-.5 3h5c1.3 0 2.2 1.2 1.9 2.4l-1.5 6.4a2.2 2.2 0 0 1-2.2 1.8H7.5"/>`,
  thumbDown: svg`<path d="M7.5 13.5V4H4.5v9.5h3Zm0 0L11 20c1.5 0 2.4-1 2.2-2.4l-.5-3h5c1.3 0 2.2-1.2 1.9-2.4l-1.5-6.4A2.2 2.2 0 0 0 15.9 4H7.5"/>`,
  flag: svg`<path d="M6 21V4M6 4.5h11l-2 4 2 4H6"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>`,
  history: svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4 9M4 4.5V9h4.5M12 8v4.2l3 1.8"/>`,
  keyboard: svg`<rect x="3" y="6.5" width="18" height="11" rx="2"/><path d="M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8"/>`,
  more: svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="2.8"/>`,
  refresh: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4.5v4.8h-4.8"/>`,
  star: svg`<path d="m12 4 2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3l-5 2.9 1.2-5.6L4 9.8l5.6-.6L12 4Z"/>`,
  table: svg`<rect x="4" y="5" width="16" height="14" rx="1.6"/><path d="M4 10h16M4 14.5h16M10 10v9"/>`,
} as const;

export type IconName = keyof typeof PATHS;

/** What points forward or back, and therefore the other way in a right-to-left page. */
const TURNING: ReadonlySet<IconName> = new Set([
  'next',
  'back',
  'arrow',
  'signOut',
  'undo',
  'send',
  'try',
  'conversations',
  'knowledge',
]);

/** The icon, for decoration: what it means stands beside it or in a label. */
export function icon(name: IconName, className = ''): TemplateResult {
  return html`<svg class="icon ${TURNING.has(name) ? 'turns' : ''} ${className}" viewBox="0 0 24 24" width="20" height="20" fill="none"
    stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}
