/**
 * One conversation over a WebSocket that may drop: unanswered messages are sent again with their own
 * ids (the server answers an id once), and what was missed is asked for by `after`.
 */

const KEY = 'mujib-conversation';
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A message without a reply after this long is shown as failed; it is sent again on request. */
const REPLY_WAIT_MS = 20_000;

export class Connection extends EventTarget {
  #url;
  #locale;
  #socket = null;
  #wait = FIRST_WAIT_MS;
  #saved;
  #seen;
  #pending = new Map();
  #timer = 0;

  /** @param {string} url @param {'ar' | 'fa'} locale */
  constructor(url, locale) {
    super();
    this.#url = url;
    this.#locale = locale;
    this.#saved = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    // A page that was loaded anew has shown nothing yet, so everything is asked for again.
    this.#seen = 0;
  }

  set locale(locale) {
    this.#locale = locale;
  }

  open() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#wait = FIRST_WAIT_MS;
      this.#send({ type: 'start', locale: this.#locale, channel: 'web', ...this.#resume() });
    });
    socket.addEventListener('message', (event) => this.#receive(JSON.parse(event.data)));
    socket.addEventListener('close', () => {
      if (socket !== this.#socket) return;
      this.#emit('offline');
      this.#timer = setTimeout(() => this.open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    });
  }

  /** Sends a message; the returned id names it in `reply`, `error` and `failed` events. */
  ask(text, id = crypto.randomUUID()) {
    const timer = setTimeout(() => this.#emit('failed', { id }), REPLY_WAIT_MS);
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.set(id, { text, timer });
    if (this.#saved) this.#send({ type: 'ask', id, text });
    return id;
  }

  feedback(reply, helpful) {
    this.#send({ type: 'feedback', reply, helpful });
  }

  forget() {
    this.#send({ type: 'forget' });
  }

  #resume() {
    if (!this.#saved) return {};
    return { conversation: this.#saved.conversation, resume_token: this.#saved.token, after: this.#seen };
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame) {
    if (frame.seq !== undefined && frame.type !== 'started') this.#seen = Math.max(this.#seen, frame.seq);
    if (frame.type === 'started') this.#started(frame);
    else if (frame.type === 'reply') {
      this.#done(frame.in_reply_to);
      this.#emit('reply', frame);
    } else if (frame.type === 'message') this.#emit('staff', frame);
    else if (frame.type === 'forgotten') this.#restart('forgotten');
    else if (frame.type === 'error') this.#failed(frame);
  }

  #started(frame) {
    if (frame.resume_token || !this.#saved) {
      this.#saved = { conversation: frame.conversation, token: frame.resume_token ?? this.#saved?.token };
      sessionStorage.setItem(KEY, JSON.stringify(this.#saved));
    }
    this.#emit('started', frame);
    for (const [id, { text }] of this.#pending) this.#send({ type: 'ask', id, text });
  }

  #failed(frame) {
    const lost = frame.code === 'unknown_conversation' || frame.code === 'forbidden';
    if (lost && this.#saved && !frame.in_reply_to) {
      this.#restart('expired');
      return;
    }
    this.#done(frame.in_reply_to);
    this.#emit('error', frame);
  }

  #restart(why) {
    this.#saved = null;
    this.#seen = 0;
    sessionStorage.removeItem(KEY);
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    if (why === 'forgotten') this.#pending.clear();
    this.#emit(why);
    this.#send({ type: 'start', locale: this.#locale, channel: 'web' });
  }

  #done(id) {
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.delete(id);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
