/** The chat page: shows a conversation and sends what is typed. */
import { Connection } from './connection.js';
import { render } from './markdown.js';
import { TEXTS } from './texts.js';

const LOCALE = 'mujib-locale';
const find = (id) => document.getElementById(id);
const log = find('log');
const field = find('text');
let locale = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(LOCALE) ?? 'ar';
if (!(locale in TEXTS)) locale = 'ar';

const url = new URL('v1/chat', location.href);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
const connection = new Connection(url.href, locale);

/** Own messages by id: where their state is shown. */
const sent = new Map();
/** Ids of frames on the page: a resumed conversation repeats none. */
const shown = new Set();

function element(name, classes, text) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, classes, onClick) {
  const made = element('button', classes, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

function applyLocale() {
  const texts = TEXTS[locale];
  document.documentElement.lang = locale;
  document.title = texts.title;
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = texts[place.dataset.text];
  field.placeholder = texts.placeholder;
  // A named form is a landmark, so that the field is found by region.
  find('ask').setAttribute('aria-label', texts.placeholder);
  localStorage.setItem(LOCALE, locale);
  connection.locale = locale;
}

function notice(text) {
  find('notice').textContent = text;
  find('notice').hidden = text === '';
}

function append(turn) {
  log.append(turn);
  turn.scrollIntoView({ block: 'end' });
}

function speaker(name) {
  return element('span', 'hidden', `${name}: `);
}

function say(text) {
  const trimmed = text.trim();
  if (trimmed === '') return;
  const turn = element('article', 'turn own');
  const words = element('p', '', trimmed);
  words.dir = 'auto';
  const state = element('p', 'state', TEXTS[locale].waiting);
  turn.append(speaker(TEXTS[locale].you), words, state);
  const id = connection.ask(trimmed);
  sent.set(id, { state, text: trimmed });
  append(turn);
}

function citationList(reply, turn) {
  const texts = TEXTS[reply.lang];
  const details = element('details', 'sources');
  details.append(element('summary', '', texts.sources));
  const list = element('ol');
  for (const citation of reply.citations) {
    const item = element('li');
    item.id = `${reply.id}-${citation.marker}`;
    item.value = citation.marker;
    item.tabIndex = -1;
    const title = element('strong', '', citation.title);
    const where = element('span', 'where', `${citation.section} · ${texts.sourceIn[citation.lang] ?? ''}`);
    const gist = element('p', '', citation.gist);
    gist.dir = 'auto';
    item.append(title, where, gist);
    list.append(item);
  }
  details.append(list);
  turn.append(details);
  return details;
}

function feedbackButtons(reply, turn) {
  const texts = TEXTS[reply.lang];
  const row = element('div', 'feedback');
  const give = (helpful) => () => {
    connection.feedback(reply.id, helpful);
    row.replaceChildren(element('span', '', texts.thanks));
  };
  for (const [sign, label, helpful] of [
    ['👍', texts.helpful, true],
    ['👎', texts.unhelpful, false],
  ]) {
    const vote = button(sign, 'quiet', give(helpful));
    vote.setAttribute('aria-label', label);
    row.append(vote);
  }
  turn.append(row);
}

function showReply(reply) {
  if (shown.has(reply.id)) return;
  shown.add(reply.id);
  const own = sent.get(reply.in_reply_to);
  own?.state.remove();
  const turn = element('article', `turn reply ${reply.outcome}`);
  turn.lang = reply.lang;
  turn.dir = reply.dir;
  turn.append(speaker(TEXTS[reply.lang].reply));
  let sources = null;
  const marker = (number) => {
    const made = button(String(number), 'marker', () => {
      sources.open = true;
      document.getElementById(`${reply.id}-${number}`)?.focus();
    });
    made.setAttribute('aria-label', `${TEXTS[reply.lang].sources} ${number}`);
    return made;
  };
  turn.append(render(reply.text, marker));
  if (reply.citations.length > 0) sources = citationList(reply, turn);
  for (const disclaimer of reply.disclaimers) {
    const small = element('p', 'disclaimer', disclaimer.text);
    small.dir = 'auto';
    turn.append(small);
  }
  if (reply.suggestions.length > 0) {
    const chips = element('div', 'chips');
    for (const suggestion of reply.suggestions) {
      chips.append(button(suggestion.text, 'chip', () => say(suggestion.text)));
    }
    turn.append(chips);
  }
  if (reply.outcome === 'answer') feedbackButtons(reply, turn);
  append(turn);
}

connection.addEventListener('started', ({ detail }) => {
  notice('');
  if (detail.greeting) showReply(detail.greeting);
});
connection.addEventListener('reply', ({ detail }) => showReply(detail));
connection.addEventListener('staff', ({ detail }) => {
  if (shown.has(detail.id)) return;
  shown.add(detail.id);
  const turn = element('article', 'turn reply staff');
  const words = element('p', '', detail.text);
  words.dir = 'auto';
  turn.append(speaker(detail.name ?? TEXTS[locale].staff), words);
  append(turn);
});
connection.addEventListener('offline', () => notice(TEXTS[locale].offline));
connection.addEventListener('forgotten', () => {
  log.replaceChildren();
  shown.clear();
  sent.clear();
  notice(TEXTS[locale].forgotten);
});
connection.addEventListener('expired', () => {
  log.replaceChildren();
  shown.clear();
});
connection.addEventListener('failed', ({ detail }) => {
  const own = sent.get(detail.id);
  if (!own) return;
  const again = button(TEXTS[locale].retry, 'quiet', () => {
    own.state.textContent = TEXTS[locale].waiting;
    connection.ask(own.text, detail.id);
  });
  own.state.replaceChildren(`${TEXTS[locale].failed} `, again);
});
connection.addEventListener('error', ({ detail }) => {
  const own = sent.get(detail.in_reply_to);
  if (own) own.state.textContent = detail.message;
  else notice(detail.message);
});

find('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  say(field.value);
  field.value = '';
  field.dispatchEvent(new Event('input'));
  field.focus();
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find('ask').requestSubmit();
  }
});
field.addEventListener('input', () => {
  field.rows = Math.min(5, field.value.split('\n').length);
});
find('language').addEventListener('click', () => {
  locale = locale === 'ar' ? 'fa' : 'ar';
  applyLocale();
  field.focus();
});
find('forget').addEventListener('click', () => {
  if (confirm(TEXTS[locale].confirmForget)) connection.forget();
});

applyLocale();
connection.open();
