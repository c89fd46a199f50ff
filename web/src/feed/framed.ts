/** The code by which a page elsewhere shows a video in a frame. */
import type { FeedItem } from '~/api/types';

const WIDTH = 360;

function quoted(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

export function framed(card: FeedItem['card'], origin: string): string {
  const height = Math.round((WIDTH * 16) / 9);
  const address = `${origin}/embed/${card.post_id}`;
  const title = quoted(card.title);
  return `<iframe src="${address}" title="${title}" width="${WIDTH}" height="${height}" loading="lazy" allow="fullscreen"></iframe>`;
}
