"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useEffect, useReducer } from "react";
import { applyChanges } from "@/lib/matrices/rules";
import type { Grid, MatrixChanges } from "@/lib/matrices/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import { GridSection } from "./grid-section";
import type { MatrixView } from "./read-view";
import { drawnGrids } from "./view";

type Props = {
  eventSlug: string;
  trackSlug: string;
  grids: Grid[];
  /** Where the grids are in the stream of changes. */
  asOf: string;
  version: number;
  labels: Readonly<Record<string, string>>;
  view: MatrixView;
};

/**
 * The grids of a track, redrawn cell by cell as results arrive. The server draws the same first, so
 * that they are there without JavaScript.
 */
export function LiveGrids(props: Props) {
  return (
    <Api>
      {/* Another position is another page: what the old one had heard is in it. */}
      <Followed key={`${props.asOf} ${props.version}`} {...props} />
    </Api>
  );
}

type Heard = { grids: Grid[]; changed: readonly string[]; count: number; isOutdated: boolean };

/** Other axes or tests than these make what is shown outdated: the server draws the page anew. */
function take(
  heard: Heard,
  { changes, version }: { changes: MatrixChanges; version: number },
): Heard {
  const { grids, changed, isOutdated } = applyChanges(heard.grids, changes);
  return {
    grids,
    changed: changed.length > 0 ? changed : heard.changed,
    count: heard.count + changed.length,
    isOutdated: heard.isOutdated || isOutdated || changes.version !== version,
  };
}

function Followed({ eventSlug, trackSlug, asOf, version, labels, view, grids }: Props) {
  const router = useRouter();
  const nothing = { grids, changed: [], count: 0, isOutdated: false };
  const [heard, hear] = useReducer(take, nothing);
  const { matrices } = useTRPC();
  const { status } = useSubscription(
    matrices.onChange.subscriptionOptions(
      { eventSlug, trackSlug, horizon: asOf, version },
      { onData: ({ data }) => hear({ changes: data, version }) },
    ),
  );
  useMarks(heard.changed);
  useEffect(() => {
    if (heard.isOutdated) router.refresh();
  }, [heard.isOutdated, router]);
  return (
    <>
      <LiveState isConnected={status === "pending"} count={heard.count} />
      {drawnGrids(heard.grids, view).map((drawn) => (
        <GridSection
          key={`${drawn.grid.roles.rows} ${drawn.grid.roles.columns} ${drawn.grid.roles.others} ${drawn.part}`}
          drawn={drawn}
          labels={labels}
          view={view}
        />
      ))}
    </>
  );
}

const MARKED_MS = 6000;

/** Marks the cells that have just changed, wherever they are drawn, and lets the mark fade. */
function useMarks(changed: readonly string[]) {
  useEffect(() => {
    const marked = changed.flatMap((id) => [
      ...document.querySelectorAll(`a[href$="/cells/${CSS.escape(id)}"]`),
    ]);
    for (const link of marked) link.setAttribute("data-changed", "");
    const timer = setTimeout(() => {
      for (const link of marked) link.removeAttribute("data-changed");
    }, MARKED_MS);
    return () => clearTimeout(timer);
  }, [changed]);
}

function LiveState({ isConnected, count }: { isConnected: boolean; count: number }) {
  const changes = count === 1 ? "1 change" : `${count} changes`;
  return (
    <p className="live-state" role="status" data-connected={isConnected}>
      <span className="live-lamp" aria-hidden="true" />
      {isConnected ? "Live" : "Connecting …"}
      {count > 0 && <span> · {changes} since you opened this page</span>}
    </p>
  );
}
