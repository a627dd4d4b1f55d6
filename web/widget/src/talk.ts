/**
 * One conversation with the server: what was said, what is on its way, and how the line is. After a drop everything
 * unanswered is sent again, and what was missed is asked for by the last `seq`.
 */
import { Link } from './link';
import { afterErasure, afterLoss, afterRestart, type Memory, type Saved, whileErasing } from './memory';
import { LOST, NO_NOTICE, type Notice, waitFor } from './notice';
import { Outbox } from './outbox';
import type { ClientFrame, Lang, Refused, Shown, StaffTyping, Started } from './protocol';
import { parseFrame } from './protocol';
import { Timers } from './timers';
import { arrange, insert, type Item, lastEmergency, personHere } from './transcript';

/** A drop that is mended within this time is not worth a word. */
const TROUBLE_MS = 1_200;
/** Replayed frames are waited for this long before going on. */
const CATCH_UP_MS = 4_000;
/** The line is opened anew if the page was out of sight this long: phones let connections die silently. */
const ASLEEP_MS = 20_000;
const TYPING_EVERY_MS = 4_000;
/** A person who is said to type is shown as typing for this long. */
const TYPING_SHOWN_MS = 7_000;

/** `idle`: not wanted now. `away`: dropped, tried again by itself. */
export type Phase = 'idle' | 'connecting' | 'online' | 'away';

/** Events: `change` whenever something here is different; `news` (a `Shown`) for what arrived just now. */
export class Talk extends EventTarget {
  phase: Phase = 'idle';
  /** Whether a drop lasts long enough to tell the patient. */
  trouble = false;
  notice: Notice = NO_NOTICE;
  saved: Saved;
  shown: readonly Shown[] = [];
  locale: Lang;
  /** Who of the staff is typing; empty for nobody. */
  typist = '';
  #memory: Memory;
  #link: Link;
  #lastSeq = 0;
  /** The `seq` up to which frames are being sent again; they are no news after a reload. */
  #until = 0;
  #old = false;
  #timers = new Timers();
  #outbox = new Outbox(
    {
      all: () => this.saved.own,
      keep: (own) => {
        this.#keep({ own });
        this.#changed();
      },
      post: ({ id, text }) =>
        this.phase === 'online' && this.#link.send({ type: 'ask', id, text, locale: this.locale }),
      suspect: () => this.#link.refresh(),
    },
    this.#timers,
  );
  #hiddenAt = 0;
  #typedAt = 0;
  #comments: ClientFrame[] = [];

  constructor(url: string, memory: Memory, locale: Lang) {
    super();
    this.#memory = memory;
    this.saved = memory.load();
    this.locale = this.saved.locale ?? locale;
    this.#link = new Link(url, {
      up: () => this.#start(),
      text: (text) => this.#receive(text),
      down: (again) => this.#dropped(again),
    });
  }

  get items(): Item[] {
    return arrange(this.saved.own, this.saved.forgetting ? [] : this.shown);
  }

  /** Whether there is a conversation to go on with. */
  get hasBegun(): boolean {
    return this.saved.conversation !== '';
  }

  /** Whether a reply may come any moment. */
  get isWaiting(): boolean {
    if (this.phase !== 'online' || this.person !== null) return false;
    return this.saved.own.some(({ state }) => state === 'sent');
  }

  /** Who of the staff is here; `null` while automatic answers go on. */
  get person(): string | null {
    return personHere(this.shown);
  }

  get failures(): number {
    return this.#link.failures;
  }

  /** Connects, and resumes if there is something to resume. */
  open(): void {
    if (this.phase === 'online' || this.phase === 'connecting') return;
    if (this.phase === 'idle') this.phase = 'connecting';
    this.#old = this.hasBegun && this.#lastSeq === 0;
    this.#link.open();
    this.#changed();
  }

  /** Disconnects without forgetting anything. */
  close(): void {
    this.#link.close();
    this.#timers.stopAll();
    this.typist = '';
    this.phase = 'idle';
    this.trouble = false;
    this.#outbox.requeue(['sent', 'held']);
  }

  /** Says `text`. It is shown at once, and goes out when it can. */
  say(text: string): void {
    const words = text.trim();
    if (words === '') return;
    this.notice = NO_NOTICE;
    this.#sendOrWake(this.#outbox.add(words));
  }

  /** Sends a message again, with the id it had. */
  retry(id: string): void {
    this.#outbox.set(id, { state: 'queued', why: '', tries: 0 });
    this.#sendOrWake(id);
  }

  /** Takes back a message that was not answered; gives back its text. */
  takeBack(id: string): string {
    const text = this.#outbox.find(id)?.text ?? '';
    this.#outbox.set(id, null);
    return text;
  }

  vote(reply: string, helpful: boolean, comment = ''): void {
    const frame: ClientFrame = { type: 'feedback', reply, helpful, ...(comment.trim() ? { comment } : {}) };
    this.#keep({ votes: { ...this.saved.votes, [reply]: helpful } });
    if (this.phase !== 'online' || !this.#link.send(frame)) this.#comments.push(frame);
    this.#changed();
  }

  /** Asks for a person. The system's word in the conversation confirms it. */
  handOff(contact: string): void {
    this.#keep({ handoff: { contact: contact.trim(), sentAfter: -1 } });
    if (this.phase === 'online') this.#sendHandoff();
    else this.wake();
    this.#changed();
  }

  typing(): void {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    if (this.phase === 'online') this.#link.send({ type: 'typing' });
    else this.wake();
  }

  /** Has the conversation erased: here at once, at the server as soon as it is reached. */
  forget(): void {
    if (!this.hasBegun) {
      this.#reset('forgotten');
      return;
    }
    this.#clear(whileErasing(this.saved));
    this.notice = { kind: 'forgetting' };
    if (this.phase === 'online') this.#link.send({ type: 'forget' });
    else this.wake();
    this.#changed();
  }

  /** Leaves this conversation as it is and begins another. An emergency reply stays in sight. */
  restart(): void {
    this.#link.close();
    this.#clear(afterRestart(this.saved));
    this.phase = 'connecting';
    this.notice = NO_NOTICE;
    this.#link.open();
    this.#changed();
  }

  setOpen(open: boolean): void {
    this.#keep({ open });
  }

  setDraft(draft: string): void {
    this.#keep({ draft });
    this.#changed();
  }

  setLocale(locale: Lang): void {
    this.locale = locale;
    this.#keep({ locale });
    this.#changed();
  }

  dismiss(): void {
    this.notice = NO_NOTICE;
    this.#changed();
  }

  /** Tries at once what would be tried later. */
  wake(): void {
    if (this.phase === 'idle') this.open();
    else if (this.phase === 'away') this.#link.open();
  }

  /** The page went out of sight, or came back. */
  seen(visible: boolean): void {
    if (!visible) {
      this.#hiddenAt = Date.now();
    } else if (this.phase === 'online' && Date.now() - this.#hiddenAt > ASLEEP_MS) {
      this.#link.refresh();
    } else if (this.phase === 'away') {
      this.#link.open();
    }
  }

  /** The system says that the network is there or gone. */
  network(there: boolean): void {
    if (this.phase === 'idle') return;
    // Gone or changed: either way the old connection is worth nothing.
    this.#link.refresh();
    if (!there) this.#setTrouble();
  }

  #start(): void {
    this.#timers.stop('later');
    const { conversation, token } = this.saved;
    const resume = conversation ? { conversation, resume_token: token, after: this.#lastSeq } : {};
    this.#link.send({ type: 'start', locale: this.locale, channel: 'web', ...resume });
  }

  #dropped(again: boolean): void {
    this.phase = again ? 'away' : 'idle';
    this.#timers.stop('catch-up');
    this.#outbox.requeue(['sent']);
    if (again) this.#timers.start('trouble', TROUBLE_MS, () => this.#setTrouble());
    else if (this.failures > 0) this.trouble = true;
    this.#changed();
  }

  #setTrouble(): void {
    if (this.phase === 'online') return;
    this.trouble = true;
    this.#changed();
  }

  #receive(text: string): void {
    const frame = parseFrame(text);
    if (!frame) return;
    if (frame.type === 'started') this.#started(frame);
    else if (frame.type === 'forgotten') this.#reset('forgotten');
    else if (frame.type === 'error') this.#refused(frame);
    else if (frame.type === 'received') this.#received(frame.in_reply_to);
    else if (frame.type === 'typing') this.#typist(frame);
    else this.#show(frame);
    this.#changed();
  }

  #started(frame: Started): void {
    const isNew = frame.conversation !== this.saved.conversation;
    if (isNew) {
      this.#keep({ conversation: frame.conversation, token: frame.resume_token ?? '' });
      this.#lastSeq = 0;
      this.#old = false;
    }
    this.#until = frame.seq;
    if (frame.greeting) this.#show(frame.greeting);
    if (this.#lastSeq >= this.#until) this.#caughtUp();
    else this.#timers.start('catch-up', CATCH_UP_MS, () => this.#caughtUp());
  }

  /** All that was missed is here: what is still unanswered has to be said again. */
  #caughtUp(): void {
    if (this.phase === 'online') return;
    this.#timers.stop('catch-up');
    this.#timers.stop('trouble');
    this.#link.good();
    this.phase = 'online';
    this.trouble = false;
    this.#old = false;
    if (this.saved.forgetting) {
      this.#link.send({ type: 'forget' });
      return;
    }
    this.#outbox.sendQueued();
    for (const comment of this.#comments.splice(0)) this.#link.send(comment);
    if (this.saved.handoff) this.#sendHandoff();
    this.#changed();
  }

  #show(frame: Shown): void {
    this.#lastSeq = Math.max(this.#lastSeq, frame.seq);
    if (this.saved.forgetting) {
      if (this.#lastSeq >= this.#until) this.#caughtUp();
      return;
    }
    const before = this.shown;
    this.shown = insert(before, frame);
    const { handoff } = this.saved;
    if (handoff && frame.type === 'message' && handoff.sentAfter >= 0 && frame.seq > handoff.sentAfter) {
      this.#keep({ handoff: null });
    }
    const asked = this.#outbox.find(frame.in_reply_to);
    if (asked && asked.state !== 'answered') this.#outbox.set(asked.id, { state: 'answered', why: '' });
    if (frame.type === 'reply' && frame.outcome === 'emergency' && before !== this.shown) {
      this.#keep({ pinned: lastEmergency(this.shown) });
    }
    if (frame.type === 'message') this.#stillness();
    const isNews = before !== this.shown && !this.#old;
    if (this.phase !== 'online' && this.#until > 0 && this.#lastSeq >= this.#until) this.#caughtUp();
    if (isNews) this.dispatchEvent(new CustomEvent('news', { detail: frame }));
  }

  /** A message reached the person who is here; what that person says later stands after it. */
  #received(id: string): void {
    if (this.#outbox.find(id)?.state !== 'sent') return;
    this.#outbox.set(id, { state: 'received', why: '', after: this.#lastSeq });
  }

  #typist({ name }: StaffTyping): void {
    this.typist = name;
    this.#timers.start('typist', TYPING_SHOWN_MS, () => this.#stillness());
  }

  #stillness(): void {
    this.#timers.stop('typist');
    this.typist = '';
    this.#changed();
  }

  #refused(error: Refused): void {
    const later = waitFor(error);
    if (LOST.includes(error.code)) this.#lost();
    else if (!this.#outbox.refuse(error, later)) this.#refusedLine(error, later);
  }

  /** Something else than a message was refused: the start, or a wish for a person. */
  #refusedLine(error: Refused, later: number | null): void {
    if (later === null) {
      this.notice = { kind: 'refused', text: error.message };
      return;
    }
    this.#link.notBefore(later);
    if (error.code === 'rate_limited') {
      this.notice = { kind: 'limited', text: error.message, until: Date.now() + later };
    }
    this.#timers.start('later', later, () => {
      if (this.notice.kind === 'limited') this.notice = NO_NOTICE;
      if (this.phase !== 'online') this.#start();
      else if (this.saved.handoff) this.#sendHandoff();
      this.#changed();
    });
  }

  /** The conversation is no more, or not ours. What is unanswered is asked in a new one. */
  #lost(): void {
    if (this.saved.forgetting) {
      this.#reset('forgotten');
      return;
    }
    const left = afterLoss(this.saved);
    const had = this.shown.length > 0 || this.saved.own.length > left.own.length;
    this.#clear(left);
    this.notice = had ? { kind: 'expired' } : NO_NOTICE;
    this.phase = 'connecting';
    this.#start();
  }

  /** Everything is gone; a new conversation begins. */
  #reset(kind: 'forgotten'): void {
    this.#clear(afterErasure(this.saved));
    this.notice = { kind };
    this.phase = 'connecting';
    if (this.#link.isOpen) this.#start();
    else this.#link.open();
    this.#changed();
  }

  #clear(saved: Saved): void {
    this.#timers.stopAll();
    this.typist = '';
    this.#comments = [];
    this.shown = [];
    this.#lastSeq = 0;
    this.#until = 0;
    this.#old = false;
    this.#keep(saved);
  }

  #sendOrWake(id: string): void {
    if (this.phase !== 'online') this.wake();
    // A conversation that is being erased takes no more; the message goes into the next.
    else if (!this.saved.forgetting) this.#outbox.send(id);
  }

  #sendHandoff(): void {
    const { handoff } = this.saved;
    if (!handoff) return;
    this.#link.send({ type: 'handoff', ...(handoff.contact ? { contact: handoff.contact } : {}) });
    this.#keep({ handoff: { ...handoff, sentAfter: this.#lastSeq } });
  }

  #keep(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change };
    this.#memory.save(this.saved);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
