/** What the timeline says in English. */
export const en = {
  label: 'Timeline',
  position: 'Position in the clip',
  table: 'The timeline as a table',
  lane: 'Channel',
  what: 'What',
  when: 'When',
  whole: 'the whole clip',
  span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  notChecked: 'not checked',
  nothing: 'nothing found',
  absent: 'none in this clip',
  planned: 'to be redacted',
  tone: {
    block: 'identifies a patient',
    ask: 'to decide',
    info: 'for your information',
    settled: 'settled',
    changed: 'changed',
  },
};
