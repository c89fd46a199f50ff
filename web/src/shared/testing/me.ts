/** Who is signed in, for tests. */
import type { Me } from '~/api/types';

/** Ben, in a house with the given quorum. */
export function aMe(quorum: Me['host']['quorum'] = {}, changed: Partial<Me> = {}): Me {
  return {
    signed_in: true,
    remembered: true,
    id: 'u2',
    handle: 'ben',
    name: 'Ben Ito',
    email: '',
    bio: '',
    town: '',
    roles: ['viewer'],
    unread: 0,
    owed: false,
    limits: { max_bytes: 1, max_duration_ms: 1, comment_chars: 2_000 },
    host: { name: '', contact: '', quorum },
    ...changed,
  };
}
