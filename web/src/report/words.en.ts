/** What is said in English of words that were destroyed. */
export const en = {
  gone: (when: string) => `The words of this report have expired. They were destroyed on ${when}.`,
  left: 'What kind of thing was found, what was decided about it, by whom and when stays for the record.',
  waits: 'Some findings were never answered. Have the clip read again to see what they are.',
  readAgain: 'Read it again',
};
