/** How far a clip is on its way from a file to something that can be watched in every size. */
import type { PostInList, WayStep } from '~/api/types';

export type Stage = 'looked' | 'first' | 'lowest' | 'rest';

export interface Made {
  readonly stage: Stage;
  readonly state: WayStep['state'];
}

/** The stages in order; empty once all is made, or where nothing is being made. */
export function makingOf(post: PostInList): readonly Made[] {
  const rendered = post.way.find((step) => step.step === 'rendered');
  if (!rendered || (rendered.state !== 'now' && rendered.state !== 'failed')) return [];
  const done: readonly (readonly [Stage, boolean])[] = [
    ['looked', post.asset?.state === 'ready'],
    ['first', Boolean(post.early_url ?? post.preview_url)],
    ['lowest', Boolean(post.preview_url)],
    ['rest', false],
  ];
  const at = done.findIndex(([, isDone]) => !isDone);
  return done.map(([stage, isDone], place) => ({
    stage,
    state: isDone ? 'done' : place === at ? rendered.state : 'waiting',
  }));
}
