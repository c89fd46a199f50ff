/** The kinds of video, and who must hear each of them before it is public. */
import type { Lane, Me } from '~/api/types';
import { say } from './messages';

export const LANES: readonly Lane[] = ['lesson', 'patient_story', 'humour', 'off_duty'];

/** Whether anybody must answer first; what is not known yet asks for somebody. */
export function isHeard(lane: Lane, me: Me | null): boolean {
  const need = me?.host.quorum[lane];
  return !need || need.colleagues + need.lay > 0;
}

/** Who must answer first, as this house lays it down; empty until that is known. */
export function needsOf(lane: Lane, me: Me | null): string {
  const need = me?.host.quorum[lane];
  return need ? say.lane.needs(need.colleagues, need.lay) : '';
}
