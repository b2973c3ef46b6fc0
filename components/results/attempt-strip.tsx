import { isStanding } from "@/components/cells/sides";
import type { ResultLine } from "@/lib/cells/schema";
import { groupBy } from "@/lib/core/group";
import { SaidSign, saidWords } from "./said";

/** All attempts from the first to the last, by the builds they were made with: who said what of each. */
export function AttemptStrip({ results }: { results: readonly ResultLine[] }) {
  const oldestFirst = results.toReversed().filter(({ isVoid }) => !isVoid);
  const byBuilds = groupBy(oldestFirst, buildsWords);
  return (
    <ol className="attempts" aria-label="Attempts, by builds">
      {[...byBuilds].map(([builds, told]) => (
        <li key={builds} className="attempts-builds">
          <span className="attempts-head">{builds}</span>
          <ol className="attempts-list">
            {told.map((result) => (
              <li key={result.seq}>
                <a
                  href={`#result-${result.seq}`}
                  data-fallen={!isStanding(result) || undefined}
                  aria-label={nameOf(result)}
                  title={nameOf(result)}
                >
                  <SaidSign result={result} />
                  <span aria-hidden="true">{result.reporter ?? "neutral"}</span>
                </a>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

const buildsWords = ({ parties }: ResultLine) =>
  parties.map(({ name, build }) => `${name} ${build ?? "(build not told)"}`).join(" × ");

function nameOf(result: ResultLine): string {
  const { attempt, reporter, by, startedAt } = result;
  const who = [reporter ?? "neutral harness", ...(by ? [by] : [])].join(", ");
  const fallen = isStanding(result) ? "" : ", taken back or corrected";
  return `Attempt ${attempt}: ${saidWords(result)}, ${who}, ${startedAt.slice(0, 16).replace("T", " ")} UTC${fallen}`;
}
