/** What the must-see card says in English. */
export const en = {
  label: 'Correction',
  badge: {
    note: (day: string) => `Note on a video you watched on ${day}`,
    correct: (day: string) => `Correction to a video you watched on ${day}`,
    replace: (day: string) => `A video you watched on ${day} was replaced`,
    withdraw: (day: string) => `A video you watched on ${day} was withdrawn`,
  },
  about: (title: string) => `About “${title}”`,
  whatWasWrong: 'What was wrong',
  whatChanged: 'What changed',
  seeChanged: 'See what changed',
  changedSpan: (from: string, to: string) => `${from} to ${to} in the new version`,
  newVersion: 'The new version',
  privacy:
    'This is about somebody’s privacy. Please do not repeat, share or look for what you saw.',
  signed: (name: string, field: string, day: string) =>
    [name, field, day].filter(Boolean).join(' · '),
  read: 'I have read this',
  readAll: (n: number) => `I have read these ${n}`,
  several: (n: number) => `${n} corrections to videos you watched`,
  ask: (name: string) => `Ask ${name}`,
  share: 'Share',
  copied: 'The link is copied.',
  copyFailed: (url: string) => `The link could not be copied. It is ${url}`,
  coverage: (shown: string, exposed: string) =>
    `Shown so far to ${shown} of the ${exposed} people who watched it`,
  own: 'This browser found it by itself: the house does not know what you watched',
  proof: 'proof',
  waits: 'A correction to a video you watched waits here, and could not be loaded.',
  stays: 'The card stays here until the server has noted that you read it. Press the button again.',
};
