import { Sign } from "@/components/cells/sign";
import { countsWords } from "@/components/matrices/counts";
import type { Phase } from "@/lib/events/schema";
import type { Slide } from "@/lib/kiosks/rules";
import type { KioskTrack } from "@/lib/kiosks/schema";
import type { Grid } from "@/lib/matrices/schema";
import { numbersIn, type Rollup, rollupWords, worstIn } from "@/lib/rollups/rules";
import { KioskGrid } from "./kiosk-grid";

type Props = { slide: Slide; track: KioskTrack };

/** What one turn of the screen shows of a track. */
export function KioskSlide({ slide, track }: Props) {
  if (slide.kind === "empty") return <Empty phase={track.phase} />;
  if (slide.kind === "rolled") return <Rolled pairs={slide.pairs} labels={track.labels} />;
  const { grids } = slide;
  const changed = new Set(track.recent.map(({ id }) => id));
  return (
    <div className="kiosk-slide">
      {grids.map((grid) => (
        <section key={rolesOf(grid, track.labels)} className="kiosk-part">
          <h2>{rolesOf(grid, track.labels)}</h2>
          <p>{countsWords(grid.counts)}</p>
          <KioskGrid {...{ grid, changed }} isAlone={grids.length === 1} />
        </section>
      ))}
      <p className="kiosk-key">
        2/3: of three tests that were run, two passed as all sides say. Framed: changed lately.
      </p>
    </div>
  );
}

const rolesOf = ({ roles }: Grid, labels: Readonly<Record<string, string>>) =>
  [roles.rows, ...(roles.columns === null ? [] : [roles.columns]), ...roles.others]
    .map((role) => labels[role] ?? role)
    .join(" × ");

/** More role pairs than these have no room. */
const MOST_PAIRS = 6;

type RolledProps = {
  pairs: readonly { grid: Grid; rollup: Rollup }[];
  labels: KioskTrack["labels"];
};

/** A matrix whose squares nobody could read: each role pair in words, with all that it says as one bar. */
function Rolled({ pairs, labels }: RolledProps) {
  return (
    <div className="kiosk-slide">
      {pairs.slice(0, MOST_PAIRS).map(({ grid, rollup }) => (
        <section key={rolesOf(grid, labels)} className="kiosk-pair">
          <h2>{rolesOf(grid, labels)}</h2>
          <p>
            <Worst rollup={rollup} /> {rollupWords(rollup)}.
          </p>
          <Bar rollup={rollup} />
        </section>
      ))}
      {pairs.length > MOST_PAIRS && <p>And {pairs.length - MOST_PAIRS} more role pairs.</p>}
    </div>
  );
}

function Worst({ rollup }: { rollup: Rollup }) {
  const said = worstIn(rollup);
  if (said === null) return null;
  return <Sign sign={said.state === "withheld" ? { state: "withheld", outcome: null } : said} />;
}

/** From what surely works to what is broken; the words beside it say all of it. */
function Bar({ rollup }: { rollup: Rollup }) {
  const { run, passed, alone, undecided, disputed, broken } = numbersIn(rollup);
  if (run === 0) return null;
  const parts = Object.entries({ passed, alone, undecided, disputed, broken });
  const before = (at: number) => parts.slice(0, at).reduce((sum, [, count]) => sum + count, 0);
  const share = (count: number) => `${(100 * count) / run}%`;
  return (
    <svg className="kiosk-bar" width="100%" height="16" aria-hidden="true" focusable="false">
      {parts.map(([name, count], at) => (
        <rect key={name} data-part={name} x={share(before(at))} width={share(count)} height="16" />
      ))}
    </svg>
  );
}

const NEXT = {
  draft: "Results come once the organizer opens the testing.",
  registration: "Results come once the organizer opens the testing. Until then, entries get ready.",
  testing: "Find a partner, try a test, and log what you saw: it appears here by itself.",
  review: "Testing is over. A result that began before its end may still be pushed.",
  published: "The event was published without a result in this track.",
} as const satisfies Record<Phase, string>;

const Empty = ({ phase }: { phase: Phase }) => (
  <section className="kiosk-slide kiosk-none">
    <h2>{phase === "published" ? "No result." : "No result yet."}</h2>
    <p>{NEXT[phase]}</p>
  </section>
);
