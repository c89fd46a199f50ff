import { afterEach, describe, expect, it, vi } from 'vitest';
import { showsAv1 } from './av1';

function browser(decodingInfo: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { mediaCapabilities: { decodingInfo } });
}

afterEach(() => vi.unstubAllGlobals());

describe('AV1 is given to a device', () => {
  it('that decodes it without stutter', async () => {
    browser(() => Promise.resolve({ supported: true, smooth: true }));
    expect(await showsAv1()).toBe(true);
  });

  it('and to no other', async () => {
    browser(() => Promise.resolve({ supported: true, smooth: false }));
    expect(await showsAv1()).toBe(false);
    browser(() => Promise.resolve({ supported: false, smooth: true }));
    expect(await showsAv1()).toBe(false);
    browser(() => Promise.reject(new TypeError('no such codec')));
    expect(await showsAv1()).toBe(false);
    vi.stubGlobal('navigator', {});
    expect(await showsAv1()).toBe(false);
  });
});
