import { about, clock, size } from '~/shared/format';
import { capital } from '~/shared/words';

const minutes = (ms: number): string => {
  const n = ms / 60_000;
  return Number.isInteger(n) ? (n === 1 ? '1 minute' : `${n} minutes`) : clock(ms);
};

const few = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];
const people = (n: number, one: string, many: string): string =>
  `${few[n] ?? String(n)} ${n === 1 ? one : many}`;

/** What the studio says in English. */
export const en = {
  title: 'Studio',
  newVideo: 'New video',
  mine: 'Your videos',
  none: 'Nothing here yet',
  noneText:
    'Your first video will stand here with its way: saved, checked for patients, heard by a colleague, public. Nobody sees it before.',
  dropHere: 'Let go to start a new video',
  cliniciansOnly: 'Verified clinicians publish here',
  cliniciansOnlyText:
    'The host checks your profession first. You can watch, comment and answer meanwhile.',
  askHost: (contact: string) => `Write to ${contact} to be verified.`,
  untitled: 'Untitled',

  limits: (ms: number, bytes: number) => `Up to ${minutes(ms)} and ${size(bytes)}`,
  limitsText: 'Any video file that a phone or a camera makes.',
  chooseFile: 'Choose a video',
  otherFile: 'Choose another file',
  orDrop: 'or drop it anywhere on this page',
  onlyYou: 'Only you can see this',
  onlyAsked: 'Only you and those you asked can see this',
  onlyYouText:
    'The file is sealed on this server. Names, place and device are taken out of what viewers get.',
  upload: 'Upload',
  cancelUpload: 'Cancel the upload',
  tryAgain: 'Send it again',
  openTheOther: (title: string) => (title ? `Open “${title}”` : 'Open the video you have'),
  writeMeanwhile: 'Write the caption meanwhile',
  goOn: 'Go on',
  sending: (sent: number, all: number, left: number | null) =>
    `${size(sent)} of ${size(all)}${left === null ? '' : `, ${about(left)} left`}. Keep this page open.`,
  waiting: (sent: number, all: number) =>
    `${size(sent)} of ${size(all)} have arrived. No connection: it goes on by itself.`,
  paused: (sent: number, all: number) => `Paused. ${size(sent)} of ${size(all)} have arrived.`,
  pause: 'Pause',
  unfinished: 'Not finished',
  goOnWith: (name: string, sent: number, all: number) =>
    `Go on with ${name}, ${size(sent)} of ${size(all)}`,
  unfinishedText: (until: string) => `Choose the same file again. It is kept until ${until}.`,
  discardOf: (name: string) => `Discard ${name}`,
  notTheSame: (name: string, chosen: string) =>
    `${chosen} is not the file that was begun as ${name}. Choose that one, or discard it.`,
  sealing: 'All of it has arrived. Sealing it on this server.',
  saved: 'Saved. You may close this page: the work goes on.',
  uploadProgress: 'Upload',
  lostConnection:
    'The connection dropped before all of the file had arrived. What has arrived is kept: go on when you are connected.',
  uploadRefused: 'The server refused this file and gave no reason. Send it again.',
  refusal: {
    empty: (name: string) => `${name} is empty. Choose another file.`,
    tooLarge: (name: string, is: number, most: number) =>
      `${name} is ${size(is)}, and at most ${size(most)} can be taken. Export it smaller or cut it, then choose it again.`,
    tooLong: (name: string, is: number, most: number) =>
      `${name} runs ${clock(is)}, and at most ${minutes(most)} can be taken. Cut it, then choose it again.`,
    notVideo: (name: string) => `${name} is not a video. Choose a video file.`,
  },

  lane: {
    label: 'What kind of video is it?',
    hint: 'It is shown on the post and says who hears it before it is public.',
    lesson: 'A lesson',
    patient_story: 'A patient story',
    humour: 'Humour',
    off_duty: 'Off duty',
    off_dutyExample: 'Your dog, your run, your garden.',
    needs: (colleagues: number, lay: number) => {
      const asked = [
        colleagues > 0 && people(colleagues, 'colleague', 'colleagues'),
        lay > 0 && people(lay, 'lay person', 'lay people'),
      ].filter(Boolean);
      if (asked.length === 0) return 'Nobody needs to answer first.';
      return `${capital(asked.join(' and '))} ${colleagues + lay === 1 ? 'answers' : 'answer'} first.`;
    },
  },

  share: {
    heading: 'Share elsewhere',
    hint: 'A file of this version, signed: whoever opens it with a reader of content credentials sees that you made it, which version it is and what was edited.',
    which: 'Captions',
    plain: 'Without captions',
    plainHint: 'The clip as it is shown here.',
    captions: (name: string) => `Written into the picture, ${name}`,
    captionsHint: 'For places that show no captions of their own.',
    make: 'Make file',
    again: 'Try again',
    making: (percent: number) =>
      percent ? `The file is being made, ${percent} %.` : 'The file is being made.',
    makingLabel: 'Making the file',
    take: (bytes: string) => `Download, ${bytes}`,
    takingLabel: 'Download',
  },

  visibility: {
    label: 'Who can see it once it is public?',
    public: 'Everyone',
    publicHint: 'It is shown in the feeds.',
    followers: 'People who follow you',
    followersHint: 'It is shown in their feeds alone.',
    unlisted: 'Whoever has the link',
    unlistedHint: 'It is shown in no feed.',
  },

  fields: {
    heading: 'Words',
    title: 'Title',
    titleHint: 'What is right, in a few words.',
    text: 'Caption',
    textHint: 'Shown below the video, and checked for patients like all else.',
    script: 'What is said',
    scriptHint:
      'Type or paste it and it is checked for names, dates and numbers. The check does not listen to the sound.',
  },
  saving: {
    saved: 'Saved',
    unsaved: 'Typing',
    saving: 'Saving',
    failed: 'Not saved',
  },

  captions: {
    heading: 'Captions',
    hint: 'Lines with times. Most people watch without sound.',
    none: 'No captions yet.',
    noneIn: (language: string) => `No captions in ${language} yet.`,
    addAt: (at: string) => `Add a line at ${at}`,
    file: 'Choose a .vtt or .srt file',
    paste: 'Paste captions',
    pasteLabel: 'WebVTT or SubRip text',
    pasteUse: 'Use these',
    language: 'Language of the captions',
    addLanguage: 'Add a language',
    chooseLanguage: 'Choose',
    timesOf: (language: string) => `Begin with the times of ${language}`,
    spoken: 'This is what is spoken',
    align: 'Make captions of what I typed as said',
    recognise: 'Make captions of what is heard',
    alignHint: 'What you typed under “What is said” is laid over the speech. English only.',
    noRecogniser:
      'This house has no recogniser of speech. What you typed under “What is said” is laid over it instead. English only.',
    listening: 'Listening. You may go on meanwhile.',
    guessed: (words: string) => `In no dictionary, look at their times: ${words}`,
    leftOut: (words: string) => `Cannot be said, so their times are guesses: ${words}`,
    take: 'Use these captions',
    nobody: 'Nobody was heard speaking, so there is nothing to propose.',
    removeLanguage: (language: string) => `Remove captions in ${language}`,
    download: (ending: string) => `Keep as .${ending}`,
    split: (at: string) => `Split the line at ${at}`,
    merge: (at: string) => `Join the line at ${at} with the next`,
    startHere: (at: string) => `The line at ${at} starts at the player’s time`,
    endHere: (at: string) => `The line at ${at} ends at the player’s time`,
    undo: 'Undo',
    nudge: 'Arrow up and down in a time move it by 0.1 s, with Shift by 1 s.',
    from: 'From',
    to: 'To',
    words: 'Words',
    remove: (at: string) => `Remove the line at ${at}`,
    badTime: 'Write a time like 0:05.5',
    noneFound:
      'There is no line with a time in that text. A line looks like "00:01.000 --> 00:03.000", with its words below.',
    endsBeforeStart: (at: string) => `The line at ${at} ends before it begins. Change its end.`,
    remember: 'Captions are part of what is checked: changing them means checking again.',
  },

  way: {
    heading: 'Its way',
    saved: 'Saved',
    rendered: 'Made ready to play',
    checked: 'Checked for patients',
    attested: 'Looked at by two clinicians',
    rehearsed: 'Heard by colleagues',
    public: 'Public',
    now: {
      saved: 'Uploading',
      rendered: 'Making it ready to play',
      checked: 'Checking for patients',
      attested: 'To be looked at by two clinicians',
      rehearsed: 'To be heard by colleagues',
      public: 'Ready to be public',
    },
    left: (seconds: number) => `${about(seconds)} left`,
    awaiting: (names: string) => `Waiting for ${names}`,
    mayClose: 'You may close this page: it goes on, and a notification tells the end.',
    state: {
      done: 'done',
      now: 'now',
      waiting: 'still to come',
      failed: 'stopped here',
      skipped: 'not needed',
    },
  },

  cover: {
    heading: 'Cover',
    hint: 'The picture that stands for the video before it plays. Move to a moment, then take it.',
    strip: 'Pictures of the video',
    goTo: (at: string) => `Go to ${at}`,
    use: (at: string) => `Take the picture at ${at}`,
    drop: 'Leave it to the house',
    house: 'The house takes a sharp, well-lit picture.',
    waiting: (at: string) => `The picture at ${at}; it is taken once the video is made.`,
    taken: (at: string) => `The picture at ${at}.`,
    failed: (at: string) => `The picture at ${at} could not be taken. Take it again.`,
  },

  sources: {
    heading: 'Made from another video?',
    hint: 'If this holds a part of another video here, name it. When that part is corrected, your viewers learn so too.',
    name: 'Name a video',
    address: 'Its address',
    addressHint: 'Copy it from the other video by “Share”.',
    from: 'Its part from',
    to: 'to',
    here: 'Here from (if known)',
    timesHint: 'Times as 0:05 or 1:02.5.',
    final: 'This video is public: what you add here stays.',
    add: 'Add it',
    cancel: 'Cancel',
    noAddress: 'This is no address of a video of this house.',
    own: 'This is the video itself. Name another one.',
    noTime: 'Write it as 0:05.',
    order: 'It must end after it begins.',
    untitled: 'A video',
    part: (author: string, from: string, to: string) => `by ${author}, ${from} to ${to}`,
    at: (at: string) => `· here from ${at}`,
    stays: 'Noted for good',
    remove: (title: string) => `Remove ${title}`,
  },

  making: {
    heading: 'What is made of it',
    looked: 'The file was looked at',
    first: 'Its first seconds play',
    lowest: 'All of it plays, small',
    rest: 'Every size is made',
  },

  next: {
    wait: 'Working on it',
    write: 'Write title and caption',
    rewrite: 'Change the words',
    check: 'Check for patients',
    review: 'Read the report',
    attest: 'Say what was not checked',
    ask: 'Ask colleagues',
    look_again: 'Look again',
    publish: 'Publish',
    corrected: 'See who has got it',
    retry: 'Try again',
    none: 'Nothing to do',
  },

  held: (by: string) => `Held by ${by}`,
  heldText: 'Nobody can see it until it is restored. The reason:',
  refused: 'This file cannot be used',
  truncated: 'The recording breaks off. What there is of it is used.',
  refusedNext: 'Delete this draft and choose another file.',
  publicSince: (when: string) => `Public since ${when}`,
  published: 'It is public now.',
  seePost: 'See the post',
  correct: 'Correct this post',
  noticeOf: (severity: string, when: string) => `${severity}, ${when}`,
  severity: {
    note: 'A note',
    correct: 'A correction',
    replace: 'A correction with a new version',
    withdraw: 'A withdrawal',
  },
  proof: 'See who has got it',
  report: 'Report of the check',
  noPreview: 'The preview comes with the first rendition.',
  preview: (title: string) => `Preview of ${title}`,

  remove: 'Delete this video',
  removeDraft:
    'The file, its report and what colleagues wrote are destroyed. This cannot be undone.',
  removePublic:
    'It stops playing for everyone within a minute. The file and its report are destroyed; an open correction stays. This cannot be undone.',
  removeYes: 'Delete it',
  removed: 'The video was deleted.',
};
