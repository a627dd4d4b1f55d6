/** Pictures of the console: every page, in three languages, light and dark, wide and on smaller screens. */
import { mkdirSync } from 'node:fs';
import { ask, launch, open } from './browser.js';
import { ADMIN, addUser, enter, go, settled, startDesk, visitConsole } from './console.js';
import { askOnce } from './server.js';

const FOLDER = new URL('../../target/screenshots/console/', import.meta.url).pathname;
const PAGES = [
  'overview',
  'inbox',
  'conversations',
  'knowledge',
  'try',
  'users',
  'settings/widget',
  'settings/access',
  'settings/hours',
  'settings/data',
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

const SESSIONS = 'كم جلسة لازم للوجه؟';
const QUESTIONS = [
  { id: 'one', lang: 'ar', register: 'gulf', kind: 'emergency', turns: ['مو قادر اتنفس وحلقي قاعد يضيق'], expect: {} },
  { id: 'two', lang: 'ar', register: 'msa', kind: 'answer', turns: ['ما هو الميزوثيرابي؟'], pair: ['what-is'], expect: {} },
];

/** What a page shows only after somebody did something: how to get there, and how to leave it as it was. */
const SCENES = {
  'inbox-group': async (page) => {
    await go(page, 'inbox');
    await page.locator('.inbox-link').first().click();
    await page.locator('#group-title').waitFor();
  },
  'try-answer': async (page) => {
    await go(page, 'try');
    await page.locator('#try-field').fill(SESSIONS);
    await page.keyboard.press('Enter');
    await page.locator('.why-rule').waitFor();
  },
  'knowledge-pair': async (page) => {
    await go(page, 'knowledge/pair/sessions-count');
    await page.locator('#answer-ar').waitFor();
    await page.locator('chat-view .bubble').first().waitFor();
  },
  'publish-difference': async (page) => {
    await go(page, 'knowledge/publish');
    await page.locator('.publish-choice').waitFor();
    await page.locator('knowledge-publish .button.solid').click();
    await page.locator('#candidate-title').waitFor({ timeout: 180_000 });
  },
  'taken-over': async (page) => {
    await go(page, 'conversations');
    await page.locator('.talks-row a', { hasText: SESSIONS }).first().click();
    await page.locator('.talk-take button').click();
    await page.locator('talk-composer textarea').waitFor();
    return () => page.locator('.talk-head .note .button').click();
  },
};

/** Has a correction approved, so that there is something to publish. */
async function correct(editor, admin) {
  const path = '/knowledge/entries/pair/what-is';
  const { published } = await editor.call('GET', path);
  const content = { ...published, ar: { ...published.ar, answer: `${published.ar.answer}\n\nصياغة أوضح [1].` } };
  await editor.call('PUT', `${path}/draft`, { content, reason: 'صياغة أوضح' }, { etag: editor.etag });
  await editor.call('GET', path);
  await editor.call('POST', `${path}/draft/submit`, undefined, { etag: editor.etag });
  await admin.call('GET', path);
  await admin.call('POST', `${path}/draft/approve`, undefined, { etag: admin.etag });
}

mkdirSync(FOLDER, { recursive: true });
const { server, admin, editor } = await startDesk(QUESTIONS);
await addUser(server, admin, { login: 'noor', name: 'نور حداد', role: 'reviewer' });
await admin.call('POST', '/tokens', { name: 'جسر واتساب', scopes: ['chat'] });
const { fixed: _fixed, ...settings } = await admin.call('GET', '/settings');
const widget = { ...settings.widget, name_ar: 'عيادة ندى', name_fa: 'کلینیک ندا', phone: '+98 21 0000 0000' };
const hours = { time_zone: 'Asia/Tehran', days: [{ day: 'sat', from: '09:00', to: '19:00' }], closed: ['2027-03-21'] };
const changed = { ...settings, widget, office_hours: hours, allowed_origins: ['https://clinic.example'] };
await admin.call('PUT', '/settings', changed, { etag: admin.etag });
await correct(editor.caller, admin);
for (const text of ASKED) await askOnce(server.url, text);

const browser = await launch();
const patient = await open(browser, server.url, { lang: 'ar' });
await ask(patient.page, SESSIONS);
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
      // The work itself is done at a desk or on a tablet.
      for (const [scene, play] of size === 'phone' ? [] : Object.entries(SCENES)) {
        const leave = await play(page);
        await settled(page);
        await page.screenshot({ path: name(scene) });
        await leave?.();
      }
      await close();
    }
  }
}
await browser.close();
await server.stop();
console.log(`the pictures of the console are in ${FOLDER}`);
