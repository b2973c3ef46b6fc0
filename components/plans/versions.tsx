import { Moment } from "@/components/ui/moment";
import type { PlannedPage } from "@/lib/plans/schema";

/** The versions that were published here; the first one of a catalogue has no date. */
export function Versions({ versions, zone }: Pick<PlannedPage, "versions"> & { zone: string }) {
  if (versions.length === 0) return null;
  return (
    <section className="block" aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ul className="lines">
        {versions.map(({ version, publishedAt, by }) => (
          <li key={version}>
            {version}
            {by === null ? ", as it came" : `, by ${by}, `}
            {by !== null && <Moment at={publishedAt} zone={zone} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
