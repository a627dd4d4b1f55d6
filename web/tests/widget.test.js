/** The patient's way through the widget, in a real browser against the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, assertAccessible, focused, open, say, visit } from './browser.js';
import { setStage } from './stage.js';

const stage = setStage();

const begin = (options) => open(stage.browser, stage.server.url, options);

const WAYS = {
  ar: {
    name: 'عيادة ندى',
    question: 'كم جلسة ميزوثيرابي أحتاج؟',
    follow: 'وكم المدة بينها؟',
    unknown: 'كم سعر الذهب اليوم؟',
    emergency: 'لا أستطيع التنفس بعد الحقن',
    call: 'الاتصال بالإسعاف ١١٥',
    one: '١',
  },
  fa: {
    name: 'کلینیک ندا',
    question: 'چند جلسه مزوتراپی لازم است؟',
    follow: 'فاصله‌شون چقدره؟',
    unknown: 'قیمت طلا چنده؟',
    emergency: 'نفسم بالا نمیاد',
    call: 'تماس با اورژانس ۱۱۵',
    one: '۱',
  },
};

for (const [lang, way] of Object.entries(WAYS)) {
  for (const size of ['wide', 'phone']) {
    test(`${lang}, ${size}: ask, cite, follow up, get no guess, be sent to help; accessible all the way`, async () => {
      const { page, complaints, close } = await begin({ lang, size });
      const state = (name) => assertAccessible(page, `${lang}, ${size}: ${name}`);
      assert.equal(await page.locator('.title').textContent(), way.name);
      assert.match(await page.locator('.turn.reply').first().textContent(), /115|١١٥|۱۱۵/u);
      await state('greeting');

      const reply = await ask(page, way.question);
      assert.match(await reply.getAttribute('class'), /\banswer\b/u);
      assert.equal(await reply.getAttribute('lang'), lang);
      assert.ok((await reply.locator('.disclaimer').count()) > 0);
      const marker = reply.locator('.marker').first();
      assert.equal(await marker.textContent(), way.one);
      await marker.click();
      const card = reply.locator('.card');
      await card.waitFor();
      assert.equal(await marker.getAttribute('aria-expanded'), 'true');
      assert.match(await focused(page), /^card-/u);
      assert.ok((await card.locator('.card-gist').textContent()).length > 10);
      assert.equal(await card.locator('.tag').count(), 1);
      await reply.locator('.sources-label').click();
      await reply.locator('.source').first().waitFor();
      await state('citation');

      const follow = await ask(page, way.follow);
      assert.match(await follow.getAttribute('class'), /\banswer\b/u);
      const none = await ask(page, way.unknown);
      assert.match(await none.getAttribute('class'), /\bno_answer\b/u);
      assert.equal(await none.locator('.marker').count(), 0);

      assert.equal(await page.locator('.pinned').count(), 0);
      const urgent = await ask(page, way.emergency);
      assert.match(await urgent.getAttribute('class'), /\bemergency\b/u);
      assert.equal((await page.locator('.call').textContent()).trim(), way.call);
      assert.equal(await page.locator('.call').getAttribute('href'), 'tel:115');
      assert.ok((await page.locator('[role=alert]').textContent()).length > 40, 'read out at once');
      await state('emergency');
      await ask(page, way.question);
      assert.ok(await page.locator('.pinned').isVisible(), 'it stays');

      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}

test('the dark theme is as accessible', async () => {
  const { page, close } = await begin({ colorScheme: 'dark' });
  const reply = await ask(page, WAYS.ar.question);
  await reply.locator('.marker').first().click();
  await reply.locator('.vote').last().click();
  await assertAccessible(page, 'comment');
  await ask(page, WAYS.ar.emergency);
  await page.locator('.menu-button').click();
  await assertAccessible(page, 'emergency and menu');
  await close();
});

test('a suggestion asks its question; only the newest are offered', async () => {
  const { page, close } = await begin({ lang: 'fa' });
  assert.equal(await page.locator('.chip').count(), 3, 'the page names three to start with');
  const reply = await ask(page, WAYS.fa.question);
  assert.equal(await page.locator('.turn').first().locator('.chip').count(), 0);
  const question = await reply.locator('.chip').first().textContent();
  await reply.locator('.chip').first().click();
  await page.locator('.turn.reply').nth(2).waitFor();
  assert.equal(await page.locator('.own .typed').last().textContent(), question);
  await close();
});

test('thumbs, a comment, thanks', async () => {
  const { page, close } = await begin();
  const frames = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(JSON.parse(payload))));
  await page.reload();
  const reply = await ask(page, WAYS.ar.question);
  const down = reply.locator('.vote').last();
  await down.click();
  await reply.locator('.comment textarea').fill('أريد تفاصيل أكثر');
  await assertAccessible(page, 'comment');
  await reply.locator('.comment .solid').click();
  await reply.locator('.thanks').waitFor();
  assert.equal(await down.getAttribute('aria-pressed'), 'true');
  const sent = frames
    .filter(({ type }) => type === 'feedback')
    .map(({ helpful, comment }) => [helpful, comment]);
  assert.deepEqual(sent, [
    [false, undefined],
    [false, 'أريد تفاصيل أكثر'],
  ]);
  await close();
});

test('an answer is copied with its sources, without stars', async () => {
  const { page, close } = await begin({ permissions: ['clipboard-read', 'clipboard-write'] });
  const reply = await ask(page, WAYS.ar.question);
  await reply.locator('.copy').click();
  await reply.locator('.copy[aria-label="نُسخت الإجابة"]').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /\[1\] /u);
  assert.ok(!copied.includes('**'));
  await close();
});

test('a person can be asked for, with a way to be reached', async () => {
  const { page, close } = await begin({ lang: 'fa' });
  await page.locator('.menu-button').click();
  await page.locator('.menu-item').nth(1).click();
  await assertAccessible(page, 'sheet');
  assert.equal(await focused(page), 'sheet-title');
  await page.locator('input#contact').fill('0000');
  await page.locator('.sheet .solid').click();
  await page.locator('.turn.system').waitFor();
  assert.equal(await page.locator('.sheet').count(), 0);
  await close();
});

test('the conversation can be deleted: here and at the server', async () => {
  const { page, close } = await begin();
  await ask(page, WAYS.ar.question);
  const talk = await page.evaluate(() => {
    const { conversation, token } = document.querySelector('mujib-chat').talk.saved;
    return { text: 'سلام', conversation, resume_token: token };
  });
  const askAgain = () =>
    fetch(`${stage.server.url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(talk),
    });
  assert.equal((await askAgain()).status, 200);
  await page.locator('.menu-button').click();
  await page.locator('.menu-item').last().click();
  await assertAccessible(page, 'sheet');
  await page.locator('.sheet .danger').click();
  await page.locator('.notice.forgotten').waitFor();
  await page.locator('.turn.reply').first().waitFor();
  assert.equal(await page.locator('.own').count(), 0);
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  assert.ok(!kept.includes(WAYS.ar.question));
  assert.equal((await askAgain()).status, 404);
  await assertAccessible(page, 'deleted');
  await close();
});

test('a new conversation begins; the emergency stays pinned', async () => {
  const { page, close } = await begin();
  await ask(page, WAYS.ar.emergency);
  await page.locator('.menu-button').click();
  await page.locator('.menu-item').first().click();
  await page.locator('.sheet .solid').click();
  await page.locator('.own').waitFor({ state: 'detached' });
  await page.locator('.turn.reply.smalltalk, .turn.reply.answer').first().waitFor();
  assert.equal(await page.locator('.turn').count(), 1);
  assert.ok(await page.locator('.pinned').isVisible());
  await close();
});

test('the language can be changed, and is remembered', async () => {
  const { page, close } = await begin();
  await page.locator('.menu-button').click();
  await page.locator('.menu-item[lang=fa]').click();
  await page.locator('.turn.reply[lang=fa]').waitFor();
  assert.equal(await page.locator('.root').getAttribute('lang'), 'fa');
  await page.reload();
  await page.locator('.turn.reply[lang=fa]').waitFor();
  await close();
});

const HOSTILE = [
  '<img src=x onerror="document.title=1"> <script>document.title=1</script>',
  '"><svg onload=document.title=1>',
  '**غامق** [1] [x](javascript:alert(1)) `x`',
  'A\u202eevil\u202c\u2066x\u2069 نص',
  `${'طويل'.repeat(300)}`,
  `${'x'.repeat(2000)}`,
  'سطر\n\n\n\nآخر',
];
test('what is typed is shown as text, whatever it is', async () => {
  for (const size of ['wide', 'phone']) {
    const { page, complaints, close } = await begin({ size });
    const title = await page.title();
    for (const typed of HOSTILE) {
      await ask(page, typed);
      const shown = await page.locator('.own .typed').last().textContent();
      assert.equal(shown, typed.replace(/[\u202a-\u202e\u2066-\u2069]/gu, ''));
    }
    assert.equal(
      await page.locator('.own img, .own script, .own svg:not(.icon), .own a, .own strong').count(),
      0,
    );
    assert.equal(await page.title(), title);
    const wide = await page.locator('.log').evaluate((log) => log.scrollWidth - log.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    await assertAccessible(page, 'hostile');
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('numbers and Latin words keep their order among Arabic letters', async () => {
  const { page, close } = await begin();
  await ask(page, 'رقمي ٠٠٠ ٥٥٥ ٠١٠٠ أو +98 21 555 0100 واسم المادة Botox A');
  const parts = page.locator('.own .typed').locator('bdo, bdi');
  assert.deepEqual(await parts.allTextContents(), ['٠٠٠ ٥٥٥ ٠١٠٠', '+98 21 555 0100', 'Botox A']);
  const order = await page
    .locator('.own .typed bdo')
    .first()
    .evaluate((number) => {
      const left = (from) => {
        const range = document.createRange();
        range.setStart(number.firstChild.nextSibling ?? number.firstChild, from);
        range.setEnd(number.firstChild.nextSibling ?? number.firstChild, from + 1);
        return range.getBoundingClientRect().left;
      };
      return left(0) < left(number.textContent.length - 1);
    });
  assert.ok(order, 'the first digit stands left of the last');
  await close();
});

test('a message that is too long is not sent, and says so', async () => {
  const { page, close } = await begin();
  await page.locator('#field').fill('س'.repeat(4001));
  await page.locator('#too-long').waitFor();
  assert.match(await page.locator('#too-long').textContent(), /٤٠٠٠/u);
  await page.locator('#field').press('Enter');
  assert.equal(await page.locator('.own').count(), 0);
  await assertAccessible(page, 'too long');
  await close();
});

test('with the keyboard alone: open, ask, cite, close; the focus goes in, stays in, and returns', async () => {
  const { page, close } = await visit(stage.browser, stage.server.url);
  await page.locator('.launcher').focus();
  await page.keyboard.press('Enter');
  await page.locator('.turn.reply').first().waitFor();
  assert.equal(await focused(page), 'field');
  await page.keyboard.type(WAYS.ar.question);
  await page.keyboard.press('Enter');
  await page.locator('.turn.reply.answer').waitFor();
  assert.equal(await focused(page), 'field');

  const seen = new Set();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await focused(page);
    assert.notEqual(name, '', 'the focus is still within the widget');
    assert.ok(!name.includes('launcher'));
    seen.add(name.split(' ')[0]);
  }
  for (const name of ['field', 'marker', 'chip', 'head-button'])
    assert.ok(seen.has(name), `${name} of ${[...seen]}`);

  await page.locator('.marker').first().focus();
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /^card-/u);
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'marker', 'back to what opened it');
  await page.locator('.menu-button').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.match(await focused(page), /menu-button/u);
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'launcher');
  assert.equal(await page.locator('.panel').count(), 0);
  await close();
});

test('only what is new is read out', async () => {
  const { page, close } = await begin();
  await ask(page, WAYS.ar.question);
  const polite = page.locator('[aria-live=polite]');
  const words = await polite.textContent();
  assert.match(words, /المساعد/u);
  assert.ok(!/\[1\]|\*/u.test(words));
  await page.reload();
  await page.locator('.turn.reply.answer').waitFor();
  assert.equal((await polite.textContent()).trim(), '', 'not what was there before');
  await close();
});

test('targets are large enough for a thumb', async () => {
  const { page, close } = await begin({ size: 'phone' });
  await ask(page, WAYS.ar.question);
  await page.locator('.menu-button').click();
  const small = await page.evaluate(() =>
    [...document.querySelector('mujib-chat').shadowRoot.querySelectorAll('button, a, textarea')]
      .filter((element) => element.checkVisibility() && !element.matches('.marker'))
      .map((element) => [element.className, element.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 44 || height < 44)
      .map(([name, { width, height }]) => `${name} ${width}×${height}`),
  );
  assert.deepEqual(small, []);
  await close();
});

test('the keyboard of a phone hides nothing: the panel follows the visible part', async () => {
  const { page, close } = await begin({ size: 'phone' });
  await ask(page, WAYS.ar.question);
  // What is visible gets smaller, as it does when a keyboard comes up.
  await page.setViewportSize({ width: 390, height: 420 });
  await page.locator('.panel[style*="--view-height: 420px"]').waitFor();
  const box = await page.locator('.panel').boundingBox();
  assert.deepEqual([box.y, box.height], [0, 420]);
  const field = await page.locator('#field').boundingBox();
  assert.ok(field.y + field.height <= 420);
  await close();
});

test('staff can be told that someone types', async () => {
  const { page, close } = await begin();
  const frames = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => frames.push(JSON.parse(payload).type)),
  );
  await page.reload();
  await page.locator('.turn.reply').first().waitFor();
  await page.locator('#field').pressSequentially('سلام عليكم');
  await say(page, 'سلام');
  await page.locator('.turn.reply').nth(1).waitFor();
  assert.equal(frames.filter((type) => type === 'typing').length, 1, 'not for every letter');
  await close();
});

test("a phone's Back closes the panel and stays on the page", async () => {
  const { page, close } = await begin({ size: 'phone' });
  const address = page.url();
  await ask(page, WAYS.ar.question);
  await page.goBack();
  await page.locator('.panel').waitFor({ state: 'detached' });
  assert.equal(page.url(), address);
  // Closed by its own button it leaves no step behind.
  await page.locator('.launcher').click();
  await page.locator('.panel').waitFor();
  await page.reload();
  await page.locator('.turn.reply.answer').waitFor();
  await page.locator('.close').click();
  await page.locator('.panel').waitFor({ state: 'detached' });
  await page.waitForFunction(() => !history.state?.mujibChat);
  assert.equal(page.url(), address);
  await close();
});
