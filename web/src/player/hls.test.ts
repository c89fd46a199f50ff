import { describe, expect, it } from 'vitest';
import { refused } from './hls';

describe('A clip that hls.js cannot load', () => {
  it('is not waited for where a server said no', () => {
    for (const status of [401, 403, 404, 410]) expect(refused(status)).toBe(true);
  });

  it('is waited for where the connection or the server was lost', () => {
    for (const status of [undefined, 0, 408, 429, 500, 503]) expect(refused(status)).toBe(false);
  });
});
