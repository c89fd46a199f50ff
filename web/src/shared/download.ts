/** Saves a file that the server gives in pieces, under a name of one's own. */
import { Problem, problemFrom } from '~/api/problem';
import { say } from './messages';

/** The server gives at most a mebibyte at a time. */
const PIECE = 1024 * 1024;

/** What a saved clip is called: by its author and the end of its post's id. */
export function nameOf(handle: string, postId: string): string {
  return `wardcast-${handle}-${postId.replaceAll('-', '').slice(-8)}.mp4`;
}

/** Fetches a file, telling the share that is here, and hands it to the browser to keep. */
export async function download(
  url: string,
  name: string,
  tell: (share: number) => void = () => undefined,
): Promise<void> {
  const parts: Blob[] = [];
  let have = 0;
  for (let more = true; more;) {
    const { part, all } = await piece(url, have);
    parts.push(part);
    have += part.size;
    // Another origin may not say how long the file is: then a short piece is the last.
    more = all === null ? part.size === PIECE : have < all;
    if (all) tell(have / all);
  }
  keep(new Blob(parts, { type: 'video/mp4' }), name);
}

/** The bytes from `first` on, and how many the whole has where that is known. */
async function piece(url: string, first: number): Promise<{ part: Blob; all: number | null }> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { Range: `bytes=${first}-${first + PIECE - 1}` } });
  } catch (cause) {
    if (cause instanceof TypeError) throw new Problem('offline', say.offline, 0);
    throw cause;
  }
  if (response.status === 416 && first > 0) return { part: new Blob(), all: first };
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => null);
    throw problemFrom(response.status, body, say.refused);
  }
  const part = await response.blob();
  if (response.status === 200) return { part, all: first + part.size };
  if (part.size === 0) throw new Problem('unreadable', say.unreadable, 500);
  const range = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '');
  return { part, all: range ? Number(range[1]) : null };
}

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to save by the next turn.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
