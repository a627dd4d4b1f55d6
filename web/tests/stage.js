/** What all tests of a file share: a server and a browser, there before the first test and gone after the last. */
import { after, before } from 'node:test';
import { launch } from './browser.js';
import { startServer, stopServers } from './server.js';

const startAlone = async () => ({ server: await startServer() });

/**
 * An object that is filled before the first test: with `browser`, and with what `start` gives back, `server` among it.
 * @template {{server: Awaited<ReturnType<typeof startServer>>}} T
 * @param {() => Promise<T>} [start] left out: a server with the settings of all tests
 * @returns {T & {browser: import('playwright-core').Browser}}
 */
export function setStage(start = startAlone) {
  const stage = {};
  before(async () => {
    Object.assign(stage, await start());
    stage.browser = await launch();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
    stopServers();
  });
  return stage;
}
