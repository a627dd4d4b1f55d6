/** Staff at work: what patients asked, corrections and their way to the patients, talks. Real browser, real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertAccessible, open as openWidget } from './browser.js';
import { ADMIN, enter, go, overflow, startDesk, testLooks } from './console.js';
import { askOnce } from './server.js';
import { setStage } from './stage.js';

const HOSTILE = '<img src=x onerror=alert(1)> متى تفتح المكتبة العامة غدًا؟ \u202Egnp.exe\u202C [1] **x** <script>alert(2)</script>';
const LONG = `هل ${'ممممم'.repeat(300)}`;
const EMERGENCY = 'مو قادر اتنفس وحلقي قاعد يضيق';
const QUESTIONS = [
  { id: 'one', lang: 'ar', register: 'gulf', kind: 'emergency', turns: [EMERGENCY], expect: {} },
  { id: 'two', lang: 'ar', register: 'msa', kind: 'answer', turns: ['ما هو الميزوثيرابي؟'], pair: ['what-is'], expect: {} },
];

const stage = setStage(() => startDesk(QUESTIONS));

const inside = (who, options) => enter(stage.browser, stage.server.url, who, options);
const patient = (text) => askOnce(stage.server.url, text);
const toast = (page) => page.locator('.toast').last();

/** Chooses a pair in the picker of a dialog, by keyboard. */
async function pick(page, words) {
  const field = page.locator('wa-dialog pair-picker input');
  await field.fill(words);
  await page.locator('.pick-option').first().waitFor();
  await field.press('Enter');
  await page.locator('.picked').waitFor();
}

test('what patients asked in vain is shown as text, sorted by keyboard, and becomes a way to ask', async () => {
  const { page, complaints, close } = await inside(stage.editor, { hash: 'inbox' });
  // The list is open while the messages come: it fills by itself.
  await page.locator('page-inbox .empty').first().waitFor();
  await patient(HOSTILE);
  await patient(LONG);
  await page.locator('.inbox-row').nth(1).waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
  const sample = await page.locator('.excerpt', { hasText: 'onerror' }).innerText();
  assert.ok(sample.includes('<img src=x') && !sample.includes('\u202E'));
  assert.ok((await overflow(page)) <= 0, 'a word without an end breaks');
  await assertAccessible(page, 'inbox');

  await page.keyboard.press('?');
  await page.locator('.inbox-keys').waitFor();
  await assertAccessible(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.locator('.inbox-keys').waitFor({ state: 'detached' });

  await page.locator('.inbox-link', { hasText: 'onerror' }).click();
  await page.locator('#group-title').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'group-title');
  assert.equal(await page.locator('main img, main script').count(), 0);
  await assertAccessible(page, 'a group');
  await page.keyboard.press('a');
  await page.locator('#attach').waitFor();
  await page.locator('#attach-text').fill('هل يفيد المشي بعد الغداء مع الميزو؟');
  await pick(page, 'what-is');
  await assertAccessible(page, 'adding to an answer');
  await page.locator('wa-dialog [type=submit]').click();
  await page.locator('wa-dialog').waitFor({ state: 'detached' });
  const { draft } = await stage.admin.call('GET', '/knowledge/entries/pair/what-is');
  assert.ok(draft.content.ar.variants.includes('هل يفيد المشي بعد الغداء مع الميزو؟'));
  assert.equal(draft.author.id, stage.editor.id);
  await stage.admin.call('DELETE', '/knowledge/entries/pair/what-is/draft', undefined, { etag: stage.admin.etag });

  await go(page, 'inbox');
  await page.locator('.inbox-row').first().waitFor();
  const left = await page.locator('.inbox-row').count();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.locator('.inbox-row input:checked').waitFor();
  await page.keyboard.press('d');
  await page.waitForFunction((before) => document.querySelectorAll('.inbox-row').length === before - 1, left);
  await page.locator('#filter-state').selectOption('any');
  await page.waitForFunction(() => location.hash.includes('state=any'));
  await page.reload();
  await page.locator('.inbox-row').first().waitFor();
  assert.equal(await page.locator('#filter-state').inputValue(), 'any', 'filters survive a reload');
  assert.deepEqual(complaints, []);
  await close();
});

test('a question is tried with its reasons, and a wrong reply corrected from there', async () => {
  const { page, complaints, close } = await inside(stage.editor, { hash: 'try', lang: 'ar' });
  await assertAccessible(page, 'try, nothing asked');
  await page.locator('#try-field').fill('كم جلسة لازم للوجه؟');
  await page.keyboard.press('Enter');
  await page.locator('.why-rule').waitFor();
  const direct = await patient('كم جلسة لازم للوجه؟');
  const shown = await page.locator('chat-view .turn.reply .text').innerText();
  const alike = (text) => text.replace(/\s+/gu, ' ').replace(/[٠-٩]/gu, (digit) => digit.charCodeAt(0) - 0x660).slice(0, 40);
  assert.equal(alike(shown), alike(direct.text));
  assert.ok((await page.locator('.why-candidate').count()) > 1);
  await assertAccessible(page, 'try, with reasons');
  await page.locator('chat-view .marker').first().click();
  await page.locator('chat-view .card').waitFor();

  await page.locator('#try-field').fill(HOSTILE);
  await page.keyboard.press('Enter');
  await page.locator('chat-view').nth(1).locator('.turn.reply').waitFor();
  assert.equal(await page.locator('main img, main script, chat-view img').count(), 0);
  await page.locator('.try-under').nth(1).locator('button').nth(2).click();
  await page.locator('#judge').waitFor();
  await assertAccessible(page, 'what it should have been');
  await pick(page, 'what-is');
  await page.locator('#judge input[value=question]').check();
  await page.locator('wa-dialog [type=submit]').click();
  await page.locator('wa-dialog').waitFor({ state: 'detached' });
  const { items } = await stage.admin.call('GET', '/knowledge/questions?added=true');
  assert.equal(items[0].expected.pair, 'what-is');
  await stage.admin.call('DELETE', `/knowledge/questions/${items[0].id}`);

  await page.locator('#try-field').fill(EMERGENCY);
  await page.keyboard.press('Enter');
  await page.locator('chat-view').nth(2).locator('.turn.emergency').waitFor();
  await page.locator('.why-steps .badge.danger').first().waitFor();
  await assertAccessible(page, 'try, an emergency');
  assert.deepEqual(complaints, []);
  await close();
});

test('a correction is drafted, read by someone else, published, reaches the patient, and is rolled back', async () => {
  const words = 'تجربة النشر: هذا نص الجواب الجديد [1] [2] [3] [4].';
  const { page, complaints, close } = await inside(stage.editor, { hash: 'knowledge?q=what-is' });
  await page.locator('.pair-link[href$="/what-is"]').click();
  await page.locator('#answer-ar').waitFor();
  await page.locator('chat-view .bubble').first().waitFor();
  await assertAccessible(page, 'the editor');

  await page.locator('#answer-ar').fill('');
  await page.locator('.knowledge-verdict .note.danger').waitFor();
  await assertAccessible(page, 'the editor, with problems');
  await page.locator('#answer-ar').fill(words);
  await page.locator('.knowledge-verdict .note.danger').waitFor({ state: 'detached' });
  await page.locator('chat-view').first().getByText('تجربة النشر').waitFor();

  await page.locator('side-nav a[href="#/inbox"]').click();
  await page.locator('ask-dialog [slot=footer] button').first().click();
  assert.equal(await page.locator('#answer-ar').inputValue(), words, 'nothing typed is lost by a click');
  await page.locator('#reason').fill('صياغة أوضح');
  await page.locator('.knowledge-bar .button.solid').click();
  await page.locator('.page-head .badge.warn').waitFor();
  await close();

  const reviewer = await inside(ADMIN, { hash: 'knowledge/review' });
  const review = reviewer.page;
  await review.locator('ins', { hasText: 'تجربة' }).waitFor();
  await assertAccessible(review, 'review');
  await review.locator('knowledge-review .button.solid').click();
  await toast(review).waitFor();
  await review.locator('.tabs a[href$="/publish"]').click();
  await review.locator('.publish-choice').waitFor();
  await review.locator('knowledge-publish .button.solid').click();
  await review.locator('#candidate-title').waitFor({ timeout: 180_000 });
  await assertAccessible(review, 'a candidate');
  await review.locator('knowledge-publish .button.solid').last().click();
  await review.locator('#ask-reason').fill('جاهز');
  await review.locator('ask-dialog .button.solid').click();
  await toast(review).waitFor();
  await review.locator('knowledge-publish .empty').waitFor();
  assert.match((await patient('ما هو الميزوثيرابي؟')).text, /تجربة النشر/u);

  await go(review, 'knowledge/history?kind=pair&id=what-is');
  await review.locator('.history-row').first().waitFor();
  await review.locator('.history-row button').first().click();
  await review.locator('.change-list').waitFor();
  await assertAccessible(review, 'history');
  await review.locator('.history-row .card-head button').nth(1).click();
  await review.locator('#ask-reason').fill('العودة');
  await review.locator('ask-dialog .button.solid').click();
  await review.waitForFunction(() => location.hash.includes('pair/what-is'));
  assert.deepEqual([...complaints, ...reviewer.complaints], []);
  await reviewer.close();
  const { draft } = await stage.admin.call('GET', '/knowledge/entries/pair/what-is');
  assert.equal(draft.state, 'draft');
  await stage.admin.call('DELETE', '/knowledge/entries/pair/what-is/draft', undefined, { etag: stage.admin.etag });
});

test('nobody overwrites anybody: the second one sees both texts and chooses', async () => {
  const { page, close } = await inside(stage.editor, { hash: 'knowledge/entry/outside/price' });
  await page.locator('#field-ar-reply').waitFor();
  await page.locator('#field-ar-reply').fill('نصّي أنا');
  const theirs = await stage.admin.call('GET', '/knowledge/entries/outside/price');
  const content = { ...theirs.published, ar: { ...theirs.published.ar, reply: 'نصّ شخص آخر' } };
  await stage.admin.call('PUT', '/knowledge/entries/outside/price/draft', { content, reason: 'x' }, { etag: stage.admin.etag });
  await page.locator('.knowledge-bar .button', { hasText: 'Save' }).click();
  await page.locator('#conflict-title').waitFor();
  await assertAccessible(page, 'a conflict');
  assert.equal(await page.locator('#field-ar-reply').inputValue(), 'نصّي أنا');
  const kept = page.waitForResponse((response) => response.request().method() === 'PUT' && response.ok());
  await page.locator('section[role=alert] .button.solid').click();
  await kept;
  await page.locator('#conflict-title').waitFor({ state: 'detached' });
  const now = await stage.admin.call('GET', '/knowledge/entries/outside/price');
  assert.equal(now.draft.content.ar.reply, 'نصّي أنا');
  await stage.admin.call('DELETE', '/knowledge/entries/outside/price/draft', undefined, { etag: stage.admin.etag });
  await close();
});

test('staff read a conversation, take it over, talk, and hand it back', async () => {
  const chat = await openWidget(stage.browser, stage.server.url, { lang: 'ar' });
  await ask(chat.page, 'كم جلسة لازم للوجه؟');
  await ask(chat.page, HOSTILE);
  const { page, complaints, close } = await inside(stage.editor, { hash: 'conversations', lang: 'ar' });
  await page.locator('.talks-row a', { hasText: 'كم جلسة' }).first().click();
  await page.locator('.talk-entry chat-view .turn.reply').first().waitFor();
  assert.equal(await page.locator('main img, main script, chat-view img').count(), 0);
  await assertAccessible(page, 'a transcript');
  await page.locator('.talk-take button').click();
  await page.locator('talk-composer textarea').fill('مرحبًا، معك رضا من العيادة.');
  await page.keyboard.press('Enter');
  await chat.page.locator('.turn.staff', { hasText: 'معك رضا' }).waitFor();
  await page.waitForFunction(() => document.querySelector('#talk-field')?.value === '');
  await chat.page.locator('#field').fill('شكرًا، عندي سؤال');
  await chat.page.locator('#field').press('Enter');
  await page.locator('chat-view .turn.own', { hasText: 'عندي سؤال' }).waitFor();
  await assertAccessible(page, 'in a conversation');
  await page.locator('.talk-head .note .button').click();
  await page.locator('.talk-take').waitFor();
  await ask(chat.page, 'هل يؤلم؟');
  await page.locator('chat-view .turn.own', { hasText: 'هل يؤلم' }).waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.talk-head a[download]').click()]);
  assert.match(download.suggestedFilename(), /\.json$/u);
  assert.deepEqual(complaints, []);
  await close();
  await chat.close();

  const reviewer = await inside(ADMIN, { hash: 'conversations' });
  const talk = reviewer.page.locator('.talks-row a', { hasText: 'كم جلسة' }).first();
  const address = await talk.getAttribute('href');
  await talk.click();
  await reviewer.page.locator('.talk-head .button.danger').click();
  await reviewer.page.locator('ask-dialog .button.danger').click();
  await toast(reviewer.page).waitFor();
  await reviewer.page.locator(`.talks-row a[href="${address}"]`).waitFor({ state: 'detached' });
  await reviewer.close();
});

testLooks(stage, () => stage.editor, [
  'inbox',
  'inbox?state=any',
  'try',
  'conversations',
  'knowledge',
  'knowledge/pair/what-is',
  'knowledge/new?question=%D8%B3&lang=ar',
  'knowledge/words',
  'knowledge/entry/concept/how-many',
  'knowledge/entry/emergency_number/IR',
  'knowledge/review',
  'knowledge/publish',
  'knowledge/sources',
  'knowledge/questions',
  'knowledge/history',
]);
