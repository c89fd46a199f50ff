/** Captions that we draw ourselves, so that they stay clear of the name and the actions. */

export interface Cue {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly text: string;
}

const TIMING = /^(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})\s+-->\s+(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})/;

function milliseconds(parts: readonly (string | undefined)[]): number {
  const [hours, minutes, seconds, thousandths] = parts.map((part) => Number(part ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (thousandths ?? 0);
}

/** Plain text of a cue: voice, class and time tags are dropped, entities written out. */
function plainText(lines: readonly string[]): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0' };
  return lines
    .join('\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/&(?:lrm|rlm);/g, '')
    .trim();
}

/** The cues of a WebVTT file in order; what is no cue (notes, styles, regions) is skipped. */
export function parseCues(webvtt: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of webvtt.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMING.test(line));
    const found = TIMING.exec(lines[at] ?? '');
    if (!found) continue;
    const text = plainText(lines.slice(at + 1));
    const start_ms = milliseconds(found.slice(1, 5));
    const end_ms = milliseconds(found.slice(5, 9));
    if (text && end_ms > start_ms) cues.push({ start_ms, end_ms, text });
  }
  return cues.sort((a, b) => a.start_ms - b.start_ms);
}

/** What is to be read at a moment; cues that overlap stand below each other. */
export function textAt(cues: readonly Cue[], ms: number): string {
  return cues
    .filter((cue) => cue.start_ms <= ms && ms < cue.end_ms)
    .map((cue) => cue.text)
    .join('\n');
}
