/** Positions on a clip as people type and read them. */

/** Milliseconds of `1:02.5`, `62.5` or `1:00:00`; null when it is no time. */
export function readTime(text: string): number | null {
  const found = /^\s*(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (!found) return null;
  const [, hours, minutes, seconds, fraction] = found;
  const whole = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds);
  return whole * 1000 + Number((fraction ?? '').padEnd(3, '0'));
}

/** `1:02.5`: a position with tenths, for an editor. */
export function showTime(ms: number): string {
  const tenths = Math.round(ms / 100);
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
}
