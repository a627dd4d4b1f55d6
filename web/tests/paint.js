/** Prints how soon the clinic's page is painted with the widget on it, and how much it moves; run by hand. */
import { launch, visit } from './browser.js';
import { startServer } from './server.js';

const TIMES = 5;
const server = await startServer();
const browser = await launch();
console.log('language size   first paint  first content  widget there  layout shift');
for (const lang of ['ar', 'fa']) {
  for (const size of ['wide', 'phone']) {
    const all = [];
    for (let time = 0; time < TIMES; time += 1) {
      const { page, close } = await visit(browser, server.url, { lang, size });
      const there = await page.evaluate(() => performance.now());
      const seen = await page.evaluate(async () => {
        await document.fonts.ready;
        const paints = Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime]));
        const observer = new PerformanceObserver(() => undefined);
        observer.observe({ type: 'layout-shift', buffered: true });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const shift = observer.takeRecords().reduce((sum, { value }) => sum + value, 0);
        return { first: paints['first-paint'], content: paints['first-contentful-paint'], shift };
      });
      all.push({ ...seen, there });
      await close();
    }
    const median = (name) => all.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(TIMES / 2)];
    const ms = (name) => `${Math.round(median(name))} ms`.padStart(12);
    console.log(`${lang.padEnd(8)} ${size.padEnd(6)} ${ms('first')} ${ms('content')} ${ms('there')} ${String(median('shift')).padStart(12)}`);
  }
}
await browser.close();
await server.stop();
