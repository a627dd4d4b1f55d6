/** The chat page in a real browser against the real server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, SIZES } from './browser.js';
import { startServer } from './server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of its own storage; what the browser complains of fails the test that asked for it. */
async function open(lang, size = SIZES.wide, url = server.url) {
  const context = await browser.newContext({ viewport: size, locale: lang });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket/u.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${url}/?lang=${lang}`);
  await page.locator('.reply').first().waitFor();
  return { page, complaints, close: () => context.close() };
}

async function ask(page, text) {
  const before = await page.locator('.reply').count();
  await page.locator('#text').fill(text);
  await page.locator('#text').press('Enter');
  const reply = page.locator('.reply').nth(before);
  await reply.waitFor();
  return reply;
}

const CONVERSATIONS = [
  ['ar', 'كم جلسة ميزوثيرابي أحتاج؟', 'answer'],
  ['fa', 'چند جلسه مزوتراپی لازم است؟', 'answer'],
  ['ar', 'لا أستطيع التنفس بعد الحقن', 'emergency'],
  ['fa', 'نفسم بالا نمیاد', 'emergency'],
  ['ar', 'كم سعر الذهب اليوم؟', 'no_answer'],
  ['fa', 'سلام', 'smalltalk'],
];
for (const [lang, text, outcome] of CONVERSATIONS) {
  test(`${lang}: «${text}» is shown as ${outcome}`, async () => {
    const { page, complaints, close } = await open(lang);
    const reply = await ask(page, text);
    assert.match(await reply.getAttribute('class'), new RegExp(`\\b${outcome}\\b`, 'u'));
    assert.equal(await reply.getAttribute('lang'), lang);
    assert.equal(await reply.getAttribute('dir'), 'rtl');
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a marker opens the citation it names', async () => {
  const { page, close } = await open('ar');
  const reply = await ask(page, 'كم جلسة ميزوثيرابي أحتاج؟');
  const marker = reply.locator('.marker').first();
  const number = await marker.textContent();
  assert.equal(await reply.locator('details').getAttribute('open'), null);
  await marker.click();
  assert.notEqual(await reply.locator('details').getAttribute('open'), null);
  const focused = await page.evaluate(() => document.activeElement.value);
  assert.equal(String(focused), number);
  assert.ok((await reply.locator('.disclaimer').count()) > 0);
  await close();
});

test('a suggestion asks its question, a thumb is thanked for', async () => {
  const { page, close } = await open('fa');
  const reply = await ask(page, 'چند جلسه مزوتراپی لازم است؟');
  await reply.locator('[aria-label="پاسخ مفید بود"]').click();
  await reply.locator('.feedback span').waitFor();
  const chip = reply.locator('.chip').first();
  const question = await chip.textContent();
  const replies = await page.locator('.reply').count();
  await chip.click();
  const next = page.locator('.reply').nth(replies);
  await next.waitFor();
  assert.match(await next.getAttribute('class'), /answer/u);
  assert.equal(await page.locator('.own').last().locator('p').first().textContent(), question);
  await close();
});

test('markup that is typed is shown as text', async () => {
  const { page, complaints, close } = await open('ar');
  const typed = '<img src=x onerror="document.title=1"> <script>1</script> كم جلسة؟';
  await ask(page, typed);
  assert.equal(await page.locator('.own p').first().textContent(), typed);
  assert.equal(await page.locator('.own img, .own script').count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('a reloaded page shows the conversation again, once', async () => {
  const { page, close } = await open('ar');
  await ask(page, 'هل الميزوثيرابي مؤلم؟');
  const before = await page.locator('.reply').allTextContents();
  await page.reload();
  await page.locator('.reply').nth(before.length - 1).waitFor();
  const after = await page.locator('.reply').allTextContents();
  assert.deepEqual(after, before);
  await close();
});

test('a message typed while the server is away is answered when it is back', async () => {
  const first = await startServer();
  const listen = new URL(first.url).host;
  const { page, close } = await open('fa', SIZES.wide, first.url);
  await first.kill();
  await page.locator('#notice:not([hidden])').waitFor();
  await page.locator('#text').fill('تزریق مزوتراپی درد دارد؟');
  await page.locator('#text').press('Enter');
  const second = await startServer({ data: first.data, listen });
  await page.locator('.reply.answer').waitFor();
  assert.equal(await page.locator('.reply.answer').count(), 1);
  await close();
  await second.stop();
});

test('the conversation can be deleted', async () => {
  const { page, close } = await open('ar');
  await ask(page, 'هل الميزوثيرابي مؤلم؟');
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('#forget').click();
  await page.locator('.own').waitFor({ state: 'detached' });
  await page.locator('.reply').first().waitFor();
  assert.equal(await page.locator('.reply.answer').count(), 0);
  await close();
});

for (const lang of ['ar', 'fa']) {
  for (const [name, size] of Object.entries(SIZES)) {
    test(`${lang}, ${name}: nothing overflows and axe finds nothing`, async () => {
      const { page, close } = await open(lang, size);
      await ask(page, lang === 'ar' ? 'ما أضرار الميزوثيرابي؟' : 'عوارض مزوتراپی چیست؟');
      await ask(page, lang === 'ar' ? 'لا أستطيع التنفس' : 'نفسم بالا نمیاد');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
      await close();
    });
  }
}
