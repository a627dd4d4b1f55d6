/** Where the marks of a chart's axes stand. Pure. */

/** Which days get a label: as many as there is room for. */
export function ticks(days: number, width: number): number[] {
  const room = Math.max(1, Math.floor(width / 80));
  const step = Math.max(1, Math.ceil(days / room));
  const out: number[] = [];
  for (let at = 0; at < days; at += step) out.push(at);
  return out;
}

/** Marks of the upright axis, never a part of a message. */
export function wholeSteps(max: number): number[] {
  const rough = Math.max(1, max / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const out: number[] = [];
  for (let value = 0; value <= max; value += step) out.push(value);
  return out;
}
