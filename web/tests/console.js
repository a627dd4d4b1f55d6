/** The staff's side of the browser tests: a server with an administrator, and pages of the console. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, PATIENCE_MS } from './browser.js';
import { startServer } from './server.js';

/** The first administrator of every test. */
export const ADMIN = { login: 'maryam', name: 'مريم العطار', password: 'four quiet clinic rooms' };

/** Sizes at which the console is used. */
export const SCREENS = {
  wide: { width: 1280, height: 820 },
  tablet: { width: 800, height: 1100 },
  phone: { width: 390, height: 780 },
};

/** Languages, sizes and colours at which every page is looked at: each of each, not all with all. */
const LOOKS = ['en', 'ar', 'fa'].flatMap((lang) => [
  { lang, size: 'wide', colorScheme: 'light' },
  { lang, size: 'tablet', colorScheme: 'dark' },
  { lang, size: 'phone', colorScheme: 'light' },
]);

/** One who calls the interface without a browser, as one person. */
export class Caller {
  #url;
  #cookie = '';

  constructor(url) {
    this.#url = url;
  }

  /** The answer's body, or `null` where it has none; fails on a refusal that `expected` does not name. */
  async call(method, path, body, { expected, etag } = {}) {
    const headers = { cookie: this.#cookie, origin: this.#url, 'x-mujib-console': '1' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (etag) headers['if-match'] = etag;
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = answer.headers.get('set-cookie');
    if (set) this.#cookie = set.split(';')[0];
    const text = await answer.text();
    const data = text === '' ? null : JSON.parse(text);
    if (expected === undefined) assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    else assert.equal(answer.status, expected, `${method} ${path}: ${text}`);
    this.etag = answer.headers.get('etag');
    return data;
  }

  signIn({ login, password }) {
    return this.call('POST', '/session', { login, password });
  }
}

/**
 * A server with `ADMIN` in it, and one who calls it as them.
 * @returns {Promise<{server: Awaited<ReturnType<typeof startServer>>, admin: Caller}>}
 */
export async function startConsole(options) {
  const server = await startServer(options);
  const admin = new Caller(server.url);
  const token = await server.setupToken();
  await admin.call('POST', '/setup', {
    token,
    login: ADMIN.login,
    display_name: ADMIN.name,
    password: ADMIN.password,
  });
  return { server, admin };
}

/** The same with an editor beside the administrator, and as `questions` a few: what they decide is tested elsewhere. */
export async function startDesk(questions) {
  const { server, admin } = await startConsole({ questions });
  const editor = await addUser(server, admin, { login: 'reza', name: 'رضا کاظمی', role: 'editor' });
  return { server, admin, editor };
}

/** Adds a user who has chosen `password` already, and gives back who calls as them. */
export async function addUser(server, admin, { login, name, role, password = 'another long sentence' }) {
  const made = await admin.call('POST', '/users', { login, display_name: name, role });
  const caller = new Caller(server.url);
  await caller.signIn({ login, password: made.password });
  await caller.call('PUT', '/password', { current: made.password, new: password });
  return { caller, login, name, role, password, id: made.user.id };
}

/**
 * A page of its own storage at the console. `complaints` gathers what the browser complains of.
 * @returns {Promise<{page: import('playwright-core').Page, complaints: string[], close: () => Promise<void>}>}
 */
export async function visitConsole(browser, url, { lang = 'en', size = 'wide', hash = '', ...more } = {}) {
  const touch = size === 'wide' ? {} : { hasTouch: true };
  const context = await browser.newContext({
    viewport: SCREENS[size],
    locale: lang,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...touch,
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // An answer that refuses is part of the game; what the page makes of it is looked at.
    if (message.type() === 'error' && !/Failed to load resource/u.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${url}/console/#/${hash}`);
  await page.locator('h1').first().waitFor();
  return { page, complaints, close: () => context.close() };
}

/** Signs in where the sign-in stands. */
export async function signIn(page, { login, password }) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.locator('side-nav').waitFor({ state: 'attached' });
}

/** The console, signed in, at `hash`. */
export async function enter(browser, url, who = ADMIN, options = {}) {
  const visited = await visitConsole(browser, url, options);
  await signIn(visited.page, who);
  await visited.page.locator('main h1').first().waitFor();
  return visited;
}

/** Chooses a language in the bar. */
export async function switchTo(page, name) {
  await page.locator('wa-dropdown').filter({ hasText: 'English' }).locator('button').click();
  await page.locator('wa-dropdown-item', { hasText: name }).click();
}

/** Goes to another page of the console, or to an address that has none, without loading it anew. */
export async function go(page, hash) {
  await page.evaluate((to) => {
    location.hash = `#/${to}`;
  }, hash);
  const name = hash.split(/[/?]/u)[0];
  await page.locator(`main page-${name} h1, main > div > h1`).first().waitFor();
}

/** Waits until nothing is on its way any more. */
export async function settled(page) {
  await page.locator('main .skeleton').waitFor({ state: 'detached' });
}

/** How many pixels the page is too wide. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/**
 * One test a look: each of `hashes` is accessible and fits, as `who` sees it.
 * @param {{server: {url: string}, browser: import('playwright-core').Browser}} stage
 * @param {() => {login: string, password: string, caller: Caller}} who asked when the test runs
 */
export function testLooks(stage, who, hashes) {
  for (const look of LOOKS) {
    const { lang, size, colorScheme } = look;
    test(`${lang}, ${size}, ${colorScheme}: ${hashes.map((hash) => hash.split('?')[0]).join(', ')}`, async () => {
      const person = who();
      await person.caller.call('PATCH', '/me', { locale: lang, theme: 'auto' });
      const { page, complaints, close } = await enter(stage.browser, stage.server.url, person, { ...look, hash: hashes[0] });
      for (const hash of hashes) {
        const place = `${hash}, ${lang}, ${size}, ${colorScheme}`;
        await go(page, hash);
        await settled(page);
        await assertAccessible(page, place);
        assert.ok((await overflow(page)) <= 0, `${place}: too wide`);
      }
      assert.deepEqual(complaints, []);
      await close();
      await person.caller.call('PATCH', '/me', { locale: 'en' });
    });
  }
}
