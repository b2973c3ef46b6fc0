import { Refusal } from "@/lib/core/refusal";

const MOST = 50;

/** An issue has at most fifty of each kind of thing. */
export function refuseMore(count: number, what: string) {
  if (count >= MOST) {
    throw new Refusal("conflict", `An issue has at most ${MOST} ${what}. Take one off first.`);
  }
}

/** What was just taken off an issue. */
export function requireRow<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Refusal("not_found", `This issue has no such ${what}.`);
  return row;
}
