/** Settings, integrations and figures in the console, against the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, open } from './browser.js';
import { ADMIN, enter, settled, startConsole, testLooks } from './console.js';
import { askOnce } from './server.js';
import { setStage } from './stage.js';

const stage = setStage(startConsole);

const inside = (options) => enter(stage.browser, stage.server.url, ADMIN, options);

test('the widget is dressed in the console, and patients see it at once', async () => {
  const { page, complaints, close } = await inside({ hash: 'settings' });
  await page.locator('widget-preview mujib-chat').waitFor();
  await page.locator('#name_ar').fill('عيادة الياسمين');
  await page.locator('[aria-label*="#rrggbb"]').fill('#7a1fa2');
  const header = page.locator('widget-preview .header');
  await header.waitFor();
  assert.equal(await page.locator('widget-preview .title').textContent(), 'عيادة الياسمين');
  assert.equal(await header.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(122, 31, 162)');
  assert.match(await page.locator('.snippet').textContent(), /<script src="http:\/\/127\.0\.0\.1:\d+\/widget\.js" defer><\/script>/u);
  await assertAccessible(page, 'widget, not saved');
  await page.locator('.save-bar .solid').click();
  await page.locator('.save-bar').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
  await close();

  const patient = await open(stage.browser, stage.server.url, { path: '/' });
  const look = await (await fetch(`${stage.server.url}/v1/widget`)).json();
  assert.deepEqual([look.name_ar, look.accent], ['عيادة الياسمين', '#7a1fa2']);
  await patient.close();
});

test('websites are named, wrong ones are told', async () => {
  const { page, complaints, close } = await inside({ hash: 'settings/access' });
  const field = page.locator('tag-input input');
  await field.fill('https://Clinic.Example/');
  await field.press('Enter');
  await page.locator('.tag-item', { hasText: 'https://clinic.example' }).waitFor();
  await field.fill('clinic.example');
  await field.press('Enter');
  await page.locator('.wrong').waitFor();
  await assertAccessible(page, 'a wrong website');
  await page.locator('.tag-item button').last().click();
  await page.locator('.wrong').waitFor({ state: 'detached' });
  await page.locator('.save-bar .solid').click();
  await page.locator('.save-bar').waitFor({ state: 'detached' });
  assert.deepEqual((await stage.admin.call('GET', '/settings')).allowed_origins, ['https://clinic.example']);
  assert.deepEqual(complaints, []);
  await close();
});

test('office hours and closed days are kept', async () => {
  const { page, complaints, close } = await inside({ hash: 'settings/hours' });
  await page.locator('#zone').fill('Asia/Tehran');
  await page.locator('#zone').press('Tab');
  await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
  await page.getByLabel('Saturday, to').last().fill('13:30');
  await page.getByLabel('Saturday, to').last().press('Tab');
  await page.locator('input[name=date]').fill('2027-03-20');
  await page.getByRole('button', { name: 'Add day' }).click();
  await page.locator('.list li').waitFor();
  await assertAccessible(page, 'hours');
  await page.locator('.save-bar .solid').click();
  await page.locator('.save-bar').waitFor({ state: 'detached' });
  const { office_hours: hours } = await stage.admin.call('GET', '/settings');
  assert.equal(hours.time_zone, 'Asia/Tehran');
  assert.ok(hours.days.some(({ day, to }) => day === 'sat' && to === '13:30'));
  assert.deepEqual(hours.closed, ['2027-03-20']);
  assert.deepEqual(complaints, []);
  await close();
});

test('two who change settings never overwrite each other unseen', async () => {
  const { page, complaints, close } = await inside({ hash: 'settings/data' });
  await page.locator('#retention').fill('45');
  const { fixed, ...settings } = await stage.admin.call('GET', '/settings');
  assert.deepEqual(fixed, ['country'], 'the environment fixes the country');
  assert.ok(await page.locator('#country').isDisabled());
  await stage.admin.call('PUT', '/settings', { ...settings, retention_days: 60 }, { etag: stage.admin.etag });
  await page.locator('.save-bar .solid').click();
  await page.locator('.save-bar[role=alert]').waitFor();
  await assertAccessible(page, 'changed meanwhile');
  assert.equal(await page.locator('#retention').inputValue(), '45', 'what was typed stays');
  await page.locator('.save-bar .solid').click();
  await page.locator('.save-bar').waitFor({ state: 'detached' });
  assert.equal((await stage.admin.call('GET', '/settings')).retention_days, 45);
  assert.deepEqual(complaints, []);
  await close();
});

test('what is not saved is not lost by the way', async () => {
  const { page, close } = await inside({ hash: 'settings/data' });
  await page.locator('#retention').fill('99');
  await page.locator('.tabs a').first().click();
  await page.locator('widget-preview').waitFor();
  await page.locator('.save-bar').waitFor();
  await page.locator('.nav-link[href="#/users"]').click();
  await page.locator('ask-dialog form').waitFor({ state: 'attached' });
  await assertAccessible(page, 'leave?');
  await page.locator('ask-dialog .button').first().click();
  await page.locator('ask-dialog wa-dialog').waitFor({ state: 'detached' });
  assert.ok(await page.locator('page-settings').isVisible());
  await page.locator('.nav-link[href="#/users"]').click();
  await page.locator('ask-dialog .button.danger').click();
  await page.locator('page-users h1').waitFor();
  await close();
});

test('a token is shown once, lets a system in, and is revoked', async () => {
  const { page, complaints, close } = await inside({ hash: 'tokens' });
  await page.locator('.empty').waitFor();
  await assertAccessible(page, 'no tokens');
  await page.locator('.page-head .button').click();
  await page.locator('#token-name').fill('جسر واتساب');
  await assertAccessible(page, 'a new token');
  await page.locator('[form=add-token]').click();
  const token = await page.locator('#once').inputValue();
  assert.match(token, /^mujib_/u);
  await page.locator('wa-dialog.once .button.solid').click();
  await page.locator('#once').waitFor({ state: 'detached' });
  assert.ok(!(await page.content()).includes(token), 'it is nowhere any more');
  await page.locator('td .button.danger').click();
  await page.locator('ask-dialog .button.danger').click();
  await page.locator('.empty').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('figures follow what patients ask: chart, table and CSV say the same', async () => {
  const empty = await inside({ hash: 'overview?from=2020-01-01&to=2020-01-07' });
  await empty.page.locator('main .empty').waitFor();
  await assertAccessible(empty.page, 'no figures');
  await empty.close();
  for (const text of ['كم جلسة ميزوثيرابي أحتاج؟', 'چند جلسه مزوتراپی لازم است؟', 'قیمت طلا چنده؟', '<script>alert(1)</script>']) {
    await askOnce(stage.server.url, text);
  }
  const { page, complaints, close } = await inside({ hash: 'overview' });
  // Facts are gathered beside the replies, so they may come a moment later.
  for (let tries = 0; ; tries += 1) {
    assert.ok(tries < 100, 'the figures never came');
    await settled(page);
    if ((await page.locator('.tile-value').count()) > 0 && (await page.locator('.tile-value').first().textContent()) === '4') break;
    await page.reload();
    await page.locator('page-overview h1').waitFor();
  }
  await page.locator('day-chart canvas').first().waitFor();
  await page.locator('.numbers summary').first().click();
  assert.equal(await page.locator('.numbers tbody tr').first().locator('td').last().textContent(), '4');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  assert.match(download.suggestedFilename(), /^mujib-.*\.csv$/u);
  await page.locator('.filters .button').first().click();
  await page.waitForFunction(() => location.hash.includes('from='));
  await page.goBack();
  await page.waitForFunction(() => !location.hash.includes('from='));
  assert.deepEqual(complaints, []);
  await close();
});

testLooks(stage, () => ({ ...ADMIN, caller: stage.admin }), [
  'overview',
  'settings/widget',
  'settings/access',
  'settings/hours',
  'settings/data',
  'tokens',
]);
