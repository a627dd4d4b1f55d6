/** The details of an entry in the log as lines of names and values. Pure. */

/** Whatever the server noted, flat: `a.b` for what lies within. Empty for nothing. */
export function detailLines(detail: unknown): { name: string; value: string }[] {
  if (detail === null || detail === undefined || detail === '') return [];
  if (typeof detail === 'string') {
    try {
      const inner: unknown = JSON.parse(detail);
      if (typeof inner === 'object' && inner !== null) return detailLines(inner);
    } catch {
      // Words are words.
    }
    return [{ name: '', value: detail }];
  }
  if (typeof detail !== 'object') return [{ name: '', value: String(detail) }];
  return Object.entries(detail).flatMap(([name, value]) => {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isNested) return [{ name, value: plain(value) }];
    return detailLines(value).map((line) => ({ name: line.name ? `${name}.${line.name}` : name, value: line.value }));
  });
}

/** A dash for what was emptied; of things in a list, such as hours of a day, what they hold. */
function plain(value: unknown): string {
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(plain).join(', ');
  return typeof value === 'object' ? Object.values(value as object).map(plain).join(' ') : String(value);
}
