/** What a form is told that was not accepted: what was typed, and what is wrong with it. */
export type FormAnswer = {
  /** Which form of the page. */
  form: string;
  /** field -> what was typed or ticked */
  said: Record<string, string[]>;
  /** field -> what is wrong with it */
  faults: Record<string, string>;
  /** What is wrong with the whole; null where the fields say it all. */
  message: string | null;
};

/** A form as its page draws it: fresh, or with what was typed before and what is wrong with it. */
export type FormState = {
  /** Null for a fresh form: then the fields show what is stored. */
  said: FormAnswer["said"] | null;
  faults: FormAnswer["faults"];
  message: string | null;
};

const FRESH: FormState = { said: null, faults: {}, message: null };

/** The answer as one of the page's forms shows it: the others are fresh. */
export const formState = (form: string, answer: FormAnswer | null): FormState =>
  answer?.form === form ? answer : FRESH;

/** What a text field shows. */
export const textOf = ({ said }: FormState, field: string, stored = ""): string =>
  said === null ? stored : (said[field]?.[0] ?? "");

/** Whether a box, radio or option is chosen. */
export const isChosen = (
  { said }: FormState,
  choice: { field: string; value: string },
  stored = false,
): boolean => (said === null ? stored : (said[choice.field]?.includes(choice.value) ?? false));
