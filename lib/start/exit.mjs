import { CannotStart } from "./cannot-start.mjs";

/**
 * Runs a command to its exit code. What a person can mend is one sentence and exit code 1; anything
 * else is a bug and shows where it happened.
 */
export async function exitOnRefusal(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof CannotStart ? `plugfest: ${error.message}` : error);
  }
}
