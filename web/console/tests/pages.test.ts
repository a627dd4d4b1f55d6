import { expect, test } from 'vitest';
import { chooseLocale } from '../src/state/locale';
import { isEnough } from '../src/state/session';
import type { Role } from '../src/api/types';
import { deviceOf } from '../src/pages/account/agent';
import { detailLines } from '../src/pages/audit/detail';
import { ticks, wholeSteps } from '../src/pages/overview/axis';
import { dayBefore, daysBetween, seriesOf, stacked } from '../src/pages/overview/series';
import { changedSpan, isSpan, PLAIN, spansOf, withClosed, withoutSpan, withSpan } from '../src/pages/settings/hours';
import { originOf, snippet } from '../src/pages/settings/website';

test('the first language that is spoken here', () => {
  const check = (wanted: (string | null)[], locale: string): void => expect(chooseLocale(wanted)).toBe(locale);
  check([null, 'fa-IR', 'en'], 'fa');
  check(['de', 'ar-MA'], 'ar');
  check(['de'], 'en');
  check([], 'en');
});

test('a role does what those below it do', () => {
  const check = (has: Role, needs: Role, enough: boolean): void => expect(isEnough(has, needs)).toBe(enough);
  check('viewer', 'viewer', true);
  check('viewer', 'editor', false);
  check('reviewer', 'editor', true);
  check('administrator', 'reviewer', true);
  check('editor', 'administrator', false);
});

test('browsers by their common names', () => {
  const check = (agent: string, browser: string, system: string): void =>
    expect(deviceOf(agent)).toEqual({ browser, system });
  check('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge', 'Windows');
  check('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1', 'Safari', 'iPhone');
  check('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Chrome', 'Android');
  check('Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox', 'Linux');
  check('', '', '');
  check('<script>', '', '');
});

test('details of the log as lines', () => {
  const check = (detail: unknown, lines: [string, string][]): void =>
    expect(detailLines(detail).map(({ name, value }) => [name, value])).toEqual(lines);
  check(null, []);
  check({}, []);
  check('words', [['', 'words']]);
  check('{"role":"editor"}', [['role', 'editor']]);
  check({ role: { from: 'viewer', to: 'editor' }, ids: [1, 2] }, [
    ['role.from', 'viewer'],
    ['role.to', 'editor'],
    ['ids', '1, 2'],
  ]);
  check({ hours: { days: [{ day: 'sat', from: '09:00', to: '19:00' }], closed: [] } }, [
    ['hours.days', 'sat 09:00 19:00'],
    ['hours.closed', '–'],
  ]);
});

test('every day counts, also an empty one', () => {
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-01', '2026-02-27')).toEqual([]);
  expect(daysBetween('x', '2026-02-27')).toEqual([]);
  expect(daysBetween('2020-01-01', '2026-01-01', 3)).toEqual(['2025-12-30', '2025-12-31', '2026-01-01']);
  expect(dayBefore('2026-03-01', 1)).toBe('2026-02-28');
});

test('counts by day stand on each other', () => {
  const counts = [
    { day: '2026-11-01', lang: 'ar', outcome: 'answer', count: 3 },
    { day: '2026-11-01', lang: 'fa', outcome: 'answer', count: 2 },
    { day: '2026-11-03', lang: 'fa', outcome: 'no_answer', count: 1 },
    { day: '2026-10-01', lang: 'fa', outcome: 'answer', count: 9 },
  ];
  const days = daysBetween('2026-11-01', '2026-11-03');
  const { rows } = seriesOf(counts, 'outcome', days, ['no_answer', 'answer']);
  expect(rows).toEqual([
    { key: 'no_answer', place: 0, counts: [0, 0, 1], sum: 1 },
    { key: 'answer', place: 1, counts: [5, 0, 0], sum: 5 },
  ]);
  expect(stacked(rows)).toEqual([
    [0, 0, 1],
    [5, 0, 1],
  ]);
});

test('marks of the axes are whole and have room', () => {
  const check = (max: number, steps: number[]): void => expect(wholeSteps(max)).toEqual(steps);
  check(4, [0, 1, 2, 3, 4]);
  check(105, [0, 50, 100]);
  check(1300, [0, 500, 1000]);
  expect(ticks(30, 400)).toEqual([0, 6, 12, 18, 24]);
  expect(ticks(1, 100)).toEqual([0]);
});

test('office hours', () => {
  const one = withSpan(PLAIN, 'sat');
  expect(one.days).toEqual([{ day: 'sat', from: '09:00', to: '17:00' }]);
  const two = withSpan(one, 'sat');
  expect(spansOf(two, 'sat').map(({ span }) => [span.from, span.to])).toEqual([
    ['09:00', '17:00'],
    ['17:00', '20:00'],
  ]);
  expect(spansOf(two, 'sun')).toEqual([]);
  expect(withoutSpan(two, 0).days).toEqual([{ day: 'sat', from: '17:00', to: '20:00' }]);
  expect(changedSpan(one, 0, { to: '12:00' }).days[0]?.to).toBe('12:00');
  expect(isSpan({ day: 'sat', from: '10:00', to: '09:00' })).toBe(false);
  const closed = withClosed(withClosed(PLAIN, '2026-12-25'), '2026-03-20');
  expect(closed.closed).toEqual(['2026-03-20', '2026-12-25']);
  expect(withClosed(closed, '2026-12-25').closed.length).toBe(2);
  expect(withClosed(PLAIN, 'tomorrow').closed).toEqual([]);
});

test('addresses of websites', () => {
  const check = (text: string, origin: string | null): void => expect(originOf(text), text).toBe(origin);
  check('https://clinic.example', 'https://clinic.example');
  check(' HTTPS://Clinic.Example/ ', 'https://clinic.example');
  check('http://localhost:3000', 'http://localhost:3000');
  check('https://clinic.example/page', null);
  check('https://user@clinic.example', null);
  check('clinic.example', null);
  check('javascript:alert(1)', null);
  expect(snippet('https://chat.example')).toBe('<script src="https://chat.example/widget.js" defer></script>');
});
