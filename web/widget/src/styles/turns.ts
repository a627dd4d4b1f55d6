import { css } from 'lit';

/** The conversation itself. */
export const turns = css`
  .turns {
    list-style: none;
    display: flex;
    flex-direction: column;
    gap: 0.9em;
  }
  .turn {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.45em;
    min-inline-size: 0;
  }
  .turn:focus-visible {
    outline-offset: 0.25em;
    border-radius: 0.5em;
  }
  .bubble {
    max-inline-size: 92%;
    min-inline-size: 0;
    padding: 0.65em 0.95em;
    border-radius: 1.1em;
    overflow-wrap: anywhere;
  }
  .own {
    align-items: flex-end;
  }
  .own .bubble {
    max-inline-size: 85%;
    border-end-end-radius: 0.3em;
    background: var(--accent);
    color: var(--on-accent);
  }
  .typed {
    white-space: pre-wrap;
  }
  .reply .bubble,
  .staff .bubble,
  .system .bubble {
    border: 1px solid var(--line);
    border-end-start-radius: 0.3em;
    background: var(--surface);
  }
  .staff .bubble {
    border-color: var(--accent-text);
    border-inline-start-width: 0.25em;
  }
  .system .bubble {
    background: var(--soft);
    font-size: 0.95em;
  }
  .speaker {
    font-size: 0.85em;
    font-weight: 700;
    color: var(--accent-text);
  }

  .text > * + * {
    margin-block-start: 0.55em;
  }
  .text ul,
  .text ol {
    padding-inline-start: 1.35em;
  }
  .text ul {
    list-style: disc;
  }
  .text li + li {
    margin-block-start: 0.3em;
  }
  .text li::marker {
    color: var(--accent-text);
  }
  .marker {
    display: inline-grid;
    place-items: center;
    min-inline-size: 1.85em;
    block-size: 1.85em;
    margin-inline: 0.08em;
    border-radius: 0.55em;
    background: var(--soft);
    color: var(--accent-text);
    font-size: 0.82em;
    font-weight: 700;
    line-height: 1;
    vertical-align: 0.1em;
  }
  .marker:hover,
  .marker[aria-expanded='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }

  .sources {
    margin-block-start: 0.65em;
    padding-block-start: 0.25em;
    border-block-start: 1px solid var(--line);
  }
  .sources-label {
    display: flex;
    align-items: center;
    gap: 0.45em;
    min-block-size: calc(var(--tap) / 0.88);
    margin-inline: -0.45em;
    padding-inline: 0.45em;
    border-radius: 0.55em;
    color: var(--muted);
    font-size: 0.88em;
    font-weight: 600;
  }
  .sources-label:hover {
    background: var(--soft);
  }
  .sources-label .icon:last-child {
    inline-size: 1em;
    block-size: 1em;
  }
  .sources-label[aria-expanded='true'] .icon:last-child {
    transform: rotate(180deg);
  }
  .glued {
    white-space: nowrap;
  }
  .source-list {
    list-style: none;
    margin-inline: -0.4em;
  }
  .source {
    display: flex;
    align-items: center;
    gap: 0.6em;
    inline-size: 100%;
    min-block-size: var(--tap);
    padding: 0.15em 0.4em;
    border-radius: 0.55em;
    font-size: 0.9em;
    line-height: 1.5;
    text-align: start;
  }
  .source:hover,
  .source[aria-expanded='true'] {
    background: var(--soft);
  }
  .source-number {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 1.7em;
    block-size: 1.7em;
    border-radius: 0.5em;
    background: var(--soft);
    color: var(--accent-text);
    font-size: 0.9em;
    font-weight: 700;
  }
  .source:hover .source-number,
  .source[aria-expanded='true'] .source-number {
    background: var(--surface);
  }
  .source-title {
    min-inline-size: 0;
    padding-block: 0.25em;
  }
  .source-section {
    display: block;
    color: var(--muted);
    font-size: 0.93em;
  }
  .card {
    margin-block-start: 0.45em;
    padding: 0.6em 0.85em 0.75em;
    border-radius: 0.7em;
    border-inline-start: 0.25em solid var(--accent-text);
    background: var(--ground);
    font-size: 0.93em;
  }
  .card-head {
    display: flex;
    gap: 0.5em;
    align-items: flex-start;
    justify-content: space-between;
  }
  .card-title {
    font-weight: 700;
    padding-block-start: 0.2em;
  }
  .card-head .quiet {
    margin-inline-end: -0.5em;
    flex: none;
  }
  .card-where {
    color: var(--muted);
    font-size: 0.92em;
  }
  .tag {
    display: inline-block;
    margin-inline-start: 0.5em;
    padding-inline: 0.55em;
    border: 1px solid var(--line-strong);
    border-radius: 1em;
    font-size: 0.88em;
    line-height: 1.6;
    white-space: nowrap;
  }
  .card-gist {
    margin-block-start: 0.35em;
  }
  .card-link {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--tap);
    color: var(--accent-text);
    font-weight: 600;
  }

  .disclaimer {
    display: flex;
    gap: 0.4em;
    margin-block-start: 0.45em;
    color: var(--muted);
    font-size: 0.84em;
    line-height: 1.6;
  }
  .disclaimer .icon {
    margin-block-start: 0.12em;
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .disclaimer + .disclaimer {
    margin-block-start: 0.3em;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 0.1em;
    margin-block: 0.35em -0.3em;
    margin-inline-end: -0.5em;
    color: var(--muted);
  }
  .actions-room {
    flex: 1;
    min-inline-size: 1.5em;
  }
  .time {
    font-size: 0.78em;
  }

  .emergency .bubble {
    max-inline-size: 100%;
    inline-size: 100%;
    padding-block-start: 0;
    border: 2px solid #b42318;
    border-radius: 0.9em;
    background: var(--danger-soft);
    color: var(--danger-ink);
    overflow: hidden;
  }
  .emergency .urgent-head {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin: 0 -0.95em 0.7em;
    padding: 0.45em 0.95em;
    background: #b42318;
    color: #ffffff;
    font-weight: 700;
  }
  .emergency .text {
    font-size: 1.05em;
  }
  .emergency .text li::marker,
  .emergency .disclaimer,
  .emergency .actions,
  .emergency .quiet {
    color: inherit;
  }
  .emergency .quiet:hover {
    background: transparent;
    outline: 1px solid currentcolor;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.45em;
  }
  .chip {
    min-block-size: 2.75em;
    max-inline-size: 100%;
    padding: 0.35em 1em;
    border: 1px solid var(--accent-text);
    border-radius: 1.4em;
    background: var(--surface);
    color: var(--accent-text);
    line-height: 1.55;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .chip:hover {
    background: var(--soft);
  }

  .state {
    max-inline-size: 92%;
    color: var(--muted);
    font-size: 0.84em;
    text-align: end;
  }
  .state p,
  p.state.held {
    display: flex;
    align-items: flex-start;
    justify-content: flex-end;
    gap: 0.4em;
    text-align: start;
  }
  .state .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    margin-block-start: 0.15em;
  }
  .state .row {
    justify-content: flex-end;
  }
  .failed p {
    color: var(--danger);
    font-weight: 600;
  }
  .thanks {
    color: var(--muted);
    font-size: 0.84em;
  }
  .comment {
    inline-size: 92%;
    display: flex;
    flex-direction: column;
    gap: 0.45em;
    padding: 0.75em 0.9em;
    border: 1px solid var(--line);
    border-radius: 0.9em;
    background: var(--surface);
  }
  .comment label {
    font-size: 0.9em;
    font-weight: 600;
  }
  .connecting {
    color: var(--muted);
    text-align: center;
  }

  .typing {
    margin-block-start: 0.9em;
  }
  .typist {
    margin-inline-start: 0.6em;
    color: var(--muted);
  }
  .dots {
    display: inline-flex;
    gap: 0.3em;
    padding: 0.8em 1em;
    border: 1px solid var(--line);
    border-radius: 1.1em;
    background: var(--surface);
  }
  .dots i {
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: var(--muted);
  }
  /* Most replies are there before this shows; then nothing flickers. */
  .typing,
  .soon {
    animation: appear 1ms 350ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .dots i {
      animation: wave 1.1s infinite ease-in-out;
    }
    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }
    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }
  }
  @keyframes wave {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
`;
