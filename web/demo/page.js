/** The page of the clinic as a document: one layout, in whichever language. */
import { TEXTS } from './texts.js';

/** Where the page stands in each language, and what the language calls itself. */
export const PAGES = {
  ar: { file: 'index.html', own: 'العربية' },
  fa: { file: 'fa.html', own: 'فارسی' },
};

const SIGNS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** `html` with texts as text: an array is joined, whatever else is inserted is escaped unless `html` made it. */
function html(strings, ...values) {
  const part = (value) => {
    if (Array.isArray(value)) return value.map(part).join('');
    return value instanceof String ? String(value) : value.replace(/[&<>"]/gu, (sign) => SIGNS[sign]);
  };
  return new String(strings.reduce((all, string, at) => all + part(values[at - 1]) + string));
}

const section = (id, isWashed, { title, under }, content) => html`
      <section id="${id}"${isWashed ? html` class="wash"` : ''} aria-labelledby="${id}-title">
        <div class="inner">
          <h2 id="${id}-title">${title}</h2>
          <p class="under">${under}</p>
          ${content}
        </div>
      </section>`;

const card = ([title, text]) => html`
            <li><h3>${title}</h3><p>${text}</p></li>`;

const ask = (question) => html`
            <li><button type="button" class="ask" data-ask="${question}">${question}</button></li>`;

/** A telephone number is set digit by digit, or its groups would stand in the wrong order. */
const fact = ([name, value]) => html`
            <div><dt>${name}</dt><dd>${/^[\d٠-٩۰-۹ ]+$/u.test(value) ? html`<bdo dir="ltr">${value}</bdo>` : value}</dd></div>`;

/** The document in `lang`, as Vite reads one: with the addresses of sources. */
export function page(lang) {
  const t = TEXTS[lang];
  const other = Object.keys(PAGES).find((known) => known !== lang);
  const { file, own } = PAGES[other];
  return String(html`<!doctype html>
<html lang="${lang}" dir="rtl">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="${t.description}">
    <title>${t.title}</title>
    <link rel="icon" href="./icon.svg" type="image/svg+xml">
    <link rel="alternate" hreflang="${other}" href="./${file}" vite-ignore>
    <link rel="preload" href="../node_modules/@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
    <link rel="stylesheet" href="./demo.css">
    <script vite-ignore defer src="./widget.js" data-name="${t.name}" data-starters="${t.starters.join('|')}"></script>
    <script type="module" src="./demo.js"></script>
  </head>
  <body>
    <a class="skip" href="#main">${t.skip}</a>
    <header class="top">
      <div class="inner">
        <a class="brand" href="#main"><img src="./icon.svg" alt="" width="40" height="40"><span>${t.name} <small>${t.field}</small></span></a>
        <nav aria-label="${t.sections}">
          <ul class="links">${['services', 'visit', 'questions', 'contact'].map((id) => html`
            <li><a href="#${id}">${t[id].title}</a></li>`)}
          </ul>
        </nav>
        <a class="language" href="./${file}" lang="${other}" hreflang="${other}" vite-ignore>${own}</a>
      </div>
    </header>
    <main id="main">
      <div class="hero">
        <div class="inner">
          <div>
            <h1>${t.heading}</h1>
            <p class="lead">${t.lead}</p>
            <div class="buttons">
              <button type="button" class="button" data-ask="">${t.askUs}</button>
              <a class="button second" href="#contact">${t.toHours}</a>
            </div>
          </div>
          <img src="./hero.svg" alt="" width="480" height="400">
        </div>
      </div>${section('services', false, t.services, html`<ul class="cards">${t.services.cards.map(card)}
          </ul>`)}${section('visit', true, t.visit, html`<ol class="cards steps">${t.visit.cards.map(card)}
          </ol>`)}${section('questions', false, t.questions, html`<ul class="asks">${t.questions.asks.map(ask)}
          </ul>`)}${section('contact', true, t.contact, html`<dl class="contact">${t.contact.facts.map(fact)}
          </dl>`)}
    </main>
    <footer>
      <div class="inner"><p>${t.footer}</p></div>
    </footer>
  </body>
</html>
`);
}
