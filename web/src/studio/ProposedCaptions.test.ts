import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import ProposedCaptions from './ProposedCaptions.svelte';
import { say } from './messages';

const HEARD = { recognises: false, heard: [] };

/** Presses the button; what happened, in order. */
async function pressed(isSaved: boolean): Promise<string[]> {
  const done: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    done.push(request.method);
    return Promise.resolve(Response.json(HEARD));
  });
  render(ProposedCaptions, {
    id: 'p1',
    saved: () => {
      done.push('saved');
      return Promise.resolve(isSaved);
    },
    ontake: vi.fn(),
  });
  await vi.waitFor(() => expect(done).toEqual(['GET']));
  await fireEvent.click(screen.getByRole('button', { name: say.captions.align }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return done;
}

afterEach(() => vi.unstubAllGlobals());

it('saves what was typed before it is laid over the speech', async () => {
  expect(await pressed(true)).toEqual(['GET', 'saved', 'POST']);
});

it('lays nothing over it that could not be saved', async () => {
  expect(await pressed(false)).toEqual(['GET', 'saved']);
});
