/** Reports for tests. */
import type { CheckReport, Finding } from '~/api/types';

/** A patient's name in the speech at 0:08, which blocks. */
export function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    id: 'f1',
    kind: 'name',
    label: "Patient's name",
    channel: 'speech',
    span: { start: 3, end: 16 },
    time: { start_ms: 8_000, end_ms: 9_000 },
    severity: 'block',
    confidence: 0.97,
    sure: 'almost sure',
    text: 'Mister Okafor',
    before: '… so ',
    after: ' looks at me …',
    reason: 'A title and a family name beside what happened to him.',
    suggestion: 'my patient',
    actions: ['bleep', 'mute', 'replace', 'not_a_patient', 'consent'],
    track: null,
    weighs: 'block',
    mark: null,
    lapsed: '',
    ...more,
  };
}

export function aReport(more: Partial<CheckReport> = {}): CheckReport {
  return {
    version: { id: 'v1', number: 1, state: 'ready', post_id: 'p1', title: 'Night shift story' },
    verdict: 'findings',
    findings: [aFinding()],
    channels: [
      { name: 'title', label: 'Title', state: 'checked', reason: '', remedy: '' },
      { name: 'speech', label: 'Speech', state: 'checked', reason: '', remedy: '' },
      {
        name: 'voices',
        label: 'Voices',
        state: 'not_checked',
        reason: 'No recogniser is installed.',
        remedy: 'Ask the host to install one.',
      },
    ],
    picture: null,
    story: null,
    texts: { title: 'Night shift story', caption: '', script: '', captions: [] },
    duration_ms: 60_000,
    preview_url: '/media/versions/v1/clip.mp4',
    poster_url: '/media/versions/v1/poster.jpg',
    before: null,
    attestation: {
      needed: true,
      channels: ['voices'],
      statement: 'I have listened to all of it myself, with a view to voices.',
      author: false,
      second: { state: 'none', person: null },
    },
    consents: [],
    words_gone_at: null,
    versions: [{ id: 'v1', number: 1, state: 'ready' }],
    can_publish: false,
    because: '',
    ...more,
  };
}
