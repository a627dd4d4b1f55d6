/** Pictures of the console: every page, in three languages, light and dark, wide and on smaller screens. */
import { mkdirSync } from 'node:fs';
import { launch } from './browser.js';
import { ADMIN, addUser, enter, go, settled, startConsole, visitConsole } from './console.js';

const FOLDER = new URL('../../target/screenshots/console/', import.meta.url).pathname;
const PAGES = [
  'overview',
  'inbox',
  'conversations',
  'knowledge',
  'try',
  'users',
  'settings/widget',
  'settings/hours',
  'tokens',
  'audit',
  'account',
];

/** Lists that go on and on: what is seen first is enough. */
const LONG = ['inbox', 'conversations', 'knowledge'];

/** What patients asked before the pictures are taken. */
const ASKED = [
  'كم جلسة ميزوثيرابي أحتاج؟',
  'هل الميزوثيرابي مؤلم؟',
  'متى أضع المكياج بعد الجلسة؟',
  'كم سعر الذهب اليوم؟',
  'چند جلسه مزوتراپی لازم است؟',
  'مزو درد داره؟',
  'قیمتش چنده؟',
  'نفسم بالا نمیاد',
  'سلام',
];

async function ask(url, text) {
  await fetch(`${url}/v1/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

mkdirSync(FOLDER, { recursive: true });
const { server, admin } = await startConsole();
await addUser(server, admin, { login: 'reza', name: 'رضا کاظمی', role: 'reviewer' });
await addUser(server, admin, { login: 'noor', name: 'نور حداد', role: 'editor' });
const { fixed: _fixed, ...settings } = await admin.call('GET', '/settings');
const widget = { ...settings.widget, name_ar: 'عيادة ندى', name_fa: 'کلینیک ندا', phone: '+98 21 0000 0000' };
await admin.call('PUT', '/settings', { ...settings, widget }, { etag: admin.etag });
for (const text of ASKED) await ask(server.url, text);

const browser = await launch();
for (const lang of ['en', 'ar', 'fa']) {
  await admin.call('PATCH', '/me', { locale: lang, theme: 'auto' });
  for (const size of ['wide', 'tablet', 'phone']) {
    for (const colorScheme of size === 'wide' ? ['light', 'dark'] : ['light']) {
      const options = { lang, size, colorScheme };
      const name = (page) => `${FOLDER}${page.replaceAll('/', '-')}-${lang}-${size}-${colorScheme}.png`;
      const gate = await visitConsole(browser, server.url, options);
      await gate.page.screenshot({ path: name('sign-in') });
      await gate.close();
      const { page, close } = await enter(browser, server.url, ADMIN, options);
      for (const hash of PAGES) {
        await go(page, hash);
        await settled(page);
        // Fonts and pictures of the page, not of the way there.
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: name(hash), fullPage: !LONG.includes(hash) });
      }
      await close();
    }
  }
}
await browser.close();
await server.stop();
console.log(`the pictures of the console are in ${FOLDER}`);
