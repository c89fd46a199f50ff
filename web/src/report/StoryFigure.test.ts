import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import StoryFigure from './StoryFigure.svelte';

afterEach(cleanup);

const STORY = {
  level: 'red' as const,
  sentence: 'As told, this fits about 3 people in Scranton.',
  advice: 'To change that most, leave out the place: it would fit about 3,400 people.',
  assumed: ['No time is told: the past year is assumed.'],
  town_known: true,
};

describe('the figure of a story', () => {
  it('says how many it fits, what helps, and what was assumed', () => {
    render(StoryFigure, { story: STORY });
    expect(screen.getByText('Very few people')).toBeTruthy();
    for (const said of [STORY.sentence, STORY.advice, ...STORY.assumed]) {
      expect(screen.getByText(said)).toBeTruthy();
    }
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('leads to the profile where nobody said a town, and advises nothing for a green one', () => {
    render(StoryFigure, { story: { ...STORY, level: 'green', town_known: false } });
    expect(screen.getByRole('link').getAttribute('href')).toBe('/me');
    expect(screen.queryByText(STORY.advice)).toBeNull();
  });
});
