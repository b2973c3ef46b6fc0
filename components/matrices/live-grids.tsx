"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useReducer, useRef } from "react";
import { afterBreak } from "@/lib/core/after-break";
import { drawGrids, type Layout } from "@/lib/drawings/rules";
import type { Grid, MatrixChanges } from "@/lib/matrices/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import { isOnAxes } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { GridSection } from "./grid-section";
import { hear, NOTHING_HEARD } from "./heard";
import { KeyHelp } from "./key-help";
import { LiveState } from "./live-state";
import type { LogWay } from "./look";
import { useBench } from "./use-bench";

type Props = {
  eventSlug: string;
  trackSlug: string;
  grids: Grid[];
  /** Where the grids are in the stream of changes. */
  asOf: string;
  version: number;
  /** What of the track they were drawn for; another one is drawn anew. */
  sight: string;
  labels: Readonly<Record<string, string>>;
  view: PageView;
  /** The tables as the server laid them out: nothing moves under the reader's hand. */
  layouts: readonly Layout[];
  /** Sets aside the cells that the view's query does not ask for. */
  ask?: (grid: Grid) => Grid;
  /** Where the reader may log what has not been tried. */
  log?: LogWay | undefined;
  /** The grids have the cells on the axes that the view asks for, and no others. */
  isPart?: boolean;
  /** Told the grids at first and whenever they have changed. */
  onGrids?: (grids: Grid[]) => void;
};

/**
 * The grids of a track as a workbench: redrawn cell by cell as results arrive, and walked by keyboard. The
 * server draws the same first, so that they are there without JavaScript.
 */
export function LiveGrids(props: Props) {
  return (
    <Api>
      {/* Another position is another page: what the old one had heard is in it. */}
      <Followed key={`${props.asOf} ${props.version} ${props.sight}`} {...props} />
    </Api>
  );
}

/** Of the changes of a whole track those that the page has room for. */
const onAxesOf = (changes: MatrixChanges, view: PageView): MatrixChanges => ({
  ...changes,
  cells: changes.cells.filter((cell) => isOnAxes(cell, view)),
});

function Followed({ eventSlug, trackSlug, labels, view, onGrids, ...props }: Props) {
  const { asOf: horizon, version, sight, log, ask, layouts, isPart = false } = props;
  const router = useRouter();
  const [heard, tell] = useReducer(hear, { ...NOTHING_HEARD, grids: props.grids });
  const [isGone, go] = useReducer(() => true, false);
  const { matrices } = useTRPC();
  // A snapshot hears of nothing.
  const isLive = view.asOf === undefined;
  const { status, reset } = useSubscription(
    matrices.onChange.subscriptionOptions(
      { eventSlug, trackSlug, horizon, version, sight },
      {
        enabled: isLive,
        onData: ({ data }) => tell({ changes: isPart ? onAxesOf(data, view) : data, version }),
        onError: (error) => afterBreak(error, { reset, gone: go }),
      },
    ),
  );
  const { grids, isOutdated } = heard;
  useEffect(() => onGrids?.(grids), [grids, onGrids]);
  useEffect(() => {
    if (isOutdated || isGone) router.refresh();
  }, [isOutdated, isGone, router]);
  const bench = useRef<HTMLDivElement>(null);
  useBench(bench);
  const asked = useMemo(() => (ask ? grids.map(ask) : grids), [grids, ask]);
  const look = useMemo(
    () => ({
      ...{ view, log, isPart, changed: heard.changed },
      path: `/events/${eventSlug}/tracks/${trackSlug}`,
    }),
    [view, log, isPart, eventSlug, trackSlug, heard.changed],
  );
  if (isGone) return <p className="not-applicable">You do not see this track any more.</p>;
  return (
    <div ref={bench} className="bench" data-density={view.density}>
      <LiveState
        isConnected={isLive ? status === "pending" : null}
        count={heard.count}
        news={heard.news}
        onSeen={() => tell("seen")}
      >
        <KeyHelp bench={bench} />
      </LiveState>
      {drawGrids(asked, layouts, view).map((drawn) => (
        <GridSection
          key={`${drawn.whole.roles.rows} ${drawn.whole.roles.columns} ${drawn.whole.roles.others} ${drawn.part}`}
          {...{ drawn, labels, look }}
        />
      ))}
    </div>
  );
}
