/** The staff's way from a wrong answer to what the patient reads next, with the patient's window open all the time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertAccessible, open as openWidget } from './browser.js';
import { ADMIN, enter, go, startDesk } from './console.js';
import { setStage } from './stage.js';

const WAYS = {
  ar: {
    question: 'هل الميزوثيرابي مؤلم؟',
    answer: 'تصحيح من فريق العيادة: الألم خفيف ويُحتمل عادةً',
    reason: 'صياغة أوضح',
  },
  fa: {
    question: 'مزوتراپی درد دارد؟',
    answer: 'اصلاح کارکنان کلینیک: درد کم است و معمولاً تحمل می‌شود',
    reason: 'متن روشن‌تر',
  },
};
const QUESTIONS = [
  { id: 'one', lang: 'ar', register: 'gulf', kind: 'emergency', turns: ['مو قادر اتنفس وحلقي قاعد يضيق'], expect: {} },
  { id: 'two', lang: 'fa', register: 'formal', kind: 'emergency', turns: ['نفسم بالا نمیاد'], expect: {} },
];

const stage = setStage(() => startDesk(QUESTIONS));

/** Has somebody else read what waits, and publishes it. */
async function publish(lang, reason) {
  const { page, complaints, close } = await enter(stage.browser, stage.server.url, ADMIN, { lang, hash: 'knowledge/review' });
  await page.locator('knowledge-review ins, knowledge-review del').first().waitFor();
  await page.locator('knowledge-review .button.solid').click();
  await page.locator('.toast').last().waitFor();
  await page.locator('.tabs a[href$="/publish"]').click();
  await page.locator('.publish-choice').waitFor();
  await page.locator('knowledge-publish .button.solid').click();
  await page.locator('#candidate-title').waitFor({ timeout: 180_000 });
  await assertAccessible(page, `${lang}: what would change`);
  await page.locator('knowledge-publish .button.solid').last().click();
  await page.locator('#ask-reason').fill(reason);
  await page.locator('ask-dialog .button.solid').click();
  await page.locator('knowledge-publish .empty').waitFor();
  assert.deepEqual(complaints, []);
  await close();
}

/** Sends what is in the editor to be read. */
async function submit(page, reason) {
  await page.locator('#reason').fill(reason);
  await page.locator('.knowledge-bar .button.solid').click();
  await page.locator('.page-head .badge.warn').waitFor();
}

for (const [lang, way] of Object.entries(WAYS)) {
  test(`${lang}: a wrong answer is found in the inbox, tried, corrected, read, published, seen, and rolled back`, async () => {
    await stage.editor.caller.call('PATCH', '/me', { locale: lang, theme: 'auto' });
    await stage.admin.call('PATCH', '/me', { locale: lang, theme: 'auto' });
    const patient = await openWidget(stage.browser, stage.server.url, { lang });
    const first = await ask(patient.page, way.question);
    const old = await first.locator('.text').innerText();
    await first.locator('.vote').last().click();
    await first.locator('.comment textarea').fill('<b>؟؟</b>');
    await first.locator('.comment .solid').click();

    const { page, complaints, close } = await enter(stage.browser, stage.server.url, stage.editor, { lang, hash: 'inbox?kind=disliked' });
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    await page.locator('.inbox-link', { hasText: way.question }).click();
    await page.locator('.inbox-message').first().waitFor();
    await page.locator('.inbox-message a[href*="conversations"]').first().click();
    await page.locator('.talk-entry chat-view .turn.reply').first().waitFor();
    await page.goBack();
    const pair = (await page.locator('.inbox-message a[href*="knowledge/pair"]').first().getAttribute('href')).split('/').at(-1);

    await go(page, 'try');
    await page.locator('#try-field').fill(way.question);
    await page.keyboard.press('Enter');
    await page.locator('.why-rule').waitFor();
    await page.locator(`.why-candidate a[href$="/${pair}"]`).first().click();

    const field = page.locator(`#answer-${lang}`);
    await field.waitFor();
    const cited = (await field.inputValue()).match(/\[\d+\]/gu).join(' ');
    await field.fill(`${way.answer} ${cited}.`);
    await page.locator('chat-view').getByText(way.answer).first().waitFor();
    await page.locator('.knowledge-verdict .note.danger').waitFor({ state: 'detached' });
    await submit(page, way.reason);
    await publish(lang, way.reason);

    // The same window, the same conversation: nothing was loaded again.
    const corrected = await ask(patient.page, way.question);
    assert.ok((await corrected.innerText()).includes(way.answer));
    assert.ok((await corrected.locator('.marker').count()) > 0);

    await go(page, `knowledge/history?kind=pair&id=${pair}`);
    await page.locator('.history-first button').click();
    await page.locator('#ask-reason').fill(way.reason);
    await page.locator('ask-dialog .button.solid').click();
    await page.waitForFunction((id) => location.hash.includes(`pair/${id}`), pair);
    await page.locator('.page-head .badge').waitFor();
    await submit(page, way.reason);
    await publish(lang, way.reason);
    const back = await ask(patient.page, way.question);
    assert.equal(await back.locator('.text').innerText(), old);
    assert.deepEqual([...complaints, ...patient.complaints], []);
    await close();
    await patient.close();
  });
}
