/** Staff come in, and who may do what: the console in a real browser against the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from './browser.js';
import { ADMIN, addUser, Caller, enter, settled, signIn, startConsole, switchTo, testLooks, visitConsole } from './console.js';
import { startServer } from './server.js';
import { setStage } from './stage.js';

const stage = setStage(startConsole);

const visit = (options) => visitConsole(stage.browser, stage.server.url, options);
const inside = (who, options) => enter(stage.browser, stage.server.url, who, options);
const toast = (page) => page.locator('.toast').last();

test('the printed link makes the first administrator, once', async () => {
  const fresh = await startServer();
  const token = await fresh.setupToken();
  const { page, complaints, close } = await visitConsole(stage.browser, fresh.url, { lang: 'ar', hash: 'overview' });
  await page.locator('set-up').waitFor();
  await assertAccessible(page, 'set-up without a key');
  await page.goto(`${fresh.url}/console/#/setup?token=${token}`);
  await page.reload();
  await page.locator('#login').fill('mona');
  await page.locator('#display_name').fill('منى حسيني');
  await page.locator('#new').fill('too short');
  await page.locator('#repeat').fill('too short');
  await page.locator('[type=submit]').click();
  await page.locator('#new-wrong').waitFor();
  await assertAccessible(page, 'set-up, wrong');
  await page.locator('#new').fill('a sentence of my own');
  await page.locator('#repeat').fill('a sentence of my own');
  await page.locator('[type=submit]').click();
  await page.locator('page-overview h1').waitFor();
  assert.equal(await page.evaluate(() => location.hash.includes('token')), false, 'the key leaves the address');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ar', 'the language stays');
  assert.deepEqual(complaints, []);
  await close();

  const second = await visitConsole(stage.browser, fresh.url, { hash: `setup?token=${token}` });
  await second.page.locator('sign-in').waitFor();
  await second.close();
  await fresh.stop();
});

test('a wrong password is said, the right one goes on to where one wanted to be', async () => {
  const { page, complaints, close } = await visit({ hash: 'users' });
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'login');
  await page.locator('#login').fill(ADMIN.login);
  await page.locator('#password').fill('not this one either');
  await page.locator('#password').press('Enter');
  await page.locator('.wrong').waitFor();
  await assertAccessible(page, 'wrong password');
  await page.locator('#password').fill(ADMIN.password);
  await page.locator('#password').press('Enter');
  await page.locator('page-users h1').waitFor();
  await page.reload();
  await page.locator('page-users table').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a new user gets a password once, chooses their own, and sees what their role may', async () => {
  const { page, complaints, close } = await inside(ADMIN, { hash: 'users' });
  await page.locator('.page-head .button').click();
  await page.locator('#new-name').fill('<img src=x onerror=alert(1)>');
  await page.locator('#new-login').fill('viewer.one');
  await page.locator('input[value=viewer]').check();
  await assertAccessible(page, 'adding a user');
  await page.locator('[form=add-user]').click();
  const password = await page.locator('#once').inputValue();
  assert.ok(password.length >= 12);
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#once').isVisible(), 'what is shown once does not vanish by the way');
  await assertAccessible(page, 'the password, once');
  await page.locator('wa-dialog.once .button.solid').click();
  await page.locator('#once').waitFor({ state: 'detached' });
  assert.equal(await page.locator('main img').count(), 0, 'a name is text');
  await page.locator('tr', { hasText: 'viewer.one' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();

  const other = await visit({ lang: 'fa' });
  await other.page.locator('#login').fill('viewer.one');
  await other.page.locator('#password').fill(password);
  await other.page.locator('#password').press('Enter');
  await other.page.locator('new-password').waitFor();
  await assertAccessible(other.page, 'has to choose a password');
  await other.page.locator('#current').fill(password);
  await other.page.locator('#new').fill('جمله‌ای که یادم می‌ماند');
  await other.page.locator('#repeat').fill('جمله‌ای که یادم می‌ماند');
  await other.page.locator('[type=submit]').click();
  await other.page.locator('page-overview h1').waitFor();
  assert.equal(await other.page.locator('.nav-link[href="#/users"]').count(), 0);
  assert.equal(await other.page.evaluate(() => document.documentElement.lang), 'fa');
  for (const name of ['users', 'settings', 'tokens', 'audit']) {
    await other.page.goto(`${stage.server.url}/console/#/${name}`);
    await other.page.locator('main .empty').waitFor();
    await assertAccessible(other.page, `${name}, forbidden`);
  }
  assert.deepEqual(other.complaints, []);
  await other.close();
});

test('a role is changed, a user disabled; the last administrator stays', async () => {
  const editor = await addUser(stage.server, stage.admin, { login: 'reza', name: 'رضا کاظمی', role: 'editor' });
  const { page, close } = await inside(ADMIN, { hash: 'users' });
  const row = page.locator('tr', { hasText: 'reza' });
  await row.locator('select').selectOption('reviewer');
  await toast(page).waitFor();
  assert.equal((await editor.caller.call('GET', '/session')).user.role, 'reviewer');
  await page.locator('tr', { hasText: ADMIN.login }).locator('select').selectOption('editor');
  await page.locator('.toast.danger').waitFor();
  await page.locator('tr', { hasText: ADMIN.login }).locator('select').waitFor();
  assert.equal((await stage.admin.call('GET', '/session')).user.role, 'administrator');
  await row.locator('wa-dropdown button').click();
  await row.locator('wa-dropdown-item[value=disable]').click();
  await page.locator('ask-dialog .button.danger').click();
  await row.locator('.badge.warn').waitFor();
  await editor.caller.call('GET', '/session', undefined, { expected: 401 });
  await close();
});

test('a session that ends under an open page loses nothing that was typed', async () => {
  const { page, complaints, close } = await inside(ADMIN, { hash: 'account' });
  await settled(page);
  await page.locator('#display_name').fill('مريم العطار الجديدة');
  const { items } = await stage.admin.call('GET', '/sessions');
  for (const session of items) if (!session.current) await stage.admin.call('DELETE', `/sessions/${session.id}`);
  await page.locator('page-account form [type=submit]').first().click();
  await page.locator('wa-dialog.lapsed #password').waitFor();
  await assertAccessible(page, 'sign in again');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'password');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('wa-dialog.lapsed #password').isVisible());
  await page.locator('wa-dialog.lapsed #password').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await toast(page).waitFor();
  await page.locator('wa-dialog.lapsed').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#display_name').inputValue(), 'مريم العطار الجديدة');
  assert.equal((await stage.admin.call('GET', '/session')).user.display_name, 'مريم العطار الجديدة', 'what was sent arrived');
  await stage.admin.call('PATCH', '/me', { display_name: ADMIN.name });
  assert.deepEqual(complaints, []);
  await close();
});

test('a password is changed; the other sessions end and are listed no more', async () => {
  const user = await addUser(stage.server, stage.admin, { login: 'sara', name: 'Sara', role: 'editor' });
  const { page, close } = await inside(user, { hash: 'account' });
  await page.locator('page-account tbody tr').nth(1).waitFor();
  await page.locator('#current').fill(user.password);
  await page.locator('#new').fill('a third and longer sentence');
  await page.locator('#repeat').fill('a third and longer one');
  await page.locator('new-password [type=submit]').click();
  await page.locator('#repeat-wrong').waitFor();
  await page.locator('#repeat').fill('a third and longer sentence');
  await page.locator('new-password [type=submit]').click();
  await toast(page).waitFor();
  await user.caller.call('GET', '/session', undefined, { expected: 401 });
  await new Caller(stage.server.url).signIn({ login: 'sara', password: 'a third and longer sentence' });
  await page.reload();
  await page.locator('page-account tbody tr').nth(1).waitFor();
  await page.locator('tbody .button').first().click();
  await toast(page).waitFor();
  await close();
});

test('what was changed stands in the log, with filters that survive a reload', async () => {
  const { page, complaints, close } = await inside(ADMIN, { hash: 'audit' });
  await page.locator('tbody tr').first().waitFor();
  await page.locator('#filter-action').selectOption('user.create');
  await page.waitForFunction(() => location.hash.includes('action=user.create'));
  await page.locator('tbody tr').first().waitFor();
  await settled(page);
  for (const text of await page.locator('tbody td:nth-child(3)').allTextContents()) assert.equal(text, 'User added');
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  assert.equal(await page.locator('#filter-action').inputValue(), 'user.create');
  await page.locator('.filters .button.quiet').click();
  await page.waitForFunction(() => !location.hash.includes('action='));
  assert.deepEqual(complaints, []);
  await close();
});

test('the language is switched at any time, and comes along to the next browser', async () => {
  const { page, close } = await inside(ADMIN, { hash: 'account' });
  await switchTo(page, 'فارسی');
  await page.locator('html[lang=fa][dir=rtl]').waitFor({ state: 'attached' });
  assert.equal(await page.locator('h1').textContent(), 'حساب من');
  const nav = await page.locator('.side').boundingBox();
  assert.ok(nav.x > 900, 'the navigation stands on the right');
  await close();
  const again = await inside(ADMIN, { hash: 'account' });
  await again.page.locator('html[lang=fa]').waitFor({ state: 'attached' });
  await again.close();
  await stage.admin.call('PATCH', '/me', { locale: 'en' });
});

test('by keyboard only: the skip link, the navigation, a dialog that gives the focus back', async () => {
  const { page, close } = await inside(ADMIN, { hash: 'users' });
  await page.locator('tbody tr').first().waitFor();
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Add a user/u);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'new-name');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Add a user'));
  await close();
});

test('on a tablet the navigation slides in, keeps the focus, and goes again', async () => {
  const { page, close } = await inside(ADMIN, { hash: 'account', size: 'tablet' });
  assert.ok(!(await page.locator('.side').isVisible()));
  await page.locator('.menu-button').click();
  await page.locator('.side').waitFor();
  await assertAccessible(page, 'navigation open');
  await page.keyboard.press('Escape');
  await page.locator('.side').waitFor({ state: 'hidden' });
  assert.match(await page.evaluate(() => document.activeElement?.className ?? ''), /menu-button/u);
  await page.locator('.menu-button').click();
  await page.locator('.nav-link[href="#/users"]').click();
  await page.locator('page-users h1').waitFor();
  await page.locator('.side').waitFor({ state: 'hidden' });
  await close();
});

test('without a network the page says so and keeps what is typed', async () => {
  const { page, close } = await inside(ADMIN, { hash: 'account' });
  await settled(page);
  await page.locator('#display_name').fill('typed without a network');
  await page.context().setOffline(true);
  await page.locator('.banner').waitFor();
  await page.locator('page-account form [type=submit]').first().click();
  await page.locator('page-account .note.danger').waitFor();
  await assertAccessible(page, 'offline');
  assert.equal(await page.locator('#display_name').inputValue(), 'typed without a network');
  await page.context().setOffline(false);
  await page.locator('.banner').waitFor({ state: 'detached' });
  await close();
});

test('signing out ends it', async () => {
  const { page, close } = await inside();
  await page.locator('top-bar wa-dropdown').last().locator('button').click();
  await page.locator('wa-dropdown-item[value=sign-out]').click();
  await page.locator('sign-in').waitFor();
  await page.reload();
  await page.locator('sign-in').waitFor();
  await signIn(page, ADMIN);
  await close();
});

testLooks(stage, () => ({ ...ADMIN, caller: stage.admin }), ['account', 'users', 'audit', 'nowhere']);
