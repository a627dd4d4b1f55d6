/** The widget on pages: the clinic's own, and strict ones of other origins. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { ask, assertAccessible, open, visit } from './browser.js';
import { startServer } from './server.js';
import { setStage } from './stage.js';

/** A page that allows nothing but the widget, and whose styles would spoil anything they reach. */
const STYLES = `* { letter-spacing: 4px; line-height: 3; text-transform: uppercase; color: #700000; direction: ltr }
  html { font-size: 5px } button, textarea, svg, section { display: none } mujib-chat[mode=inline] { display: block; height: 500px }`;

/** A picture that the server has, under the name that the build gave it. */
const icon = readdirSync(new URL('../dist/assets', import.meta.url)).find((name) => name.startsWith('icon-'));

const host = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://host');
  const from = searchParams.get('server') ?? stage.server.url;
  if (pathname === '/style.css') {
    response.setHeader('content-type', 'text/css').end(STYLES);
    return;
  }
  const mode = pathname === '/inline' ? 'inline' : 'floating';
  const element = `<mujib-chat mode="${mode}" locale="fa" accent="#7a1fa2" name="A &amp; B"></mujib-chat>`;
  const policy = [
    `default-src 'none'; script-src ${from}; connect-src ${from} ${from.replace('http', 'ws')}`,
    "style-src 'self'; base-uri 'none'; require-trusted-types-for 'script'",
  ];
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .setHeader('content-security-policy', policy.join('; '))
    .end(`<!doctype html><html lang="en">
      <meta name="viewport" content="width=device-width">
      <title>host</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/style.css">
      <main><h1>Host</h1>${pathname === '/tag' ? '' : element}</main>
      <script src="${from}/widget.js" data-locale="ar" data-theme="dark"></script></html>`);
});
after(() => host.close());

const stage = setStage(async () => {
  await new Promise((ready) => host.listen(0, '127.0.0.1', ready));
  const hostUrl = `http://127.0.0.1:${host.address().port}`;
  const env = {
    MUJIB_ALLOWED_ORIGINS: hostUrl,
    MUJIB_WIDGET_NAME_AR: 'عيادة النور',
    MUJIB_WIDGET_NAME_FA: 'کلینیک نور',
    MUJIB_WIDGET_ACCENT: '#FFD400',
    MUJIB_WIDGET_PHONE: '+98 21 0000 0000',
    MUJIB_WIDGET_LOGO: `/assets/${icon}`,
    MUJIB_WIDGET_SUBTITLE_AR: 'مساعد عيادة النور',
    MUJIB_WIDGET_LAUNCHER_AR: 'سؤال سريع',
    MUJIB_WIDGET_PLACEHOLDER_FA: 'چه می‌خواهید بدانید؟',
    MUJIB_WIDGET_STARTERS_AR: 'ما هو الميزوثيرابي؟ | كم جلسة أحتاج؟',
  };
  return { hostUrl, server: await startServer({ env }) };
});

const complained = (complaints) =>
  complaints.filter((text) => !/favicon|data:,|icon-[\w-]+\.svg/u.test(text));

test('one tag on a strict page of another origin is enough', async () => {
  const { page, complaints, close } = await open(stage.browser, stage.hostUrl, { path: '/tag' });
  assert.equal(await page.locator('mujib-chat').count(), 1);
  assert.equal(await page.locator('.title').textContent(), 'عيادة النور', 'from the settings');
  assert.equal(await page.locator('.root').getAttribute('data-theme'), 'dark');
  assert.equal(await page.locator('.subtitle').textContent(), 'مساعد عيادة النور');
  assert.deepEqual(await page.locator('.chip').allTextContents(), ['ما هو الميزوثيرابي؟', 'كم جلسة أحتاج؟']);
  assert.equal(await page.locator('.launcher-text').textContent(), 'سؤال سريع');
  // The page allows no picture: a drawn sign stands in for the logo.
  await page.locator('.logo.drawn').waitFor();
  const reply = await ask(page, 'كم جلسة أحتاج؟');
  await reply.locator('.marker').first().click();
  await assertAccessible(page, 'strict host');
  await page.locator('.menu-button').click();
  assert.equal(await page.locator('a.menu-item').getAttribute('href'), 'tel:+982100000000');
  assert.deepEqual(complained(complaints), []);
  await close();
});

test("an element's attributes win over the settings, and the page's styles stay outside", async () => {
  const { page, complaints, close } = await open(stage.browser, stage.hostUrl, { path: '/' });
  assert.equal(await page.locator('.title').textContent(), 'A & B');
  assert.equal(await page.locator('.root').getAttribute('lang'), 'fa');
  assert.equal(await page.locator('#field').getAttribute('placeholder'), 'چه می‌خواهید بدانید؟');
  const style = await page
    .locator('.turn.reply .text')
    .first()
    .evaluate((element) => {
      const { letterSpacing, textTransform, fontSize, direction } = getComputedStyle(element);
      return { letterSpacing, textTransform, fontSize, direction };
    });
  assert.deepEqual(style, {
    letterSpacing: 'normal',
    textTransform: 'none',
    fontSize: '16px',
    direction: 'rtl',
  });
  const header = await page
    .locator('.header')
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.equal(header, 'rgb(122, 31, 162)');
  assert.deepEqual(complained(complaints), []);
  await close();
});

test('inline it is part of the page, with no button and nothing moved', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 1000, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${stage.hostUrl}/inline`);
  await page.locator('.turn.reply').first().waitFor();
  assert.equal(await page.locator('.launcher').count(), 0);
  const box = await page.locator('.panel').boundingBox();
  // Layout is counted in fractions of a pixel.
  assert.equal(Math.round(box.height), 500);
  assert.equal(await shift(page), 0);
  await ask(page, 'مزوتراپی درد دارد؟');
  await assertAccessible(page, 'inline');
  await context.close();
});

test('a page that is not allowed gets no conversation, and its patients are told', async () => {
  const other = await startServer();
  const { page, close } = await visit(stage.browser, stage.hostUrl, { path: `/tag?server=${other.url}` });
  await page.locator('.launcher').click();
  await page.locator('.notice.offline').waitFor();
  assert.equal(await page.locator('.turn').count(), 0);
  await assertAccessible(page, 'out of reach');
  await close();
  await other.stop();
});

/** How much the page has moved by itself until its font and the widget are there. */
const shift = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    // What was laid out just now is reported with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moved = observer.takeRecords().filter(({ hadRecentInput }) => !hadRecentInput);
    return moved.reduce((sum, { value }) => sum + value, 0);
  });

for (const [lang, other] of [
  ['ar', 'fa'],
  ['fa', 'ar'],
]) {
  for (const size of ['wide', 'phone']) {
    for (const colorScheme of ['light', 'dark']) {
      test(`${lang}, ${size}, ${colorScheme}: the clinic's page is accessible and does not move`, async () => {
        const { page, complaints, close } = await visit(stage.browser, stage.server.url, { lang, size, colorScheme });
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        await assertAccessible(page, 'page');
        assert.equal(await shift(page), 0);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await page.locator('.language').click();
        await page.locator(`html[lang=${other}] .launcher`).waitFor();
        assert.deepEqual(complaints, []);
        await close();
      });
    }
  }
}

test("the page's own questions are asked in the widget", async () => {
  const { page, close } = await visit(stage.browser, stage.server.url, { lang: 'fa' });
  await page.locator('.ask').first().click();
  await page.locator('.turn.reply.answer').waitFor();
  assert.equal(
    await page.locator('.own .typed').textContent(),
    await page.locator('.ask').first().textContent(),
  );
  await close();
});

test('a widget that is removed leaves nothing behind', async () => {
  const { page, complaints, close } = await open(stage.browser, stage.server.url, { size: 'phone' });
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), 'hidden');
  const closed = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('close'));
  await page.reload();
  await page.locator('.turn.reply').first().waitFor();
  await page.evaluate(() => document.querySelector('mujib-chat').remove());
  await closed;
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), '');
  assert.deepEqual(complaints, []);
  await close();
});

test('at twice the text size nothing is cut off', async () => {
  const { page, close } = await open(stage.browser, stage.server.url, { viewport: { width: 640, height: 410 } });
  const reply = await ask(page, 'كم جلسة أحتاج؟');
  assert.ok(await reply.isVisible());
  const overflow = await page.locator('.panel').evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  assert.ok((await page.locator('.log').boundingBox()).height > 120, 'there is room to read');
  await close();
});

test('reduced motion is respected', async () => {
  const { page, close } = await open(stage.browser, stage.server.url, { reducedMotion: 'reduce' });
  const name = await page.locator('.panel').evaluate((panel) => getComputedStyle(panel).animationName);
  assert.equal(name, 'none');
  await close();
});

test("Vazirmatn comes from the clinic's server where a page asks for it", async () => {
  const { page, complaints, close } = await visit(stage.browser, stage.server.url);
  await page.evaluate(() => {
    document.querySelector('mujib-chat').remove();
    const widget = document.createElement('mujib-chat');
    widget.setAttribute('font', 'vazirmatn');
    document.body.append(widget);
  });
  await page.locator('mujib-chat[style*=Vazirmatn]').waitFor({ state: 'attached' });
  assert.deepEqual(complaints, []);
  await close();
});

test('files are cached as long as they may be', async () => {
  const html = await (await fetch(`${stage.server.url}/`)).text();
  const assets = [...html.matchAll(/\.\/(assets\/[^"]+)"/gu)].map(([, path]) => path);
  assert.ok(assets.length >= 4);
  for (const path of assets) {
    const answer = await fetch(`${stage.server.url}/${path}`);
    assert.deepEqual([path, answer.status], [path, 200]);
    assert.match(answer.headers.get('cache-control'), /immutable/u);
  }
  const widget = await fetch(`${stage.server.url}/widget.js`);
  assert.equal(widget.headers.get('content-encoding'), 'gzip');
  assert.match(widget.headers.get('cache-control'), /max-age=300/u);
  assert.ok(widget.headers.get('etag'));
});
