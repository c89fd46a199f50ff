import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '~/api/problem';
import { Autosave } from './autosave.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const fields = { title: '', text: '' };

describe('fields that save themselves', () => {
  it('send only what was changed, once the keys are quiet', async () => {
    const sent: unknown[] = [];
    const draft = new Autosave(fields, (changes) => Promise.resolve(void sent.push(changes)));
    draft.set('title', 'As');
    await vi.advanceTimersByTimeAsync(500);
    draft.set('title', 'Asthma');
    expect(draft.state).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(800);
    expect(sent).toEqual([{ title: 'Asthma' }]);
    expect(draft.state).toBe('saved');
  });

  it('keep what was typed when saving fails, and send it with the next try', async () => {
    let refuse = true;
    const sent: unknown[] = [];
    const draft = new Autosave(fields, (changes) => {
      if (refuse) return Promise.reject(new Problem('offline', 'No answer.', 0));
      sent.push(changes);
      return Promise.resolve();
    });
    draft.set('text', 'Three masks');
    expect(await draft.flush()).toBe(false);
    expect(draft.state).toBe('failed');
    expect(draft.values.text).toBe('Three masks');
    refuse = false;
    expect(await draft.flush()).toBe(true);
    expect(sent).toEqual([{ text: 'Three masks' }]);
    expect(draft.problem).toBeNull();
  });

  it('also send what was typed while the last save was on its way', async () => {
    const sent: unknown[] = [];
    let finish: () => void = () => undefined;
    const draft = new Autosave(fields, (changes) => {
      sent.push(changes);
      return sent.length === 1 ? new Promise((done) => (finish = done)) : Promise.resolve();
    });
    draft.set('title', 'A');
    const flushed = draft.flush();
    draft.set('title', 'Ab');
    finish();
    expect(await flushed).toBe(true);
    expect(sent).toEqual([{ title: 'A' }, { title: 'Ab' }]);
    expect(draft.state).toBe('saved');
  });

  it('are not overwritten by the server while somebody types', () => {
    const draft = new Autosave(fields, () => Promise.resolve());
    draft.adopt({ title: 'From elsewhere', text: '' });
    expect(draft.values.title).toBe('From elsewhere');
    draft.set('title', 'Mine');
    draft.adopt({ title: 'From elsewhere', text: '' });
    expect(draft.values.title).toBe('Mine');
  });
});
