/** Starts the real server for the browser tests, on a free port with a data folder of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
/** Those that run: a test that fails half-way leaves its own behind. */
const running = new Set();
const BINARY = process.env.MUJIB_BINARY ?? join(ROOT, 'target/debug/mujib');

/** Puts `questions` into a folder of their own in `folder`, one a line, as an evaluation reads them. */
function keepQuestions(folder, questions) {
  const own = join(folder, 'questions');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'few.jsonl'), questions.map((question) => JSON.stringify(question)).join('\n'));
  return { MUJIB_QUESTIONS: own };
}

/**
 * @param {{data?: string, listen?: string, questions?: object[], env?: Record<string, string>}} [options] a data folder
 * to go on with, an address to listen on, what is asked before anything is published instead of all the questions that
 * there are, settings
 * @returns {Promise<{url: string, data: string, setupToken: () => Promise<string>, kill: () => Promise<void>, stop: () => Promise<void>}>}
 */
export async function startServer({ data, listen = '127.0.0.1:0', questions, env = {} } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'mujib-web-'));
  const args = ['serve', '--listen', listen, '--data', folder, '--index', join(folder, 'index')];
  const settings = { MUJIB_COUNTRY: 'IR', ...(questions && keepQuestions(folder, questions)), ...env };
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

/** What a patient gets for `text` without a widget, in a new conversation unless `conversation` names one. */
export async function askOnce(url, text, conversation) {
  const answer = await fetch(`${url}/v1/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, ...conversation }),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return answer.json();
}
