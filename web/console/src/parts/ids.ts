let count = 0;

/** An id that nothing else in the document has, for labels and hints to name. */
export function nextId(kind: string): string {
  count += 1;
  return `${kind}-${count}`;
}
