/** A clip's playlists from what came with the page: its first segment is the first that is asked for. */

const PLAYLIST = 'application/vnd.apple.mpegurl';
/** The part of what the line carries that a clip may take. */
const SHARE = 0.8;

/** What the server sends ahead (`media/beginning.py`): names are relative to `base`. */
export interface Beginning {
  readonly base: string;
  /** The one of all sizes is the first, the size that players begin with the second. */
  readonly playlists: Readonly<Record<string, string>>;
  /** In base64. */
  readonly inits: Readonly<Record<string, string>>;
  /** The name of the segment that players begin with. */
  readonly segment: string;
}

/** A first segment that is here, and how fast it came in bit/s. */
export interface Segment {
  readonly data: Blob;
  readonly bps: number;
}

/** Asks for the segment that a player would begin with; the page's head has named it already. */
export async function firstSegment({ base, segment }: Beginning): Promise<Segment> {
  const answer = await fetch(base + segment);
  if (!answer.ok) throw new TypeError(`${base}${segment} answered ${answer.status}.`);
  const from = performance.now();
  const data = await answer.blob();
  const seconds = Math.max(performance.now() - from, 1) / 1000;
  return { data, bps: (data.size * 8) / seconds };
}

/**
 * The address of the playlist of all sizes, for as long as the page is there. A segment that is at hand
 * would make a player believe in a line without limits, so sizes that this one does not carry are left
 * out; the smallest stays.
 */
export function playlistOf(came: Beginning, first: Segment, origin: string): string {
  const addresses = new Map<string, string>([[came.segment, URL.createObjectURL(first.data)]]);
  const addressOf = (name: string): string => addresses.get(name) ?? origin + came.base + name;
  for (const [name, data] of Object.entries(came.inits)) {
    addresses.set(name, at(bytesOf(data), 'video/mp4'));
  }
  const [all, ...each] = Object.entries(came.playlists);
  if (!all) throw new TypeError(`The clip below ${came.base} came without a playlist.`);
  for (const [name, text] of each) {
    addresses.set(name, at(withAddresses(text, addressOf), PLAYLIST));
  }
  return at(withAddresses(carried(all[1], first.bps * SHARE), addressOf), PLAYLIST);
}

/** The playlist of all sizes without those that take more bit/s; the first of them stays. */
export function carried(text: string, bps: number): string {
  let first = true;
  return text.replace(/^#EXT-X-STREAM-INF:(.*)\n.*\n/gm, (variant, says: string) => {
    const takes = Number(/AVERAGE-BANDWIDTH=(\d+)/.exec(says)?.[1] ?? 0);
    const stays = first || takes <= bps;
    first = false;
    return stays ? variant : '';
  });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** A playlist whose names lead somewhere by themselves. */
function withAddresses(text: string, addressOf: (name: string) => string): string {
  return text
    .replace(/^[^#\n].*$/gm, addressOf)
    .replace(/URI="([^"]+)"/g, (_, name: string) => `URI="${addressOf(name)}"`);
}

function at(data: BlobPart, type: string): string {
  return URL.createObjectURL(new Blob([data], { type }));
}
