/** Pictures of the chat page: wide and phone, light and dark, Arabic and Persian. */
import { mkdirSync } from 'node:fs';
import { launch, SIZES } from './browser.js';
import { startServer } from './server.js';

const FOLDER = new URL('../../target/screenshots/', import.meta.url).pathname;
const TALKS = {
  ar: ['السلام عليكم', 'كم جلسة لازم للوجه؟', 'وكل قديش؟', 'مو قادر اتنفس وحلقي قاعد يضيق'],
  fa: ['سلام', 'مزو درد داره؟', 'چیکار کنم دردش کمتر بشه؟', 'قیمتش چنده؟'],
};

mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const browser = await launch();
for (const [lang, talk] of Object.entries(TALKS)) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport, colorScheme });
      const page = await context.newPage();
      await page.goto(`${server.url}/?lang=${lang}`);
      await page.locator('.reply').first().waitFor();
      for (const [turn, text] of talk.entries()) {
        await page.locator('#text').fill(text);
        await page.locator('#text').press('Enter');
        await page
          .locator('.reply')
          .nth(turn + 1)
          .waitFor();
      }
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${FOLDER}chat-${lang}-${size}-${colorScheme}.png` });
      await context.close();
    }
  }
}
await browser.close();
await server.stop();
