import { css } from 'lit';

/** The panel: head, what is pinned, notices, field, questions over the conversation. */
export const panel = css`
  .panel {
    display: flex;
    flex-direction: column;
    position: relative;
    overflow: hidden;
    background: var(--ground);
    color: var(--ink);
  }
  .inline .panel {
    block-size: 100%;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .floating .panel {
    position: fixed;
    inset-block-end: calc(1.25em + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(1.25em + env(safe-area-inset-right, 0px));
    z-index: var(--mujib-z-index, 2147483000);
    inline-size: min(var(--mujib-width, 25.5em), 100vw - 2.5em);
    block-size: min(var(--mujib-height, 42em), 100dvh - 2.5em);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
  }
  .floating.start .panel {
    inset-inline: calc(1.25em + env(safe-area-inset-left, 0px)) auto;
  }
  .floating.small .panel {
    inset: var(--view-top, 0px) 0 auto 0;
    inline-size: 100%;
    block-size: var(--view-height, 100dvh);
    border-radius: 0;
    box-shadow: none;
    padding-inline: env(safe-area-inset-right, 0px) env(safe-area-inset-left, 0px);
  }
  .floating.small .header {
    padding-block-start: calc(0.65em + env(safe-area-inset-top, 0px));
  }

  .header {
    position: relative;
    z-index: 3;
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.7em;
    padding: 0.65em 0.9em;
    background: var(--accent);
    color: var(--on-accent);
  }
  .header :focus-visible {
    outline-color: currentcolor;
    outline-offset: -0.15em;
  }
  .logo {
    flex: none;
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: 50%;
    object-fit: cover;
    background: #ffffff;
  }
  .logo.drawn {
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--on-accent) 16%, transparent);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  .title {
    font-size: 1.05em;
    font-weight: 700;
    line-height: 1.4;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .subtitle {
    font-size: 0.8em;
    line-height: 1.5;
    text-wrap: balance;
  }
  .head-button {
    flex: none;
    display: inline-grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    margin-inline: -0.4em;
    border-radius: 0.7em;
    color: inherit;
  }
  .head-button:hover {
    background: color-mix(in srgb, var(--on-accent) 16%, transparent);
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% - 0.2em);
    inset-inline-end: 0.6em;
    min-inline-size: 15em;
    max-inline-size: calc(100% - 1.2em);
    padding: 0.35em;
    list-style: none;
    border-radius: 0.8em;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.7em;
    inline-size: 100%;
    min-block-size: 2.75em;
    padding-inline: 0.75em;
    border-radius: 0.55em;
    color: inherit;
    text-align: start;
    text-decoration: none;
  }
  .menu-item .icon {
    color: var(--muted);
  }
  .menu-item:hover {
    background: var(--soft);
  }
  .menu :focus-visible {
    outline-color: var(--accent-text);
  }

  .pinned {
    flex: none;
    display: flex;
    flex-direction: column;
    gap: 0.5em;
    padding: 0.7em 1em 0.8em;
    background: #b42318;
    color: #ffffff;
  }
  .pinned :focus-visible {
    outline-color: #ffffff;
  }
  .pinned-text {
    display: flex;
    gap: 0.5em;
    font-weight: 700;
    line-height: 1.5;
  }
  .pinned-text .icon {
    margin-block-start: 0.1em;
  }
  .call,
  .pinned-show {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    min-block-size: 2.75em;
    padding-inline: 1em;
    border-radius: 0.7em;
    font-weight: 700;
    color: inherit;
    text-decoration: none;
  }
  .call {
    background: #ffffff;
    color: #8c1a11;
  }
  .pinned-show {
    border: 1px solid #ffffff;
  }

  .notices:empty {
    display: none;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 0.6em;
    padding: 0.5em 1em;
    border-block-end: 1px solid var(--line);
    background: var(--soft);
    font-size: 0.9em;
    line-height: 1.6;
  }
  .notice p {
    flex: 1;
  }
  .notice.offline,
  .notice.limited,
  .notice.refused {
    background: var(--warn-soft);
    color: var(--warn-ink);
  }
  .notice .plain {
    flex: none;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .log {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 1em;
    position: relative;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -0.2em;
  }
  .newest {
    position: absolute;
    inset-block-end: 5em;
    inset-inline-start: calc(50% - 1.375em);
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--surface);
    color: var(--accent-text);
    box-shadow: 0 0.2em 0.7em rgb(10 35 33 / 0.2);
  }

  .composer {
    flex: none;
    padding: 0.65em 0.75em calc(0.65em + env(safe-area-inset-bottom, 0px));
    border-block-start: 1px solid var(--line);
    background: var(--surface);
  }
  .composer-row {
    display: flex;
    align-items: flex-end;
    gap: 0.5em;
  }
  .composer .field {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 8.5em;
    border-radius: 1.4em;
    padding-inline: 1.1em;
    overflow-y: auto;
    scrollbar-width: none;
  }
  .send {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }
  .send[aria-disabled='true'] {
    background: var(--soft);
    color: var(--muted);
    cursor: default;
  }
  .too-long {
    padding-block-end: 0.4em;
    color: var(--danger);
    font-size: 0.9em;
  }

  .sheet-ground {
    position: absolute;
    inset: 0;
    z-index: 4;
    display: flex;
    align-items: flex-end;
    overflow: auto;
    background: rgb(6 20 19 / 0.55);
  }
  .sheet {
    inline-size: 100%;
    margin-block-start: auto;
    padding: 1.25em 1.25em calc(1.1em + env(safe-area-inset-bottom, 0px));
    border-start-start-radius: var(--radius);
    border-start-end-radius: var(--radius);
    background: var(--surface);
  }
  .sheet form {
    display: flex;
    flex-direction: column;
    gap: 0.6em;
  }
  .sheet h3 {
    font-size: 1.1em;
    line-height: 1.5;
  }
  .sheet h3:focus-visible {
    outline: none;
  }
  .sheet label {
    font-weight: 600;
  }
  .hint {
    color: var(--muted);
    font-size: 0.85em;
  }
  .sheet .row {
    margin-block-start: 0.4em;
  }
`;
