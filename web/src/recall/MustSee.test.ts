import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import MustSee from './MustSee.svelte';
import { owed } from './testing';

let up = true;
let asked: string[] = [];

beforeEach(() => {
  up = true;
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url).pathname);
    const detail = 'The server is being restarted. Try again in a minute.';
    return Promise.resolve(
      up
        ? Response.json({ owed: false })
        : Response.json({ code: 'unavailable', detail }, { status: 503 }),
    );
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the must-see card', () => {
  it('says what is right before what was wrong, and then the apology', () => {
    render(MustSee, { notices: [owed()], onread: vi.fn() });
    const text = screen.getByRole('dialog').textContent;
    const places = [
      'Correction to a video you watched on 14 Nov',
      'Keep taking your inhaler',
      'The preventer works only',
      'I said that you can stop',
      'I am sorry',
      'Ana Moreau · Physician, pneumologist · 16 Nov',
      'Shown so far to 1,415 of the 2,311 people',
      'I have read this',
    ].map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Keep taking');
    expect(screen.getByRole('dialog').querySelector('video')).toBeNull();
  });

  it('is told as shown once it has been painted', async () => {
    render(MustSee, { notices: [owed()], onread: vi.fn() });
    expect(asked).toEqual([]);
    await vi.waitFor(() => expect(asked).toEqual(['/api/v1/notices/shown']));
  });

  it('goes when the server has noted that it was read', async () => {
    const onread = vi.fn();
    render(MustSee, { notices: [owed()], onread });
    await fireEvent.click(screen.getByRole('button', { name: 'I have read this' }));
    await vi.waitFor(() => expect(onread).toHaveBeenCalledExactlyOnceWith(false));
  });

  it('stays and says why when the server does not', async () => {
    up = false;
    const onread = vi.fn();
    render(MustSee, { notices: [owed()], onread });
    await fireEvent.click(screen.getByRole('button', { name: 'I have read this' }));
    expect((await screen.findByRole('alert')).textContent).toContain('being restarted');
    expect(onread).not.toHaveBeenCalled();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Keep taking');
  });

  it('is not closed by Escape', async () => {
    render(MustSee, { notices: [owed()], onread: vi.fn() });
    const dialog = screen.getByRole<HTMLDialogElement>('dialog');
    const pressed = await fireEvent.keyDown(dialog, { key: 'Escape', cancelable: true });
    expect(pressed).toBe(false);
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(dialog.open).toBe(true);
  });

  it('holds several in one card, the gravest as its headline', () => {
    const notices = [
      owed({ id: 'a', severity: 'correct', what_right: 'Keep taking it.' }),
      owed({ id: 'b', severity: 'withdraw', what_right: 'Never mix the two.' }),
    ];
    render(MustSee, { notices, onread: vi.fn() });
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Never mix the two.');
    expect(screen.getByRole('button', { name: 'I have read these 2' })).toBeTruthy();
  });

  it('is signed by whoever issued it', () => {
    const by = { id: 'u9', handle: 'dev', name: 'Dev Rao', credential: null };
    render(MustSee, { notices: [owed({ by })], onread: vi.fn() });
    expect(screen.getByText(/^Dev Rao · 16 Nov/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Ask Ana' })).toBeTruthy();
  });

  it('offers no look at what changed when it is about somebody’s privacy', () => {
    const changed = { post_id: 'p', version_id: 'v', start_ms: 0, end_ms: 1000 };
    render(MustSee, { notices: [owed({ changed, privacy: true })], onread: vi.fn() });
    expect(screen.queryByText('See what changed')).toBeNull();
    expect(screen.getByText(/Please do not repeat, share or look for/)).toBeTruthy();
  });
});
