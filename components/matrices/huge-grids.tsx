import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useReducer, useRef } from "react";
import { NoMatch } from "@/components/shell/no-match";
import { afterBreak } from "@/lib/core/after-break";
import type { Grid } from "@/lib/matrices/schema";
import type { Around } from "@/lib/queries/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import type { PageView } from "@/lib/views/schema";
import { askedIn, askSheets } from "./grid-asked";
import { boardsOf } from "./grid-board";
import { hearNothing, hearSheets } from "./grid-heard";
import { needAfterIn } from "./grid-needs";
import type { CompactMatrix, Sheet } from "./grid-sheet";
import type { Grip } from "./grid-virtual";
import { HugeLegend } from "./huge-legend";
import { HugeSection } from "./huge-section";
import { HugeShell } from "./huge-shell";
import { KeyHelp } from "./key-help";
import { LegendColumn } from "./legend-column";
import { LiveState } from "./live-state";
import type { LogWay } from "./look";
import { leaveFilter } from "./use-bench";
import { useInPlace } from "./use-in-place";

type Props = {
  eventSlug: string;
  trackSlug: string;
  /** The grids without their cells. */
  frames: Grid[];
  /** Where the cells are read: `matrix.json?encoding=compact`. */
  source: string;
  version: number;
  sight: string;
  labels: Readonly<Record<string, string>>;
  /** As the server read it from the address. */
  view: PageView;
  log: LogWay | undefined;
  /** Where and when a query is asked. */
  around: Around;
  /** Whether all cells are read, whatever the query. */
  isWhole: boolean;
  /** What stands below the grids. */
  children: ReactNode;
};

/**
 * The grids of a track that are too large for the page to carry: it comes with their names and sizes, reads
 * one character per cell, and draws what is in view.
 */
export function HugeGrids(props: Props) {
  return (
    <Api>
      <Read {...props} />
    </Api>
  );
}

async function readMatrix(source: string, signal: AbortSignal): Promise<CompactMatrix> {
  const answer = await fetch(source, { signal });
  if (!answer.ok) throw new Error(`The matrix could not be read: ${answer.status}.`);
  return answer.json() as Promise<CompactMatrix>; // our own server's, of the same build as this page
}

function Read(props: Props) {
  const { frames, labels, view, source, version, sight, eventSlug, trackSlug } = props;
  const { data, error, refetch } = useQuery({
    // Other axes, or other eyes, are another matrix.
    queryKey: [source, version, sight],
    queryFn: ({ signal }) => readMatrix(source, signal),
    refetchOnWindowFocus: false,
  });
  if (data) return <Followed {...props} data={data} reread={() => void refetch()} />;
  const look = {
    view,
    path: `/events/${eventSlug}/tracks/${trackSlug}`,
    changed: new Set<string>(),
  };
  return (
    <div className="track-columns">
      <div className="grids">
        {error && (
          <p className="not-applicable" role="alert">
            {error.message}{" "}
            <button type="button" className="button" onClick={() => void refetch()}>
              Try again
            </button>
          </p>
        )}
        <HugeShell {...{ frames, labels, look }} />
        {props.children}
      </div>
    </div>
  );
}

/** Bytes are read anew no oftener than this, however much is unsure. */
const REREAD_MS = 10_000;

type FollowedProps = Props & { data: CompactMatrix; reread(): void };

function useHeard(props: FollowedProps) {
  const { data, eventSlug, trackSlug, version, sight, view, reread } = props;
  const router = useRouter();
  const [heard, tell] = useReducer(hearSheets, data, hearNothing);
  const [isGone, go] = useReducer(() => true, false);
  useEffect(() => tell({ read: data }), [data]);
  const { matrices } = useTRPC();
  const isLive = view.asOf === undefined;
  const { status, reset } = useSubscription(
    matrices.onChange.subscriptionOptions(
      // Read anew, the stream begins there: what came in between is told again.
      { eventSlug, trackSlug, horizon: data.asOf, version, sight },
      {
        enabled: isLive,
        onData: ({ data: changes }) => tell({ changes, version }),
        onError: (error) => afterBreak(error, { reset, gone: go }),
      },
    ),
  );
  const { isOutdated, unsure } = heard;
  const again = useRef(reread);
  again.current = reread;
  useEffect(() => {
    if (isOutdated || isGone) router.refresh();
    if (isOutdated) again.current();
  }, [isOutdated, isGone, router]);
  const isUnsure = unsure > 0;
  useEffect(() => {
    if (!isUnsure) return;
    const timer = setTimeout(() => again.current(), REREAD_MS);
    return () => clearTimeout(timer);
  }, [isUnsure]);
  return { heard, tell, isGone, isConnected: isLive ? status === "pending" : null };
}

function Followed(props: FollowedProps) {
  const { eventSlug, trackSlug, labels, log, around, isWhole, children } = props;
  const { heard, tell, isGone, isConnected } = useHeard(props);
  const { read, changed } = heard;
  const view = useInPlace(heard.sheets, isWhole, props.view);
  const q = isWhole ? view.q : undefined;
  const sheets = useMemo(() => askSheets(heard.sheets, q, around), [heard.sheets, q, around]);
  const latest = useRef(sheets);
  latest.current = sheets;
  // Which rows and columns there are stays as it was drawn: nothing moves under the reader's hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as the sheets are when the view or what was read is another
  const boards = useMemo(() => boardsOf(latest.current, view), [view, read.asOf]);
  const look = useMemo(
    () => ({
      ...{ view, changed, log },
      path: `/events/${eventSlug}/tracks/${trackSlug}`,
      isGrid: true as const,
    }),
    [view, changed, log, eventSlug, trackSlug],
  );
  const grips = useRef<(Grip | null)[]>([]);
  const bench = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => bench.current && leaveFilter(bench.current, event);
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);
  if (isGone) return <p className="not-applicable">You do not see this track any more.</p>;
  return (
    <div className="track-columns">
      <div className="grids" ref={bench}>
        <LiveState
          isConnected={isConnected}
          count={heard.count}
          news={heard.news}
          onSeen={() => tell("seen")}
        >
          <KeyHelp
            bench={bench}
            onNeed={(step) => needAfterIn({ boards, sheets, view, grips: grips.current }, step)}
          />
        </LiveState>
        {view.q !== undefined && <QueryNote {...{ sheets, isWhole }} />}
        {boards.length === 0 && <NoMatch one="cell" />}
        {boards.map((board, at) => {
          const sheet = sheets[board.sheet];
          return (
            sheet && (
              <HugeSection
                key={`${board.sheet} ${board.part}`}
                {...{ board, sheet, look, labels }}
                grip={(grip) => {
                  grips.current[at] = grip;
                }}
              />
            )
          );
        })}
        {children}
      </div>
      <LegendColumn>
        <HugeLegend sheets={sheets} view={view} />
      </LegendColumn>
    </div>
  );
}

function QueryNote({ sheets, isWhole }: { sheets: readonly Sheet[]; isWhole: boolean }) {
  const { asked, told } = askedIn(sheets);
  return (
    <p className="data-note">
      {isWhole
        ? `Showing ${asked} of ${told} cells; the others are drawn small.`
        : "Only what the query asks for is drawn: an empty place here may have been tested."}
    </p>
  );
}
