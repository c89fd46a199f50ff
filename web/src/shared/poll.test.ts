import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poll } from './poll';

let hidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});

afterEach(() => vi.useRealTimers());

describe('polling', () => {
  it('waits as long as it is told each time', async () => {
    const ask = vi.fn(() => Promise.resolve());
    const pauses = [1_000, 5_000, null];
    const stop = poll({ ask, pause: () => pauses[ask.mock.calls.length] ?? null });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(2);
    stop();
  });

  it('rests while nobody looks and asks at once when somebody does', async () => {
    const ask = vi.fn(() => Promise.resolve());
    const stop = poll({ ask, pause: () => 1_000 });
    hidden = true;
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).not.toHaveBeenCalled();
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(1);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
