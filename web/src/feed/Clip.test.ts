import { render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { FeedItem } from '~/api/types';
import type { ClipActions } from './Actions.svelte';
import Clip from './Clip.svelte';
import { clip } from './testing';

function shown(item: FeedItem, changed: Partial<{ own: boolean; broken: boolean }> = {}): void {
  const nothing = vi.fn();
  const actions: ClipActions = {
    toggle: nothing,
    seek: nothing,
    like: nothing,
    follow: nothing,
    comments: nothing,
    share: nothing,
    why: nothing,
    sound: nothing,
    captions: nothing,
  };
  render(Clip, {
    item,
    active: true,
    paused: false,
    muted: true,
    captionsOn: true,
    caption: 'Keep it with you.',
    progress: 0.5,
    broken: false,
    own: false,
    actions,
    ...changed,
  });
}

describe('what stands over a clip', () => {
  it('names the author, the lane and whether a credential was checked', () => {
    shown(clip(1));
    expect(screen.getByRole('link', { name: 'Ana Moreau' }).getAttribute('href')).toBe('/u/ana');
    expect(screen.getByText('Lesson')).toBeTruthy();
    expect(screen.getByText('No credential checked')).toBeTruthy();
  });

  it('says that nobody rehearsed it', () => {
    shown(clip(1, { rehearsed: false }));
    expect(screen.getByText('Not rehearsed')).toBeTruthy();
  });

  it('says that a scene is staged', () => {
    shown(clip(1, { staged: true }));
    expect(screen.getByText('Staged scene')).toBeTruthy();
  });

  it('says that it was corrected, and leads to the notice', () => {
    const at = `${new Date().getFullYear()}-11-16T09:00:00Z`;
    shown(clip(1, { correction: { notice_id: 'n1', severity: 'correct', at, headline: '' } }));
    const link = screen.getByRole('link', { name: 'Corrected 16 Nov' });
    expect(link.getAttribute('href')).toBe('/notices/n1');
  });

  it('reads counts and marks aloud', () => {
    shown(clip(1));
    const like = screen.getByRole('button', { name: 'Like, 4 likes' });
    expect(like.getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('button', { name: '2 comments' })).toBeTruthy();
  });

  it('offers nobody to follow on one’s own clip', () => {
    shown(clip(1), { own: true });
    expect(screen.queryByRole('button', { name: 'Follow' })).toBeNull();
  });

  it('says so when the video cannot be played', () => {
    shown(clip(1), { broken: true });
    expect(screen.getByRole('alert').textContent).toContain('cannot be played');
  });
});
