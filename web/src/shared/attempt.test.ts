import { describe, expect, it } from 'vitest';
import { Problem } from '~/api/problem';
import { Attempt } from './attempt.svelte';

describe('an attempt', () => {
  it('keeps what went wrong and forgets it when tried again', async () => {
    const attempt = new Attempt();
    const refused = new Problem('held', 'No verdict yet.', 409);
    expect(await attempt.run(() => Promise.reject(refused))).toBeUndefined();
    expect(attempt.problem).toBe(refused);
    expect(await attempt.run(() => Promise.resolve(7))).toBe(7);
    expect(attempt.problem).toBeNull();
  });

  it('sends once however often the button is pressed', async () => {
    const attempt = new Attempt();
    let sent = 0;
    let finish: () => void = () => undefined;
    const first = attempt.run(() => {
      sent += 1;
      return new Promise<void>((resolve) => (finish = resolve));
    });
    await attempt.run(() => Promise.resolve((sent += 1)));
    expect(attempt.busy).toBe(true);
    finish();
    await first;
    expect(sent).toBe(1);
    expect(attempt.busy).toBe(false);
  });

  it('hides no mistake of our own', async () => {
    const attempt = new Attempt();
    await expect(attempt.run(() => Promise.reject(new RangeError('ours')))).rejects.toThrow('ours');
  });
});
