/** Pictures of the clinic's page and the widget: wide and phone, light and dark, Arabic and Persian. */
import { mkdirSync } from 'node:fs';
import { ask, launch, say, visit } from './browser.js';
import { startNetwork } from './network.js';
import { startServer } from './server.js';

const FOLDER = new URL('../../target/screenshots/', import.meta.url).pathname;
const TALKS = {
  ar: {
    ask: 'كم جلسة لازم للوجه؟',
    unclear: 'كم سعر الذهب اليوم؟',
    emergency: 'مو قادر اتنفس وحلقي قاعد يضيق',
  },
  fa: { ask: 'مزو درد داره؟', unclear: 'قیمتش چنده؟', emergency: 'نفسم بالا نمیاد' },
};

/** The page as somebody sees it who was there before: its font is never swapped in late, so a first load may lack it. */
async function visitAgain(url, options) {
  const visited = await visit(browser, url, options);
  await visited.page.reload();
  await visited.page.locator('.launcher').waitFor();
  return visited;
}

mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const network = await startNetwork(server.url);
const browser = await launch();
for (const [lang, talk] of Object.entries(TALKS)) {
  for (const size of ['wide', 'phone']) {
    for (const colorScheme of ['light', 'dark']) {
      const options = {
        lang,
        size,
        colorScheme,
        deviceScaleFactor: size === 'phone' ? 2 : 1,
        reducedMotion: 'reduce',
      };
      const shot = (page, name) =>
        page.screenshot({ path: `${FOLDER}${name}-${lang}-${size}-${colorScheme}.png` });
      const clinic = await visitAgain(server.url, options);
      await clinic.page.screenshot({
        path: `${FOLDER}page-${lang}-${size}-${colorScheme}.png`,
        fullPage: true,
      });
      await clinic.close();

      const { page, close } = await visitAgain(network.url, options);
      await page.locator('.launcher').click();
      await page.locator('.turn.reply').first().waitFor();
      await shot(page, 'greeting');
      const reply = await ask(page, talk.ask);
      await shot(page, 'answer');
      await reply.locator('.sources-label').click();
      await reply.locator('.marker').first().click();
      await reply.locator('.vote').last().click();
      await reply.locator('.comment').waitFor();
      await reply.locator('.card').evaluate((card) => card.scrollIntoView({ block: 'center' }));
      await shot(page, 'citation');
      await page.locator('.menu-button').click();
      await shot(page, 'menu');
      await page.locator('.menu-item').nth(1).click();
      await shot(page, 'person');
      await page.locator('.sheet .solid').click();
      await page.locator('.turn.system').waitFor();
      await ask(page, talk.unclear);
      await shot(page, 'no-answer');
      await ask(page, talk.emergency);
      await shot(page, 'emergency');
      network.cut();
      await page.locator('.notice.offline').waitFor();
      await say(page, talk.ask);
      await page.locator('.state.queued').waitFor();
      await shot(page, 'offline');
      network.mend();
      await close();
    }
  }
}
await browser.close();
network.close();
await server.stop();
console.log(`the pictures are in ${FOLDER}`);
