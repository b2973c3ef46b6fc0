import type { parseArgs } from "node:util";

export const OPTIONS = {
  event: { type: "string" },
  entry: { type: "string" },
  neutral: { type: "boolean" },
  name: { type: "string" },
  series: { type: "string" },
  email: { type: "string" },
  "organizer-of": { type: "string" },
  "lead-of": { type: "string" },
  "member-of": { type: "string" },
  hours: { type: "string" },
  url: { type: "string" },
  help: { type: "boolean" },
} as const;

export type Flags = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

/** The command line was wrong; the message says how it should be. */
export class UsageError extends Error {}

export function needed(value: string | undefined, flag: string): string {
  if (value === undefined || value === "") throw new UsageError(`--${flag} is missing.`);
  return value;
}
