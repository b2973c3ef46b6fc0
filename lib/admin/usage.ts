/** The command line was wrong; the message says how it should be. */
export class UsageError extends Error {}

export function needed(value: string | undefined, flag: string): string {
  if (value === undefined || value === "") throw new UsageError(`--${flag} is missing.`);
  return value;
}
