import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConsentToShow } from '~/api/types';
import ConsentDialog from './ConsentDialog.svelte';
import { sha256 } from './fingerprint';
import { Report, coversKind } from './report.svelte';
import { aFinding, aReport } from './testing';

const consent: ConsentToShow = {
  id: 'c1',
  who: 'The man with the blue cap',
  covers: 'post',
  kinds: [{ kind: 'name', label: 'A name' }],
  given_on: '2026-11-01',
  last_day: null,
  form_sha256: '',
  state: 'in_force',
  ended_at: null,
  used: 0,
};
const sent: { path: string; body: unknown }[] = [];

async function shown(consents: ConsentToShow[]): Promise<Report> {
  sent.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (request.method === 'POST') sent.push({ path, body: await request.json() });
    return Response.json(path.endsWith('/consents') ? { items: [consent] } : aReport({ consents }));
  });
  const report = new Report();
  await report.load('v1');
  report.ask(aFinding(), 'consent');
  render(ConsentDialog, { report, finding: aFinding() });
  return report;
}

afterEach(() => vi.unstubAllGlobals());

describe('a consent to be shown', () => {
  it('is used again where the post has one that covers the finding', async () => {
    await shown([consent]);
    await fireEvent.click(screen.getByRole('button', { name: 'Use it', hidden: true }));
    await vi.waitFor(() => expect(sent.length).toBe(1));
    expect(sent[0]?.body).toEqual({
      finding_id: 'f1',
      action: 'consent',
      note: '',
      consent_id: 'c1',
    });
  });

  it('is attested with who, what and when, then used', async () => {
    await shown([]);
    const save = screen.getByRole('button', { name: 'Save and use it', hidden: true });
    await fireEvent.click(save);
    expect(sent).toEqual([]);
    const who = screen.getByRole('textbox', { name: 'Who consented', hidden: true });
    await fireEvent.input(who, { target: { value: 'The man with the blue cap' } });
    await fireEvent.click(save);
    await vi.waitFor(() => expect(sent.length).toBe(2));
    expect(sent[0]?.path).toBe('/api/v1/studio/posts/p1/consents');
    expect(sent[0]?.body).toMatchObject({ covers: 'post', kinds: ['name'], last_day: null });
    expect(sent[1]?.body).toMatchObject({ action: 'consent', consent_id: 'c1' });
  });

  it('covers no other kind, and nothing once it is over', () => {
    expect(coversKind(consent, 'name')).toBe(true);
    expect(coversKind(consent, 'face')).toBe(false);
    expect(coversKind({ ...consent, kinds: [] }, 'face')).toBe(true);
    expect(coversKind({ ...consent, state: 'withdrawn' }, 'name')).toBe(false);
  });

  it('takes the fingerprint of a form where it lies', async () => {
    expect(await sha256(new Blob(['abc']))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
