import { count } from '~/shared/format';

/** What is said in English about consents of those who are shown. */
export const en = {
  title: 'Who consents to be shown?',
  which: 'Which consent covers this?',
  another: 'Another consent',
  who: 'Who consented',
  whoHint:
    'So that you know them again. It is kept sealed, read by you alone, and destroyed with the post.',
  covers: 'What may show them',
  post: 'This post',
  postHint: 'Every version of it, whatever clip it has.',
  clip: 'This clip alone',
  clipHint: 'Another recording in this post needs another consent.',
  kinds: 'What of them',
  one: (label: string) => `Only this: ${label.toLowerCase()}`,
  all: 'All that the check finds of them',
  given: 'Given on',
  last: 'Holds until (if it ends)',
  lastHint: 'You are told 14 days before. When it ends, the post is held.',
  form: 'The signed form (if there is one)',
  formHint: 'It stays on your device. Only its fingerprint (SHA-256) is sent and kept.',
  formInsecure: 'Its fingerprint can be taken only where this page is opened over https.',
  chooseForm: 'Choose the form',
  hashing: 'Taking its fingerprint …',
  save: 'Save and use it',
  use: 'Use it',
  needs: 'Say who consented and when.',

  heading: 'Consents',
  none: 'all that the check finds',
  state: { in_force: 'In force', expired: 'Ended', withdrawn: 'Withdrawn' },
  line: (covers: 'post' | 'clip', kinds: string, given: string, last: string | null) =>
    `For ${covers === 'post' ? 'this post' : 'one clip'}, ${kinds}. Given ${given}${last ? `, holds until ${last}` : ''}.`,
  used: (n: number) => (n === 1 ? 'Answers 1 finding.' : `Answers ${count(n)} findings.`),
  formKept: (hash: string) => `Form ${hash.slice(0, 8)}…`,
  withdraw: 'Withdraw it',
  withdrawTitle: 'Withdraw this consent?',
  withdrawText:
    'What it answered is open again. If the post is public, it is held at once, and a notice to everyone who watched it is drafted for you and the moderators to read and send. This cannot be undone.',
  withdrawn: 'Withdrawn.',
  rests: (who: string) => `On the consent of ${who}`,
};
