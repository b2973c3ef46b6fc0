import { variantWords } from "@/components/matrices/wording";
import type { Untried } from "@/lib/coverage/rules";
import type { LeadDesk } from "@/lib/tracks/schema";
import { DeskPanel, FirstLines } from "./desk-panel";

/** Required tests with combinations that nobody has tried. */
export function UntriedPanel({ path, untried }: { path: string; untried: readonly Untried[] }) {
  const lines = untried.map(({ test, title, untried: count, of, examples }) => (
    <li key={test} className="desk-line">
      <span className="desk-what">
        <a href={`${path}?test=${encodeURIComponent(test)}`}>
          <code>{test}</code> {title}
        </a>
        <span className="text-soft">{examples.map(exampleWords).join("; ")}</span>
      </span>
      <span className="desk-do">
        {count} of {of}
      </span>
    </li>
  ));
  return (
    <DeskPanel
      id="untried"
      title="Untried but required"
      count={untried.length}
      none="Every combination of every required test has been tried."
    >
      <FirstLines lines={lines} total={untried.length} />
    </DeskPanel>
  );
}

function exampleWords({ row, column, variant }: Untried["examples"][number]): string {
  const words = variantWords(variant);
  return [row, ...(column === null ? [] : [column])].join(" × ") + (words ? ` (${words})` : "");
}

type OrphanProps = { path: string; orphans: LeadDesk["orphans"] };

/** Roles without which tests cannot be run, and that nobody plays. */
export function OrphansPanel({ path, orphans }: OrphanProps) {
  const lines = orphans.map(({ role, label, tests }) => (
    <li key={role} className="desk-line">
      <span className="desk-what">
        <span>
          Nobody plays <b>{label}</b> (<code>{role}</code>)
        </span>
        <span className="text-soft">
          so {tests.length === 1 ? "a test" : `${tests.length} tests`} cannot be run:{" "}
          {tests.map((test, at) => (
            <span key={test}>
              {at > 0 && ", "}
              <a className="text-link" href={`${path}/tests/${encodeURIComponent(test)}`}>
                {test}
              </a>
            </span>
          ))}
          . Ask for a helper, or for a composite of two entries.
        </span>
      </span>
    </li>
  ));
  return (
    <DeskPanel
      id="orphans"
      title="Orphan roles"
      count={orphans.length}
      none="Every required role is played by somebody."
    >
      <FirstLines lines={lines} total={orphans.length} />
    </DeskPanel>
  );
}
