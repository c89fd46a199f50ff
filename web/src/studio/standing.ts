/** How a post's state is said in one badge. */
import type { PostInList } from '~/api/types';
import type { say as shared } from '~/shared/messages';
import { say } from './messages';

export interface Badge {
  readonly state: keyof typeof shared.state;
  readonly text?: string;
}

/** Who can see a post that is not public: its author, and whoever was asked. */
export function seenBy(post: PostInList): string {
  const asked = ['rehearsing', 'objected', 'cleared'].includes(post.working?.state ?? '');
  const attested = post.way.some(
    ({ step, state, awaited }) => step === 'attested' && (state === 'done' || awaited.length > 0),
  );
  return asked || attested ? say.onlyAsked : say.onlyYou;
}

/** The gravest thing that is true of a post, since a list has room for one. */
export function badgeOf(post: PostInList): Badge {
  if (post.held || post.state === 'held') return { state: 'held' };
  if (post.asset?.state === 'refused') return { state: 'failed', text: say.refused };
  if (post.notices.some((notice) => notice.severity === 'withdraw')) return { state: 'withdrawn' };
  if (post.notices.length > 0) return { state: 'corrected' };
  if (post.state === 'public') return { state: 'public' };
  if (post.way.some((step) => step.state === 'failed')) return { state: 'failed' };
  return { state: 'private', text: seenBy(post) };
}
