import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Beacons } from '~/watching/beacons';
import RememberSwitch from './RememberSwitch.svelte';

let chosen: boolean[] = [];
let status = 200;

beforeEach(() => {
  chosen = [];
  status = 200;
  vi.stubGlobal('fetch', async (request: Request) => {
    const { remember } = (await request.json()) as { remember: boolean };
    chosen.push(remember);
    return Response.json({ remembered: remember, detail: 'Not now.' }, { status });
  });
});

afterEach(() => vi.unstubAllGlobals());

const box = (): HTMLInputElement => screen.getByRole('checkbox');

describe('whether a device is remembered', () => {
  it('says what is lost before it is turned off, and drops what was still on its way', async () => {
    const changed = vi.fn();
    const beacons = new Beacons();
    beacons.note({ version_id: 'v1', kind: 'frame' });
    expect(localStorage).toHaveLength(1);
    render(RememberSwitch, { remembered: true, onchanged: changed });
    await fireEvent.click(box());
    expect(chosen).toEqual([]);
    expect(box().checked).toBe(true);
    expect(screen.getByRole('dialog', { hidden: true }).textContent).toContain('cannot be undone');
    await fireEvent.click(screen.getByText('Stop remembering'));
    await waitFor(() => expect(changed).toHaveBeenCalledOnce());
    expect(chosen).toEqual([false]);
    expect(localStorage).toHaveLength(0);
  });

  it('is turned on with one press', async () => {
    const changed = vi.fn();
    render(RememberSwitch, { remembered: false, onchanged: changed });
    await fireEvent.click(box());
    await waitFor(() => expect(changed).toHaveBeenCalledOnce());
    expect(chosen).toEqual([true]);
  });

  it('changes nothing where the house refuses', async () => {
    status = 503;
    const changed = vi.fn();
    render(RememberSwitch, { remembered: true, onchanged: changed });
    await fireEvent.click(box());
    await fireEvent.click(screen.getByText('Stop remembering'));
    await waitFor(() => expect(screen.getByText('Not now.')).toBeTruthy());
    expect(changed).not.toHaveBeenCalled();
  });
});
