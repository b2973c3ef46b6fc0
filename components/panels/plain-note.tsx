import type { Said } from "@/components/results/said";

/**
 * Words as they were written. What reads Markdown is three times the panel's size and stays on the server, and
 * HTML made there would have to be trusted here; so the panel shows the text itself, and leads to the cell's
 * page, which shows it formatted.
 */
export const PlainNote = ({ result: { message } }: Said) =>
  message ? <p className="word-message">{message}</p> : null;
