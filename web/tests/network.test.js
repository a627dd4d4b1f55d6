/** The line fails in every way it can: nothing is lost, nothing comes twice, and the patient knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertAccessible, open, say } from './browser.js';
import { startNetwork } from './network.js';
import { startServer } from './server.js';
import { setStage } from './stage.js';

const QUESTION = { ar: 'هل الميزوثيرابي مؤلم؟', fa: 'مزوتراپی درد دارد؟' };
const stage = setStage();

/** The widget behind a network of its own. */
async function begin(options) {
  const network = await startNetwork(stage.server.url);
  const visited = await open(stage.browser, network.url, options);
  return {
    ...visited,
    network,
    async close() {
      await visited.close();
      network.close();
    },
  };
}

/** Everything that is shown, in order. */
const transcript = (page) => page.locator('.turn .typed, .turn .text').allTextContents();

for (const lang of ['ar', 'fa']) {
  test(`${lang}: what is said without a network goes out when it is back, once and in order`, async () => {
    const { page, network, close } = await begin({ lang });
    await ask(page, QUESTION[lang]);
    network.cut();
    await page.locator('.notice.offline').waitFor();
    await say(page, 'سلام');
    await say(page, 'PRP');
    await page.locator('.state.queued').nth(1).waitFor();
    await assertAccessible(page, 'offline');
    network.mend();
    await page.locator('.turn.reply').nth(3).waitFor();
    await page.locator('.notice.offline').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.turn').count(), 7);
    assert.deepEqual(await page.locator('.own .typed').allTextContents(), [QUESTION[lang], 'سلام', 'PRP']);
    assert.equal(await page.locator('.state').count(), 0);
    await close();
  });
}

test('a message without a network can be taken back, and changed', async () => {
  const { page, network, close } = await begin();
  network.cut();
  await say(page, 'كم؟');
  await page.locator('.state.queued button').nth(1).click();
  assert.equal(await page.locator('#field').inputValue(), 'كم؟');
  assert.equal(await page.locator('.own').count(), 0);
  await say(page, QUESTION.ar);
  network.mend();
  await page.locator('.notice .plain').click();
  await page.locator('.turn.reply.answer').waitFor();
  assert.equal(await page.locator('.own').count(), 1);
  await close();
});

test('a page that is loaded again shows the conversation again, once', async () => {
  const { page, close } = await begin();
  await ask(page, QUESTION.ar);
  await ask(page, 'لا أستطيع التنفس');
  await page.locator('#field').fill('لم أرسل هذا بعد');
  const before = await transcript(page);
  await page.reload();
  await page.locator('.turn.reply').nth(2).waitFor();
  assert.deepEqual(await transcript(page), before);
  assert.ok(await page.locator('.pinned').isVisible());
  assert.equal(await page.locator('#field').inputValue(), 'لم أرسل هذا بعد');
  const rest = await page
    .locator('.log')
    .evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  assert.ok(rest < 2, 'at its end');
  await close();
});

test('what was said without a network outlives the page', async () => {
  const { page, network, close } = await begin({ lang: 'fa' });
  await ask(page, 'سلام');
  network.cut();
  await say(page, QUESTION.fa);
  await page.locator('.state.queued').waitFor();
  network.mend();
  await page.reload();
  await page.locator('.turn.reply.answer').waitFor();
  assert.equal(await page.locator('.own').count(), 2);
  assert.equal(await page.locator('.turn.reply').count(), 3);
  await close();
});

test('a connection that died in a sleep is noticed, and the message is answered once', async () => {
  const { page, network, close } = await begin();
  network.freeze();
  await say(page, QUESTION.ar);
  await page.locator('.typing').waitFor();
  await page.locator('.turn.reply.answer').waitFor({ timeout: 25_000 });
  assert.equal(await page.locator('.turn.reply.answer').count(), 1);
  await close();
});

test('a server that was killed and comes back goes on with the conversation', async () => {
  const first = await startServer();
  const listen = new URL(first.url).host;
  const { page, close } = await open(stage.browser, first.url, { lang: 'fa' });
  await ask(page, 'سلام');
  await first.kill();
  await page.locator('.notice.offline').waitFor();
  await say(page, QUESTION.fa);
  const second = await startServer({ data: first.data, listen });
  await page.locator('.turn.reply.answer').waitFor({ timeout: 30_000 });
  assert.equal(await page.locator('.turn').count(), 5);
  await close();
  await second.stop();
});

test('a conversation that the server no longer has gives way to a new one', async () => {
  const first = await startServer();
  const listen = new URL(first.url).host;
  const { page, close } = await open(stage.browser, first.url);
  await ask(page, QUESTION.ar);
  await first.stop();
  const second = await startServer({ listen });
  await page.locator('.notice.expired').waitFor({ timeout: 30_000 });
  await page.locator('.turn.reply').first().waitFor();
  assert.equal(await page.locator('.turn').count(), 1);
  await assertAccessible(page, 'expired');
  await close();
  await second.stop();
});

test('too many messages wait, the patient sees how long, and they go out by themselves', async () => {
  const strict = await startServer({ env: { MUJIB_LIMITS_MESSAGES_PER_MINUTE: '12' } });
  const { page, close } = await open(stage.browser, strict.url);
  const held = page.locator('.state.held');
  // One more is let in every five seconds: waiting for each reply would let a busy machine in for ever.
  for (let count = 0; count < 11; count += 1) await say(page, 'سلام');
  for (let count = 0; (await held.count()) === 0; count += 1) {
    await say(page, QUESTION.ar);
    await page.locator('.state.held, .turn.reply.answer').nth(count).waitFor();
  }
  assert.match(await held.first().textContent(), /[٠-٩]|واحدة|ثانيتين/u);
  await assertAccessible(page, 'limited');
  await held.first().waitFor({ state: 'detached' });
  await page.locator('.turn.reply.answer').first().waitFor();
  await close();
  await strict.stop();
});

test('two tabs of one conversation do not disturb each other', async () => {
  const { page, network, close } = await begin();
  await ask(page, QUESTION.ar);
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const twin = await page.context().newPage();
  await twin.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text))) sessionStorage.setItem(key, value);
  }, kept);
  await twin.goto(`${network.url}/`);
  await twin.locator('.turn.reply.answer').waitFor();
  await ask(page, 'لا أستطيع التنفس');
  await twin.locator('.turn.reply.emergency').waitFor();
  assert.equal(await page.locator('.turn.reply').count(), await twin.locator('.turn.reply').count());
  await close();
});
