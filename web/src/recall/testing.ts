/** Notices for tests. */
import type { OwedNotice } from '~/api/types';

const ANA = {
  id: 'u1',
  handle: 'ana',
  name: 'Ana Moreau',
  credential: {
    profession: 'Physician',
    specialty: 'pneumologist',
    checked_at: '2026-10-03T00:00:00Z',
  },
};

/** A correction by Ana of a clip that the viewer watched, with what a test needs changed. */
export function owed(changed: Partial<OwedNotice> = {}): OwedNotice {
  return {
    id: 'n1',
    severity: 'correct',
    watched_at: '2026-11-14T20:00:00Z',
    post_id: 'p1',
    version_id: 'v1',
    title: 'Asthma in winter',
    author: ANA,
    by: ANA,
    what_right: 'Keep taking your inhaler, also on days without symptoms.',
    what_wrong: 'I said that you can stop when you feel well.',
    what_now: 'The preventer works only when it is taken every day.',
    apology: 'I mixed the two up. I am sorry.',
    at: '2026-11-16T09:12:00Z',
    span: { start_ms: 12_000, end_ms: 18_000 },
    changed: null,
    coverage: { exposed: 2311, shown: 1415, acknowledged: 1204 },
    poster: null,
    proof_url: '/notices/n1/coverage',
    privacy: false,
    ...changed,
  };
}
