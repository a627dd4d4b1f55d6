/** Icons, drawn for right-to-left: what points forward points left. */
import { svg, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
    stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

export const ICONS = {
  chat: icon(
    svg`<path d="M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-1 0-2-.1-2.9-.4L4.5 20.5l1-3.7C4 15.4 3 13.4 3 11.2 3 6.9 7 3.5 12 3.5Z"/><path d="M8.5 9.7h7M10.5 13.2h5"/>`,
  ),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  down: icon(svg`<path d="m6 9.5 6 6 6-6"/>`),
  more: icon(svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="2.8"/>`),
  send: icon(svg`<path d="M4 4.5 20.5 11.3l-6.7 2.5-2.5 6.7L4 4.5ZM13.8 13.8l-4-4"/>`),
  copy: icon(
    svg`<rect x="5" y="8.5" width="10.5" height="11.5" rx="2"/><path d="M9 5.5A2 2 0 0 1 10.5 4H17a2 2 0 0 1 2 2v8a2 2 0 0 1-1.5 1.9"/>`,
  ),
  check: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),
  up: icon(
    svg`<path d="M7.5 10.5v9.5H4.5v-9.5h3Zm0 0L11 4c1.5 0 2.4 1 2.2 2.4l-.5 3h5c1.3 0 2.2 1.2 1.9 2.4l-1.5 6.4a2.2 2.2 0 0 1-2.2 1.8H7.5"/>`,
  ),
  thumbDown: icon(
    svg`<path d="M7.5 13.5V4H4.5v9.5h3Zm0 0L11 20c1.5 0 2.4-1 2.2-2.4l-.5-3h5c1.3 0 2.2-1.2 1.9-2.4l-1.5-6.4A2.2 2.2 0 0 0 15.9 4H7.5"/>`,
  ),
  alert: icon(svg`<path d="M12 4 2.8 19.5h18.4L12 4Z"/><path d="M12 10v4.5M12 17v.01"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>`),
  phone: icon(
    svg`<path d="M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3c0 1-.8 1.7-1.8 1.5A16.5 16.5 0 0 1 5 5.8C4.8 4.8 5.5 4 6.5 4Z"/>`,
  ),
  book: icon(
    svg`<path d="M12 6.5C10 5 7 4.5 4 4.8v13c3-.3 6 .2 8 1.7 2-1.5 5-2 8-1.7v-13C17 4.5 14 5 12 6.5Zm0 0v13"/>`,
  ),
  person: icon(svg`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>`),
  bin: icon(svg`<path d="M4.5 6.5h15M9.5 6.5V4.2h5v2.3M6.5 6.5l1 13.3h9l1-13.3M10 10.5v5.5M14 10.5v5.5"/>`),
  fresh: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  globe: icon(
    svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.5 3.5 5.3 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.3-3.5-8.5s1-6 3.5-8.5Z"/>`,
  ),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l-3 2"/>`),
} as const;
