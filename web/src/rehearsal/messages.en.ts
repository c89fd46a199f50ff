import { count } from '~/shared/format';
import { capital } from '~/shared/words';

const people = (n: number, one: string, many: string): string =>
  n === 1 ? `one ${one}` : `${count(n)} ${many}`;

/** What the rehearsal says in English. */
export const en = {
  duties: {
    title: 'Asked of you',
    none: 'Nobody waits for you',
    noneText:
      'When a colleague asks how a video would land, or asks you to look at what no check could see, it stands here.',
    attest: 'Look for patients',
    attestText: 'A colleague asks you to look at what was not checked. Only you two can see it.',
    rehearse: 'Say how it would land',
    rehearseText: 'Watch it whole, then six questions. About two minutes.',
    from: (name: string, when: string) => `${name} asks, ${when}`,
    asColleague: 'as a colleague',
    asLay: 'as a lay person',
  },

  answer: {
    title: 'How would this land?',
    asks: (name: string, n: number) =>
      n > 1
        ? `${name} asks ${n} people. Answers stay hidden from each other.`
        : `${name} asks you. Nobody else sees your answer before it is decided.`,
    watchFirst: 'Watch it whole first',
    watchFirstText: 'The questions open at the end. You can go back, but not jump ahead.',
    watched: (share: number) => `${share} % watched`,
    unlocked: 'You have watched it whole.',
    yes: 'Yes',
    no: 'No',
    line: 'In your words',
    lineHint: 'One line. The author reads it without your name.',
    lineHelps: 'Say what would have to change: the author reads it without your name.',
    momentAt: (at: string) => `At ${at}, in your words`,
    setMoment: (at: string) => `It is about ${at}`,
    noMoment: 'It is about the whole video',
    fine: 'Send: fine like this',
    look: 'Send: fine, but look again',
    notYet: 'Send: not like this yet',
    missing: (n: number) => (n === 1 ? 'One question is open' : `${n} questions are open`),
    limit: (n: number) =>
      n > 1
        ? `${n < 10 ? ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'][n] : n} people can find only what many would mind.`
        : 'One person can find only what many would mind.',
    sentFine: 'Sent. You said: fine like this.',
    sentNot: 'Sent. You said: not like this yet.',
    sentText: 'The author sees the answers without names. You need to do nothing more.',
    closed: 'This is decided already',
    closedText: 'Enough people have answered, or the author made a new version.',
    back: 'What else is asked of you',
  },

  release: {
    title: 'Release without a rehearsal',
    text: 'Too few people answered in three days. As the host’s named person you may let these go on. Each post then says "not rehearsed".',
    waits: (name: string, when: string) => `By ${name}, waiting since ${when}`,
    done: 'Released. The post says "not rehearsed".',
  },

  circle: {
    title: 'Heard by colleagues',
    needs: (colleagues: number, lay: number) => {
      const wanted = [
        colleagues > 0 && people(colleagues, 'colleague', 'colleagues'),
        lay > 0 && people(lay, 'lay person', 'lay people'),
      ].filter(Boolean);
      return wanted.length > 0
        ? `${capital(wanted.join(' and '))} must answer without an objection.`
        : 'Nobody needs to answer for this kind of video.';
    },
    private: 'Only the people you ask can see it.',
    nobody: 'Nobody is asked yet.',
    answered: 'has answered',
    awaited: 'not yet',
    part: { colleague: 'colleague', lay: 'lay person' },
    heard: 'What was said',
    objects: 'Not like this yet',
    looks: 'Fine, but look again',
    fine: 'Fine like this',
    yesTo: (question: string) => `Yes: ${question}`,
    noTo: (question: string) => `No: ${question}`,
    choose: 'Ask',
    chosen: 'Chosen',
    askMore: 'Ask someone else',
    askChosen: (n: number) =>
      n === 0 ? 'Choose whom to ask' : n === 1 ? 'Ask one person' : `Ask ${n} people`,
    suggestions: 'You could ask',
    noSuggestions:
      'Nobody fits yet: follow colleagues who follow you back, or search for one below.',
    search: 'Search for someone',
    asked: 'Asked. Each of them gets a notification.',
    passed: 'Passed: enough people answered and nobody objected.',
    objected: 'Held: somebody would not show it like this.',
    objectedNext:
      'Change the words, the cut or the captions, then check it again. The new version is heard anew.',
    lookAgain: 'Somebody says that the workplace can be told from it.',
    looked: 'I looked, it stays',
    lookedNote: 'Why it stays',
    lookedHint: 'One line, kept with the version.',
    releasable: (when: string) =>
      `Nobody has answered for long enough. The host's named person may release it since ${when}.`,
    releasableAt: (when: string) =>
      `If nobody answers, the host's named person may release it from ${when} on. The post then says "not rehearsed".`,
    released: 'Released by the host without a rehearsal. The post says so.',
    release: 'Release it without a rehearsal',
    releaseReason: 'Why it may be shown without a rehearsal',
    releaseHint: 'Recorded with your name, and shown on the post as "not rehearsed".',
  },

  questions: {
    butt: 'Somebody is the butt of the joke',
    recognise: 'A patient could recognise themselves',
    laughed_at: 'Illness, weight or pain is laughed at',
    imitates: 'A patient is imitated',
    workplace: 'One can tell the workplace',
    waiting_room: 'I would play it in the waiting room',
  } as Readonly<Record<string, string>>,
};
