/** Gives a link away: by the system's own sheet on a phone, else onto the clipboard. */

export type Shared = 'shared' | 'copied' | 'dismissed' | 'failed';

/** `touch` says that the system's sheet is what people expect here. */
export async function share(title: string, url: string, touch: boolean): Promise<Shared> {
  try {
    if (touch && 'share' in navigator) {
      await navigator.share({ title, url });
      return 'shared';
    }
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch (cause) {
    if (!(cause instanceof DOMException) && !(cause instanceof TypeError)) throw cause;
    return cause.name === 'AbortError' ? 'dismissed' : 'failed';
  }
}
