import { groupOf } from "@/lib/cells/rules";
import { groupBy } from "@/lib/core/group";
import type { Outcome } from "@/lib/results/schema";

/** The last decisive result of a cell on one set of builds. */
export type Try = {
  cellId: string;
  /** As `buildsSignature` in lib/cells/rules.ts writes them. */
  builds: string;
  outcome: Outcome;
  /** Milliseconds since 1970. */
  startedAt: number;
};

export type Fallen = { cellId: string; from: string; to: string; outcome: Outcome };

/**
 * A cell has fallen back when the last decisive result on its newest set of builds is a failure or a
 * timeout, and the last one on the set before it worked. Newest is what was tested last.
 */
export function fallenBack(tries: readonly Try[]): Fallen[] {
  return [...groupBy(tries, ({ cellId }) => cellId)].flatMap(([cellId, own]) => {
    const [newest, before] = own.toSorted((a, b) => b.startedAt - a.startedAt);
    if (!newest || !before || groupOf(newest.outcome) !== "broken") return [];
    if (groupOf(before.outcome) !== "works") return [];
    return [{ cellId, from: before.builds, to: newest.builds, outcome: newest.outcome }];
  });
}
