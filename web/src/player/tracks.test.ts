import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptionChoice, ownName } from './tracks.svelte';

const track = (language: string, spoken = false) => ({ language, spoken });
const three = [track('en', true), track('de'), track('pt-BR')];

beforeEach(() => localStorage.clear());

describe('captions in several languages', () => {
  it('are shown in a language that the viewer reads', () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['pt-PT', 'de']);
    expect(new CaptionChoice().of(three)?.language).toBe('pt-BR');
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de', 'en']);
    expect(new CaptionChoice().of(three)?.language).toBe('en');
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['fi']);
    expect(new CaptionChoice().of(three)?.language).toBe('en');
    expect(new CaptionChoice().of([track('de'), track('fr')])?.language).toBe('de');
    expect(new CaptionChoice().of([])).toBeNull();
  });

  it('stay in the language that was chosen, also after coming back', () => {
    new CaptionChoice().choose('de');
    const later = new CaptionChoice();
    expect(later.of(three)?.language).toBe('de');
    later.choose(null);
    expect(new CaptionChoice().of(three)).toBeNull();
  });

  it('come on again in the language that they were in', () => {
    const choice = new CaptionChoice();
    choice.choose('de');
    choice.toggle();
    expect(choice.of(three)).toBeNull();
    choice.toggle();
    expect(choice.of(three)?.language).toBe('de');
  });

  it('of a clip that has not the chosen language are in another', () => {
    const choice = new CaptionChoice();
    choice.choose('de');
    expect(choice.of([track('en', true)])?.language).toBe('en');
  });

  it('are called what their readers call them', () => {
    expect(ownName('de')).toBe('Deutsch');
    expect(ownName('not a tag')).toBe('not a tag');
  });
});
