import type { Fate, PlanLine } from "@/lib/plans/schema";

const FATE_WORDS = {
  added: "added",
  newVersion: "a new version; older results become stale",
  reworded: "reworded, same version",
  unchanged: "unchanged",
  refused: "refused",
  kept: "not in the file, stays",
} as const satisfies Record<Fate, string>;

/** What becomes of each test when a plan is taken in; what is unchanged in one line. */
export function ImportLines({ lines }: { lines: readonly PlanLine[] }) {
  const told = lines.filter(({ fate }) => fate !== "unchanged" && fate !== "kept");
  const count = (fate: Fate) => lines.filter((line) => line.fate === fate).length;
  return (
    <div className="import-lines">
      <ul>
        {told.map(({ key, title, fate, fields, faults }) => (
          <li key={key ?? "track"} data-fate={fate}>
            <span>
              {key === null ? "The track itself" : <code>{key}</code>} {key !== null && title}:{" "}
              <b>{FATE_WORDS[fate]}</b>
              {fields.length > 0 && ` (${fields.join(", ")})`}
            </span>
            {faults.map(({ pointer, message }) => (
              <span key={pointer + message} className="form-fault">
                {pointer && <code>{pointer}</code>} {message}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <p className="form-hint">
        {count("unchanged")} unchanged, {count("kept")} not in the file.
      </p>
    </div>
  );
}
