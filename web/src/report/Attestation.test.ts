import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Attestation from './Attestation.svelte';
import { Report } from './report.svelte';
import { aReport } from './testing';

const clean = aReport({ verdict: 'not_checked', findings: [] });

async function shown(finished: boolean): Promise<void> {
  const report = new Report();
  await report.load('v1');
  render(Attestation, { report, finished, ondone: vi.fn() });
}

beforeEach(() => {
  vi.stubGlobal('fetch', (request: Request) =>
    Promise.resolve(Response.json(request.url.includes('/people') ? { items: [] } : clean)),
  );
});

afterEach(() => vi.unstubAllGlobals());

describe('the statement about what no check could see', () => {
  it('is the sentence that the server keeps', async () => {
    await shown(true);
    expect(screen.getByRole('checkbox', { name: clean.attestation.statement })).toBeTruthy();
    expect(screen.getByText('Not checked: voices.')).toBeTruthy();
  });

  it('waits for the clip, since nobody states what they have not seen', async () => {
    await shown(false);
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'State it and ask' })).toBeNull();
    expect(screen.getByText(/still being rendered/)).toBeTruthy();
  });
});
