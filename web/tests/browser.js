/** The browser of the tests: Debian's Chromium, or the one that CHROMIUM names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @returns {Promise<import('playwright-core').Browser>} */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** How long a page may take for one step: long, because what is slow on a busy machine is not wrong. */
export const PATIENCE_MS = 60_000;

export const SIZES = { wide: { width: 1280, height: 820 }, phone: { width: 390, height: 780 } };
const PAGES = { ar: '/', fa: '/fa.html' };

/** What a context of `size` is in other respects. */
export const device = (size) =>
  size === 'phone' ? { viewport: SIZES.phone, hasTouch: true, isMobile: true } : { viewport: SIZES.wide };

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page of its own storage with the clinic's page in it. `complaints` gathers what the browser complains of.
 * @returns {Promise<{page: Page, complaints: string[], close: () => Promise<void>}>}
 */
export async function visit(browser, url, { lang = 'ar', size = 'wide', path = PAGES[lang], ...more } = {}) {
  const context = await browser.newContext({ ...device(size), locale: lang, timezoneId: 'UTC', ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${url}${path}`);
  await page.locator('.launcher').waitFor();
  return { page, complaints, close: () => context.close() };
}

/** The same with the widget open and the greeting there. */
export async function open(browser, url, options) {
  const visited = await visit(browser, url, options);
  await visited.page.locator('.launcher').click();
  await visited.page.locator('.turn.reply').first().waitFor();
  return visited;
}

/** Types and sends `text`. */
export async function say(page, text) {
  await page.locator('#field').fill(text);
  await page.locator('#field').press('Enter');
}

/** The same, and waits for what comes back. */
export async function ask(page, text) {
  const before = await page.locator('.turn.reply').count();
  await say(page, text);
  const reply = page.locator('.turn.reply').nth(before);
  await reply.waitFor();
  return reply;
}

/** Every rule of axe, on the page and within the widget. */
export async function assertAccessible(page, state) {
  // Injected by the debugger, so that the page's own policy stays as it is.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, any }) => `${target} ${any.map(({ message }) => message)}`).join('; ')}`,
    );
  });
  assert.deepEqual(found, [], state);
}

/** The id or the class of what has the focus within the widget. */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.querySelector('mujib-chat')?.shadowRoot?.activeElement;
    return element ? element.id || element.className : '';
  });
}
