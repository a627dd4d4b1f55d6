/** A conversation as the patient sees it: the widget's own turns and styles, in a tree of their own. */
import { html, LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { SourceCards } from '../../../widget/src/cards';
import { copyText } from '../../../widget/src/clipboard';
import { plain } from '../../../widget/src/markdown';
import { parseReply, type Lang, type Reply } from '../../../widget/src/protocol';
import { STYLES } from '../../../widget/src/styles';
import { TEXTS, type Texts } from '../../../widget/src/texts';
import type { Item, Own } from '../../../widget/src/transcript';
import { turn } from '../../../widget/src/view/turn';
import type { TurnUi } from '../../../widget/src/view/ui';
import { locale } from '../state/locale';
import { toast } from './toast';

/** One turn: `reply` is the wire's own object. */
export type ChatTurn =
  | { from: 'patient'; id: string; text: string; at?: string }
  | { from: 'bot'; id: string; reply: unknown; helpful?: boolean | null }
  | { from: 'staff' | 'system'; id: string; text: string; name?: string | null; at?: string };

function own(turn: { id: string; text: string }): Own {
  return { id: turn.id, text: turn.text, state: 'answered', why: '', retryAt: 0, tries: 1, at: 0, after: 0 };
}

/** The widget's item for a turn; `null` for a reply that is none. */
export function itemOf(turn: ChatTurn, seq: number): Item | null {
  const key = turn.id;
  if (turn.from === 'patient') return { kind: 'own', key, own: own(turn) };
  if (turn.from === 'bot') {
    // A preview has no place in a conversation.
    const fields = typeof turn.reply === 'object' && turn.reply !== null ? turn.reply : {};
    const reply = parseReply({ ...fields, type: 'reply', seq, id: turn.id });
    return reply ? { kind: 'shown', key, shown: reply } : null;
  }
  const { from, id, text } = turn;
  const shown = { type: 'message', seq, id, in_reply_to: null, from, name: turn.name ?? null, text, event: null } as const;
  return { kind: 'shown', key, shown: { ...shown, sent_at: turn.at ?? '' } };
}

/**
 * `<chat-view>`: `turns` in order. A suggestion that is chosen comes out as `chat-say` with its text; where
 * nothing listens (`still`), suggestions are shown but do nothing.
 */
class ChatView extends LitElement implements TurnUi {
  static override styles = STYLES;
  static override properties = {
    turns: { attribute: false },
    still: { type: Boolean },
    label: {},
    copied: { state: true },
  };
  declare turns: readonly ChatTurn[];
  declare still: boolean;
  declare label: string;
  declare copied: string;
  commenting = '';
  readonly starters: readonly string[] = [];
  readonly now = 0;
  readonly talk = { saved: { votes: {} as Record<string, boolean> }, retry: () => undefined, takeBack: () => undefined };
  readonly cards = new SourceCards(this);
  #redraw = (): void => this.requestUpdate();

  constructor() {
    super();
    Object.assign(this, { turns: [], still: false, label: '', copied: '' });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    locale.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    locale.removeEventListener('change', this.#redraw);
  }

  get texts(): Texts {
    return TEXTS[locale.locale === 'fa' ? 'fa' : 'ar'];
  }

  get locale(): string {
    return this.localeOf(locale.locale === 'fa' ? 'fa' : 'ar');
  }

  localeOf(lang: Lang): string {
    return lang;
  }

  say(text: string): void {
    if (!this.still) this.dispatchEvent(new CustomEvent('chat-say', { detail: text, bubbles: true, composed: true }));
  }

  copy(reply: Reply): void {
    void copyText(plain(reply.text, true), this.renderRoot as ShadowRoot).then((worked) => {
      if (worked) toast(locale.texts.common.copied);
    });
  }

  /** Staff see how a patient voted; they do not vote. */
  vote(): void {}
  comment(): void {}
  editAgain(): void {}

  protected override render(): TemplateResult {
    const turns = this.turns ?? [];
    this.talk.saved.votes = Object.fromEntries(
      turns.flatMap((each) => (each.from === 'bot' && typeof each.helpful === 'boolean' ? [[each.id, each.helpful]] : [])),
    );
    const items = turns.flatMap((each, seq) => itemOf(each, seq) ?? []);
    const isLast = (at: number): boolean => at === items.length - 1;
    return html`<div class="root inline" part="root" dir="rtl" lang=${locale.locale === 'fa' ? 'fa' : 'ar'} data-theme=${locale.isDark ? 'dark' : 'light'}
      role="group" aria-label=${this.label || this.texts.conversation}>
      <ol class="turns" role="list">${repeat(
        items,
        ({ key }) => key,
        (item, at) => turn(this, item, isLast(at), at === 0),
      )}</ol></div>`;
  }
}
customElements.define('chat-view', ChatView);
