/** Starts the real server for the browser tests, on a free port with a data folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
/** Those that run: a test that fails half-way leaves its own behind. */
const running = new Set();
const BINARY = process.env.MUJIB_BINARY ?? join(ROOT, 'target/debug/mujib');

/**
 * @param {{data?: string, listen?: string, env?: Record<string, string>}} [options] a data folder to go on
 * with, an address to listen on, settings
 * @returns {Promise<{url: string, data: string, setupToken: () => Promise<string>, kill: () => Promise<void>, stop: () => Promise<void>}>}
 */
export async function startServer({ data, listen = '127.0.0.1:0', env = {} } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'mujib-web-'));
  const args = ['serve', '--listen', listen, '--data', folder, '--index', join(folder, 'index')];
  const settings = { MUJIB_COUNTRY: 'IR', ...env };
  const child = spawn(BINARY, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings },
  });
  running.add(child);
  let output = '';
  const url = await new Promise((found, failed) => {
    const read = (chunk) => {
      output += chunk;
      const match = /http:\/\/[\w.:[\]]+:[1-9]\d*/u.exec(output);
      if (match) found(match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}:\n${output}`)));
  });
  const ended = new Promise((done) => child.once('exit', done)).then(() => running.delete(child));
  return {
    url,
    data: folder,
    /** The one-time key of the link that the server prints while nobody can sign in. */
    async setupToken() {
      while (true) {
        const found = /setup\?token=([0-9a-f]+)/u.exec(output);
        if (found) return found[1];
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends every server that still runs. */
export function stopServers() {
  for (const child of running) child.kill('SIGKILL');
}
