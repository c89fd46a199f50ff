/** What the question about a correction says in English. */
export const en = {
  about: (day: string) => `One question about a correction that you read on ${day}`,
  which: 'Which of these is right?',
  answer: 'Answer',
  skip: 'Leave it out',
  close: 'Close',
  nameless: 'Counted without your name, asked once.',
  right: 'That is right.',
  wrong: 'No. This is right:',
  thanks: 'Thank you: your answer shows how well the correction arrived.',
  notice: 'The correction',
};
