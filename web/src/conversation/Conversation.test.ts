import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '~/shared/session.svelte';
import { aMe } from '~/shared/testing/me';
import Conversation from './Conversation.svelte';

const ben = { id: 'u2', handle: 'ben', name: 'Ben Ito', credential: null };
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    const item = {
      id: `c${asked.length}`,
      author: ben,
      text: 'Is it safe with a cold?',
      at: '2026-11-16T09:00:00Z',
      mine: true,
      removable: true,
    };
    const body = request.method === 'POST' ? item : { items: [item], next: 'n' };
    return Promise.resolve(Response.json(body));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  session.me = null;
});

function signIn(comment_chars: number): void {
  session.me = aMe({}, { limits: { max_bytes: 1, max_duration_ms: 1, comment_chars } });
}

describe('the comments beside a clip', () => {
  it('ask for the first page once, and for the next only when told to', async () => {
    render(Conversation, { postId: 'p1', count: 2, beside: true, onclose: vi.fn() });
    await screen.findByText('Is it safe with a cold?');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual(['GET /api/v1/posts/p1/comments']);
    await fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(asked).toHaveLength(2);
  });

  it('let a guest read, and offer to sign in', async () => {
    render(Conversation, { postId: 'p1', count: 1, beside: true, onclose: vi.fn() });
    expect(screen.getByRole('link', { name: 'Sign in to comment' })).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('say how long a comment may be, and send none that is longer', async () => {
    signIn(10);
    const onchange = vi.fn();
    const props = { postId: 'p1', count: 1, beside: true, onclose: vi.fn(), onchange };
    render(Conversation, props);
    const box = screen.getByRole('textbox', { name: 'Write a comment' });
    await fireEvent.input(box, { target: { value: 'Far too long for it' } });
    expect(screen.getByText(/A comment may have 10 characters/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
    await fireEvent.input(box, { target: { value: 'Thank you' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await vi.waitFor(() => expect(onchange).toHaveBeenCalledExactlyOnceWith(1));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('');
  });
});
