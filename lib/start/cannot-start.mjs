/** Something the person at the terminal can mend. Its message is one sentence, and all they see. */
export class CannotStart extends Error {
  name = "CannotStart";
}
