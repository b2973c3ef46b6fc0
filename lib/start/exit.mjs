import { CannotStart } from "./cannot-start.mjs";

/** Runs a command to its exit code; a failure is told, and is exit code 1. */
export async function exitOnRefusal(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    tell(error);
  }
}

/** What a person can mend is told in one sentence; anything else is a bug and shows where it is. */
export function tell(error) {
  if (error instanceof CannotStart) console.error(`plugfest: ${error.message}`);
  else if (error.code === "ENOSPC") {
    console.error(
      `plugfest: The disk that holds ${error.path ?? "this"} is full: make room first.`,
    );
  } else console.error(error);
}
