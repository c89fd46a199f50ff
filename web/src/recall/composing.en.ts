import { count } from '~/shared/format';

/** What the composer of a correction says in English. */
export const en = {
  title: 'Correct this post',
  about: (title: string, n: number | null) =>
    n === null ? `About “${title}”` : `About “${title}”, version ${n}`,
  drafted:
    'A consent that this video relied on is over. This notice is drafted and not sent: read it, change what you want, and send it. It says of nobody what they did, nor what was seen.',
  nextDraft: 'The next one',
  notPublic: 'Only a post that is or was public can be corrected.',

  corrects: 'You correct a notice that was wrong itself. Whoever gets this one is spared that one.',
  wrongNotice: 'The notice that was wrong',

  severity: 'How grave is it?',
  note: 'A note',
  noteHint: 'Stands on the post alone. For what nobody could be harmed by. Nobody is called back.',
  correct: 'A correction',
  correctHint:
    'Everyone who watched it reads it before their next video. The video stays, with the correction on it.',
  replace: 'A correction with a new version',
  replaceHint:
    'The same, and it leads to the mended version. Publish that first: it goes the whole way anew.',
  withdraw: 'A withdrawal',
  withdrawHint:
    'The same, and the video stops playing for everyone within a minute. For harm, or for a patient who can be recognised.',

  privacy: 'A patient could be recognised',
  privacyHint:
    'Then nobody is told what was wrong: that would repeat it. People are asked not to share what they saw.',
  whichVersion: 'Which version was wrong?',
  version: (n: number, state: string) => `Version ${n}${state === 'public' ? ', public now' : ''}`,

  right: 'What is right',
  rightHint: 'The headline, read first. A sentence that one can act on.',
  wrong: 'What was wrong',
  wrongHint: 'Say it without repeating it as a claim: "I said that …".',
  wrongKept: 'Kept with the record, never shown.',
  now: 'What this means now',
  nowHint: 'What to do, or what changed in the video.',
  apology: 'Your apology',
  apologyHint: 'In your own words, from you.',
  parts: {
    recognise: 'Recognise: what it may have done to people',
    own: 'Own: it was you, without a but',
    remorse: 'Remorse: that you are sorry',
    repair: 'Repair: what you have done about it',
  },
  ask: 'Ask some of them later, in your own words',
  askHint:
    'Some of those who read it are asked once, at a later visit, which statement is right. Without your words they choose between what was wrong and what is right.',
  askRight: 'The right statement',
  askWrong: 'A wrong one',
  askWrongToo: 'Another wrong one, if you like',
  needQuestion: 'Write the right statement and at least one wrong one.',

  partial: 'Only a part of it was wrong',
  partialHint:
    'Then it reaches those who played that part. Who is known to have skipped it is left in peace; in doubt, people get it.',
  span: 'Which part was wrong?',
  spanHint: 'Drag over the bar, or let it play and press where it begins and ends.',
  partOnClip: 'The part on the clip',
  startsHere: 'Begins here',
  endsHere: 'Ends here',
  playPart: 'Play the part',
  from: 'From',
  to: 'To',
  badTime: 'Write a time like 0:12',
  spanEnds: 'Let it end after it begins.',

  need: {
    right: 'Say what is right: it is the first thing people read.',
    wrong: 'Say what was wrong, so that people know what to unlearn.',
    apology: 'Add an apology: only a note goes without one.',
  },

  preview: 'As they will see it',
  previewNote: 'As it will stand on the post',
  previewRight: 'What is right',
  next: 'Look at it and send',
  confirm: {
    title: 'Send it?',
    note: 'The note stands on the post from now on. Nobody is called back.',
    people: (n: number | null, part: boolean) => {
      const watched = part ? 'watched this part' : 'watched this version';
      if (n === null) return `Everyone who ${watched} reads it before their next video.`;
      if (n === 1) return `The one person who ${watched} reads it before their next video.`;
      return `${count(n)} people who ${watched} read it before their next video.`;
    },
    withdraw: 'The video stops playing for everyone within a minute.',
    forever:
      'A correction cannot be taken back. It stays public, with the count of who has got it.',
  },
  send: {
    note: 'Put the note on the post',
    correct: 'Send the correction',
    replace: 'Send the correction',
    withdraw: 'Withdraw the video and tell them',
  },
  sentTitle: 'It is on its way',
  sentText: (n: number | null) =>
    n === null
      ? 'Each of those who watched it gets it before their next video. You can follow how many have.'
      : `Each of the ${count(n)} gets it before their next video. You can follow how many have.`,
  sentNote: 'The note stands on the post.',
  follow: 'See who has got it',
  toPost: 'Back to the post',
};
