/** What an answer means: the same rule as the server's, so that the button can say it beforehand. */

export type Answers = Readonly<Record<string, boolean>>;
export type Meaning = 'fine' | 'look_again' | 'objection';

/** A yes to one of these is an objection; so is a no to the waiting room. */
const OBJECTS: readonly string[] = ['butt', 'recognise', 'laughed_at', 'imitates'];

/** The questions whose answer makes it an objection. */
export function objections(answers: Answers): string[] {
  const yes = OBJECTS.filter((id) => answers[id] === true);
  return answers.waiting_room === false ? [...yes, 'waiting_room'] : yes;
}

/** What sending these answers will do. */
export function meaning(answers: Answers): Meaning {
  if (objections(answers).length > 0) return 'objection';
  return answers.workplace === true ? 'look_again' : 'fine';
}
