import { describe, expect, it } from 'vitest';
import { aMe } from '~/shared/testing/me';
import { isHeard, needsOf } from './lanes';

const me = aMe({
  lesson: { colleagues: 1, lay: 0 },
  patient_story: { colleagues: 2, lay: 1 },
  humour: { colleagues: 12, lay: 2 },
  off_duty: { colleagues: 0, lay: 0 },
});

describe('who hears a kind of video first', () => {
  it('is what the house lays down, in words', () => {
    expect(needsOf('lesson', me)).toBe('One colleague answers first.');
    expect(needsOf('patient_story', me)).toBe('Two colleagues and one lay person answer first.');
    expect(needsOf('humour', me)).toBe('12 colleagues and two lay people answer first.');
    expect(needsOf('off_duty', me)).toBe('Nobody needs to answer first.');
  });

  it('is nobody only where the house asks for nobody', () => {
    expect(isHeard('off_duty', me)).toBe(false);
    expect(isHeard('lesson', me)).toBe(true);
    expect(isHeard('lesson', null)).toBe(true);
    expect(needsOf('lesson', null)).toBe('');
  });
});
