/** Posts for tests. */
import type { StudioPost, StudioVersion, WayStep } from '~/api/types';

export function step(
  name: WayStep['step'],
  state: WayStep['state'],
  more: Partial<WayStep> = {},
): WayStep {
  return { step: name, state, detail: '', fraction: null, eta_s: null, awaited: [], ...more };
}

/** A version that was examined and rendered. */
export function aVersion(more: Partial<StudioVersion> = {}): StudioVersion {
  return {
    id: 'v1',
    number: 1,
    state: 'ready',
    hash: 'h',
    because: '',
    examined: true,
    ...more,
  };
}

/** A lesson of Ana's, just saved. */
export function aPost(more: Partial<StudioPost> = {}): StudioPost {
  return {
    id: 'p1',
    author: { id: 'ana', handle: 'ana', name: 'Ana Moreau', credential: null },
    title: '',
    text: '',
    script: '',
    lane: 'lesson',
    state: 'draft',
    visibility: 'public',
    captions: [],
    sources: [],
    asset: {
      name: 'ward.mp4',
      size: 31_000_000,
      state: 'ready',
      duration_ms: 42_000,
      truncated: false,
      refusal: null,
    },
    working: null,
    public: null,
    way: [step('saved', 'done'), step('checked', 'waiting'), step('public', 'waiting')],
    next_action: { code: 'check', text: 'Check for patients' },
    poster: null,
    blurhash: '',
    preview_url: null,
    early_url: null,
    cover: null,
    storyboard: null,
    held: null,
    notices: [],
    updated_at: '2026-11-16T09:12:00Z',
    ...more,
  };
}
