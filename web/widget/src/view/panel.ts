/** The panel: head, what stays in sight, the conversation, the field, a question over all of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { withoutControls } from '../bidi';
import type { Scroll } from '../scroll';
import { composer } from './composer';
import { header } from './header';
import { ICONS } from './icons';
import { notices, pinned } from './notices';
import { sheet } from './sheets';
import { turn } from './turn';
import type { Ui } from './ui';

/** That a reply is on its way: the assistant's, or a person's. */
function typing({ talk, texts }: Ui): TemplateResult | typeof nothing {
  if (!talk.isWaiting && talk.typist === '') return nothing;
  const words = talk.typist === '' ? texts.typing : texts.personTyping(withoutControls(talk.typist));
  return html`<p class="typing" part="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span class=${talk.typist === '' ? 'hidden' : 'typist'}>${words}</span></p>`;
}

function log(ui: Ui, scroll: Scroll): TemplateResult {
  const { talk, texts } = ui;
  const { items } = talk;
  const isLast = (at: number): boolean => at === items.length - 1 && items[at]?.kind === 'shown';
  return html`<div class="log" part="log" tabindex="0" role="group" aria-label=${texts.conversation} @scroll=${() => scroll.moved()}>
    <ol class="turns" role="list">
      ${repeat(
        items,
        ({ key }) => key,
        (item, at) => turn(ui, item, isLast(at), at === 0),
      )}
    </ol>
    ${typing(ui)}
    ${talk.phase === 'connecting' && items.length === 0 ? html`<p class="connecting">${texts.connecting}</p>` : nothing}
  </div>`;
}

/** `modal`: it takes the whole screen. `key`: what is pressed in it. */
export function panel(ui: Ui, scroll: Scroll, modal: boolean, key: (event: KeyboardEvent) => void): TemplateResult {
  const { texts } = ui;
  return html`<section class="panel" id="panel" part="panel" tabindex="-1" role=${ui.isInline ? 'group' : 'dialog'}
    aria-labelledby="title" aria-modal=${modal ? 'true' : nothing} @keydown=${key}>
    ${header(ui)}
    ${pinned(ui)}
    ${notices(ui)}
    ${log(ui, scroll)}
    ${scroll.isBehind ? html`<button type="button" class="newest" aria-label=${texts.newest} title=${texts.newest} @click=${() => scroll.toEnd()}>${ICONS.down}</button>` : nothing}
    ${composer(ui)}
    ${sheet(ui)}
  </section>`;
}
