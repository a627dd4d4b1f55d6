/** Whatever a patient or a colleague types is text, in every place where staff see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertAccessible, open as openWidget } from './browser.js';
import { ADMIN, enter, go, overflow, settled, startConsole } from './console.js';
import { setStage } from './stage.js';

const MARKUP = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>';
const HOSTILE = `${MARKUP} متى تفتح المكتبة العامة؟ \u202Egnp.exe\u202C [1] **x** [y](javascript:window.hit=3)`;
const LONG = `هل ${'ممممم'.repeat(600)}`;

const stage = setStage(startConsole);

/** That nothing of it became more than text, stayed in the wrong order, or broke the page. */
async function assertHarmless(page, place) {
  const found = await page.evaluate(() => {
    const roots = [document.querySelector('#main') ?? document.body, ...document.querySelectorAll('wa-dialog')];
    const inside = [...document.querySelectorAll('chat-view')].map(({ shadowRoot }) => shadowRoot).filter(Boolean);
    const all = [...roots, ...inside];
    return {
      hit: window.hit ?? 0,
      made: all.flatMap((root) => [...root.querySelectorAll('img, script, iframe, a[href^=javascript]')]).length,
      turned: roots.some((root) => /[\u202A-\u202E]/u.test(root.innerText)),
    };
  });
  assert.deepEqual(found, { hit: 0, made: 0, turned: false }, place);
  assert.ok((await overflow(page)) <= 0, `${place}: too wide`);
}

test('what patients and colleagues type stays text on every page of the console', async () => {
  const patient = await openWidget(stage.browser, stage.server.url, { lang: 'ar' });
  const reply = await ask(patient.page, 'هل الميزوثيرابي مؤلم؟');
  await reply.locator('.vote').last().click();
  await reply.locator('.comment textarea').fill(HOSTILE);
  await reply.locator('.comment .solid').click();
  await ask(patient.page, HOSTILE);
  await ask(patient.page, LONG);
  await patient.page.locator('.menu-button').click();
  await patient.page.locator('.menu-item').nth(1).click();
  await patient.page.locator('input#contact').fill(`${MARKUP} \u202E123`);
  await patient.page.locator('.sheet .solid').click();
  await patient.page.locator('.turn.system').waitFor();

  await stage.admin.call('PATCH', '/me', { locale: 'ar', theme: 'auto', display_name: MARKUP });
  await stage.admin.call('POST', '/users', { login: 'odd', display_name: HOSTILE.slice(0, 80), role: 'viewer' });
  await stage.admin.call('POST', '/tokens', { name: MARKUP, scopes: ['chat', 'knowledge:read'] });
  const question = { text: HOSTILE, lang: 'ar', expected: { outcome: 'no_answer', pair: null }, set: 'evaluation' };
  await stage.admin.call('POST', '/knowledge/questions', question);

  const { page, complaints, close } = await enter(stage.browser, stage.server.url, ADMIN, { lang: 'ar', hash: 'inbox' });
  const link = page.locator('.inbox-link', { hasText: 'onerror' });
  await link.waitFor();
  await assertHarmless(page, 'inbox');
  await link.click();
  await page.locator('#group-note').fill(HOSTILE);
  await page.locator('#group-note').press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.toast').last().waitFor();
  await assertHarmless(page, 'a group');
  for (const [place, at] of [['attach', 0], ['outside', 1], ['missed', 2]]) {
    await page.locator('.inbox-actions button').nth(at).click();
    await page.locator(`wa-dialog #${place}`).waitFor();
    await assertHarmless(page, place);
    await assertAccessible(page, place);
    await page.keyboard.press('Escape');
    await page.locator('wa-dialog').waitFor({ state: 'detached' });
  }
  await go(page, 'conversations');
  await page.locator('.talks-row a').first().click();
  await page.locator('.talk-entry chat-view .turn.reply').first().waitFor();
  await page.locator('.talk-head', { hasText: 'onerror' }).waitFor();
  await assertHarmless(page, 'a transcript');
  await assertAccessible(page, 'a transcript with a way to be reached');
  for (const place of [
    'overview',
    'inbox?state=any&kind=disliked',
    `inbox?q=${encodeURIComponent(MARKUP)}`,
    'conversations',
    `conversations?q=${encodeURIComponent(MARKUP)}`,
    `knowledge?q=${encodeURIComponent(MARKUP)}`,
    `knowledge/new?question=${encodeURIComponent(HOSTILE)}&lang=ar`,
    `knowledge/new?question=${encodeURIComponent(LONG)}&lang=fa`,
    'knowledge/questions?added=true',
    'knowledge/history',
    `try?q=${encodeURIComponent(HOSTILE)}`,
    'users',
    'tokens',
    'audit',
    'account',
  ]) {
    await go(page, place);
    await settled(page);
    await assertHarmless(page, place);
  }
  assert.deepEqual(complaints, []);
  await close();
  await patient.close();
});
