import type * as z from "zod";
import type { Fault } from "./refusal";

/** RFC 6901: "~" and "/" inside a key are escaped. */
export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Nobody reads more; a body may have as many as it has bytes. */
const MOST = 100;

/**
 * Zod's issues in the words of the API: one fault per unknown field, a code that stays the same. The
 * first hundred of them.
 */
export function faultsOf(error: z.ZodError, prefix = ""): Fault[] {
  const faults = error.issues.slice(0, MOST).flatMap((issue) => {
    const pointer = prefix + pointerOf(issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.slice(0, MOST).map((key) => ({
        pointer: pointer + pointerOf([key]),
        code: "unknown_field",
        message: `Unknown field '${key.slice(0, 100)}'.`,
      }));
    }
    const own: unknown = issue.code === "custom" ? issue.params?.code : undefined;
    const code = typeof own === "string" ? own : issue.code;
    return [{ pointer, code, message: issue.message }];
  });
  return faults.slice(0, MOST);
}
