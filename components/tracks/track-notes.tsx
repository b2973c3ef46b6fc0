import type { TrackPage } from "@/lib/tracks/schema";

/** What holds for every test of the track: roles, conditions, rules of engagement. */
export function TrackNotes({ track: { roles, notes } }: { track: TrackPage }) {
  return (
    <div className="notes">
      <Note title="Roles" lines={roles.map(({ key, label }) => `${label} (${key})`)} />
      <Note title="Rules of engagement" lines={notes.rulesOfEngagement ?? []} />
      <Note title="Common conditions" lines={notes.commonConditions ?? []} />
    </div>
  );
}

function Note({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="text-small">
      <h2 className="font-semibold">{title}</h2>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
