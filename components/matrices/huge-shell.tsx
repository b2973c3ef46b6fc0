import type { Axis, Grid } from "@/lib/matrices/schema";
import { titleOf } from "./grid-section";
import { type Look, lookHref } from "./look";

type Props = { frames: readonly Grid[]; labels: Readonly<Record<string, string>>; look: Look };

/** What stands there until the cells have come, and all there is without JavaScript: sizes, and a way in. */
export function HugeShell({ frames, labels, look }: Props) {
  return frames.map((frame) => {
    const title = titleOf(frame, labels);
    return (
      <section key={title} className="grid-section" aria-label={title}>
        <h2>{title}</h2>
        <p className="huge-caption" aria-busy="true">
          {sizeWords(frame)} The cells are being read.{" "}
          <noscript>
            A grid of this size is drawn by JavaScript. Choose an entry to see its part as a table.
          </noscript>
        </p>
        <HugeList axes={[...frame.rows, ...frame.columns]} look={look} isOpen />
      </section>
    );
  });
}

function sizeWords({ rows, columns, roles, tests, counts }: Grid): string {
  const across = roles.columns === null ? "" : ` × ${columns.length}`;
  return `${rows.length}${across} entries, ${tests.length} ${tests.length === 1 ? "test" : "tests"}, ${counts.applicable} applicable combinations.`;
}

type ListProps = { axes: readonly Axis[]; look: Look; isOpen?: boolean };

/** The entries, each the way to its own part, which is a table and on a phone a list. */
export function HugeList({ axes, look, isOpen = false }: ListProps) {
  const entries = new Map(axes.map(({ entry, name }) => [entry, name]));
  if (entries.size < 2) return null;
  return (
    <ul className="huge-list" data-open={isOpen || undefined} aria-label="By entry">
      {[...entries].map(([entry, name]) => (
        <li key={entry}>
          <a className="text-link" href={lookHref(look, { entry: [entry] })}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
