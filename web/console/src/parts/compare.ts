/** The difference of two texts, word by word. Pure. */

export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Longer texts are compared line by line: the table of words would be too large. */
const MOST_CELLS = 4_000_000;

const words = (text: string): string[] => text.match(/\s+|[^\s]+/gu) ?? [];
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/gu) ?? [];

/** What has to be taken from `before` and put in to get `after`, in order; pieces of one kind are joined. */
export function compare(before: string, after: string): Piece[] {
  let a = words(before);
  let b = words(after);
  if (a.length * b.length > MOST_CELLS) {
    a = lines(before);
    b = lines(after);
  }
  if (a.length * b.length > MOST_CELLS) return joined([{ kind: 'removed', text: before }, { kind: 'added', text: after }]);
  return joined(walk(a, b));
}

/** The longest common run of parts, read off its table from the start. */
function walk(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'removed', text: a[i] ?? '' });
      i += 1;
    } else {
      pieces.push({ kind: 'added', text: b[j] ?? '' });
      j += 1;
    }
  }
  return pieces;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const last = out.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}
