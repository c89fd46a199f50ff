/** What the comments say in English. */
export const en = {
  title: (n: number) => (n === 1 ? '1 comment' : `${n} comments`),
  none: 'Nobody has commented yet.',
  noneHint: 'Ask what you would like to know, or say what helped.',
  correction: {
    note: 'A note on this video',
    correct: 'This video was corrected',
    replace: 'This version replaced one that was wrong',
    withdraw: 'This video was withdrawn',
  },
  write: 'Write a comment',
  placeholder: 'Ask or answer. Leave out what would identify a patient.',
  send: 'Send',
  tooLong: (limit: number) =>
    `A comment may have ${limit.toLocaleString('en')} characters. Shorten it, or send it in two.`,
  signIn: 'Sign in to comment',
  remove: 'Delete',
  removeOf: (name: string, text: string) => `Delete the comment of ${name}: ${text}`,
  removed: 'The comment is deleted.',
  sent: 'Your comment is sent.',
  you: 'you',
};
