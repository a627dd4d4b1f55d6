/** A network between browser and server that can be cut, frozen and mended. */
import { connect, createServer } from 'node:net';

/**
 * @param {string} target the server's address, as in `http://127.0.0.1:8080`
 * @returns {Promise<{url: string, cut: () => void, freeze: () => void, mend: () => void, close: () => void}>}
 */
export async function startNetwork(target) {
  const { hostname, port } = new URL(target);
  const pairs = new Set();
  let isCut = false;
  const listener = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of [near, far]) {
      socket.on('error', end);
      socket.on('close', end);
    }
    near.pipe(far);
    far.pipe(near);
  });
  // A test that fails half-way must not keep the process.
  listener.unref();
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${listener.address().port}`,
    /** Connections break, new ones are refused. */
    cut() {
      isCut = true;
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** Connections stay open, but nothing comes through them any more. */
    freeze() {
      for (const { near, far } of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    mend() {
      isCut = false;
    },
    close() {
      listener.close();
      for (const { near } of pairs) near.destroy();
    },
  };
}
