/** A text cut at the places that findings mark, so that each piece can be drawn by itself. */
import type { CheckReport, Finding } from '~/api/types';

export interface Piece {
  readonly text: string;
  /** The findings that lie on this piece; none for plain text. */
  readonly findings: readonly Finding[];
}

/**
 * The pieces of `text` in order; together they are the text, whole and unchanged. The server counts
 * characters as Python does, by code points, so a string is never cut by its UTF-16 units.
 */
export function pieces(text: string, findings: readonly Finding[], offset = 0): Piece[] {
  const characters = [...text];
  const inside = (at: number): number => Math.min(Math.max(at - offset, 0), characters.length);
  const marks = findings.flatMap((finding) => {
    if (!finding.span) return [];
    const from = inside(finding.span.start);
    const to = inside(finding.span.end);
    return from < to ? [{ finding, from, to }] : [];
  });
  const cuts = new Set([0, characters.length, ...marks.flatMap(({ from, to }) => [from, to])]);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => {
    const from = places[i] ?? 0;
    return {
      text: characters.slice(from, to).join(''),
      findings: marks
        .filter((mark) => mark.from <= from && mark.to >= to)
        .map(({ finding }) => finding),
    };
  });
}

/** What is read in the transcript: each text with the findings of its channel. */
export interface Passage {
  readonly channel: string;
  /** Of captions alone: a BCP 47 tag. */
  readonly language: string | null;
  readonly start_ms: number | null;
  readonly pieces: readonly Piece[];
}

/** The texts of a version as passages, empty ones left out; captions one line each. */
export function passages(report: CheckReport): Passage[] {
  const of = (channel: string): Finding[] =>
    report.findings.filter((finding) => finding.channel === channel);
  const { title, caption, script, captions } = report.texts;
  const whole = (channel: Passage['channel'], text: string): Passage[] =>
    text ? [{ channel, language: null, start_ms: null, pieces: pieces(text, of(channel)) }] : [];
  return [
    ...whole('title', title),
    ...whole('caption', caption),
    ...whole('script', script),
    ...captions.flatMap(({ channel, language, cues }) =>
      cues.map((cue) => ({
        channel,
        language,
        start_ms: cue.start_ms,
        pieces: pieces(cue.text, of(channel), cue.offset),
      })),
    ),
  ];
}

/** How many characters a channel's text has; 0 for channels without one. */
function lengthOf(channel: string, { title, caption, script, captions }: Texts): number {
  const track = captions.find((each) => each.channel === channel);
  const last = track?.cues.at(-1);
  if (track) return last ? last.offset + [...last.text].length : 0;
  const text = { title, caption, script }[channel];
  return text === undefined ? 0 : [...text].length;
}

type Texts = CheckReport['texts'];

/** The words around a finding, whole ones, with … where the text goes on. */
export function around(finding: Finding, texts: Texts): { before: string; after: string } {
  const { span } = finding;
  let before = finding.before.trimStart();
  let after = finding.after.trimEnd();
  if (span && span.start > [...finding.before].length) {
    before = `… ${finding.before.replace(/^\S*\s+/u, '')}`;
  }
  if (span && span.end + [...finding.after].length < lengthOf(finding.channel, texts)) {
    after = `${finding.after.replace(/\s+\S*$/u, '')} …`;
  }
  return { before, after };
}
