import { css } from 'lit';

/** Colours, reset, buttons, fields, and the button that opens the panel. */
export const base = css`
  :host {
    display: contents;
  }
  :host([mode='inline']) {
    display: block;
    block-size: var(--mujib-height, 38em);
  }
  :host([hidden]) {
    display: none;
  }

  .root {
    /* Nothing of the page's styles comes in, but its font. */
    all: initial;
    --accent: var(--mujib-accent, #0b6b66);
    --on-accent: var(--mujib-on-accent, #ffffff);
    --accent-text: var(--mujib-accent-text, #0b6b66);
    --surface: var(--mujib-surface, #ffffff);
    --ground: var(--mujib-ground, #f1f5f5);
    --ink: var(--mujib-ink, #16211f);
    --muted: #51605e;
    --line: #d5dfde;
    --line-strong: #7d8f8d;
    --soft: #e4eeed;
    --danger: #b42318;
    --danger-soft: #fff0ee;
    --danger-ink: #681109;
    --warn-soft: #fff6e0;
    --warn-ink: #5f4200;
    --shadow: 0 0.75em 2.5em rgb(10 35 33 / 0.22), 0 0.1em 0.4em rgb(10 35 33 / 0.16);
    --radius: var(--mujib-radius, 1em);
    --tap: 2.25em;
    box-sizing: border-box;
    display: block;
    color: var(--ink);
    font-family: var(--mujib-font, inherit);
    font-size: var(--mujib-font-size, medium);
    line-height: 1.7;
    text-align: start;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
    color-scheme: light;
  }
  .root[data-theme='dark'] {
    --accent: var(--mujib-accent, #14807a);
    --accent-text: var(--mujib-accent-text, #6fd3cb);
    --surface: var(--mujib-surface, #1f2c2b);
    --ground: var(--mujib-ground, #141d1c);
    --ink: var(--mujib-ink, #e8f0ef);
    --muted: #a9bab8;
    --line: #364846;
    --line-strong: #869997;
    --soft: #2a3b39;
    --danger: #ff8a7d;
    --danger-soft: #3b1613;
    --danger-ink: #ffd9d4;
    --warn-soft: #372a0a;
    --warn-ink: #ffe3a3;
    --shadow: 0 0.75em 2.5em rgb(0 0 0 / 0.6), 0 0 0 1px #364846;
    color-scheme: dark;
  }
  @media (pointer: coarse) {
    .root {
      --tap: 2.75em;
    }
  }
  .inline {
    block-size: 100%;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  ul,
  ol,
  h2,
  h3 {
    margin: 0;
    padding: 0;
  }
  button,
  textarea,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 0.15em solid var(--accent-text);
    outline-offset: 0.12em;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    inline-size: 1.35em;
    block-size: 1.35em;
    flex: none;
    vertical-align: middle;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35em;
    align-items: center;
  }
  .row.end {
    justify-content: flex-end;
  }

  .plain,
  .solid {
    min-block-size: var(--tap);
    padding-inline: 0.85em;
    border-radius: 0.6em;
    font-weight: 600;
  }
  .plain {
    color: var(--accent-text);
  }
  .plain:hover {
    background: var(--soft);
  }
  .solid {
    background: var(--accent);
    color: var(--on-accent);
  }
  .solid.danger {
    background: #b42318;
    color: #ffffff;
  }
  .solid:hover,
  .send:hover,
  .launcher:hover {
    filter: brightness(1.08);
  }
  .quiet {
    display: inline-grid;
    place-items: center;
    inline-size: var(--tap);
    block-size: var(--tap);
    border-radius: 0.6em;
    color: var(--muted);
  }
  .quiet:hover {
    background: var(--soft);
    color: var(--ink);
  }
  .quiet[aria-pressed='true'] {
    color: var(--accent-text);
    background: var(--soft);
  }
  .quiet .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .field {
    display: block;
    inline-size: 100%;
    min-block-size: 2.75em;
    padding: 0.5em 0.85em;
    border: 1px solid var(--line-strong);
    border-radius: 0.9em;
    background: var(--surface);
    color: var(--ink);
    line-height: 1.6;
    resize: none;
  }
  .field::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--accent-text);
  }

  .launcher {
    position: fixed;
    inset-block-end: calc(1.25em + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(1.25em + env(safe-area-inset-right, 0px));
    z-index: var(--mujib-z-index, 2147483000);
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 3.5em;
    padding-inline: 1.15em 1.4em;
    border-radius: 2em;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    box-shadow: var(--shadow);
  }
  .launcher:focus-visible {
    outline: 0.2em solid var(--accent-text);
    outline-offset: 0.2em;
    box-shadow: 0 0 0 0.2em var(--surface), var(--shadow);
  }
  .launcher .icon {
    inline-size: 1.7em;
    block-size: 1.7em;
  }
  .start .launcher {
    inset-inline: calc(1.25em + env(safe-area-inset-left, 0px)) auto;
  }
  .badge {
    position: absolute;
    inset-block-start: -0.35em;
    inset-inline-start: -0.35em;
    min-inline-size: 1.75em;
    padding-inline: 0.4em;
    border-radius: 1em;
    background: #b42318;
    color: #ffffff;
    font-size: 0.85em;
    text-align: center;
  }
  /* Where a reader's own colours replace ours, edges tell things apart. */
  @media (forced-colors: active) {
    .launcher,
    .panel,
    .header,
    .pinned,
    .own .bubble,
    .solid,
    .send,
    .marker,
    .source-number {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel {
      animation: rise 160ms ease-out;
    }
    .floating.small .panel {
      animation: none;
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(0.75em);
    }
  }
`;
