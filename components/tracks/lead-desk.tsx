"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { LiveGrids } from "@/components/matrices/live-grids";
import { untriedOf } from "@/lib/coverage/rules";
import type { Layout } from "@/lib/drawings/rules";
import type { MappedName, UnmappedName } from "@/lib/mappings/schema";
import type { Grid } from "@/lib/matrices/schema";
import type { LeadDesk as Desk } from "@/lib/tracks/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import { ActivityPanel } from "./activity-panel";
import { AwaitingPanel, DisputedPanel, StalledPanel } from "./cell-panels";
import { DeskNumbers } from "./desk-numbers";
import { type MappableTest, NamesPanel } from "./names-panel";
import { OrphansPanel, UntriedPanel } from "./plan-panels";

export type DeskProps = {
  eventSlug: string;
  trackSlug: string;
  zone: string;
  /** What may be done in the event's phase. */
  may: { nudge: boolean; map: boolean; rule: boolean };
  tests: MappableTest[];
  /** Tests whose direction means nothing. */
  symmetric: string[];
  matrix: {
    grids: Grid[];
    layouts: Layout[];
    asOf: string;
    version: number;
    sight: string;
    labels: Record<string, string>;
  };
  desk: Desk;
  names: { unmapped: UnmappedName[]; mapped: MappedName[] };
};

/**
 * All that waits for the lead of a track, on one screen. The server draws it first; then the matrix
 * follows its stream, and the lists are asked for again when it has told something, and now and then.
 */
export function LeadDesk(props: DeskProps) {
  return (
    <Api>
      <Followed {...props} />
    </Api>
  );
}

const AFTER_NEWS_MS = 700;
/** Names that wait for a mapping change no cell: nothing tells of them. */
const ANYWAY_MS = 15_000;

function Followed(props: DeskProps) {
  const { eventSlug, trackSlug, zone, may, matrix, tests } = props;
  const [grids, setGrids] = useState(matrix.grids);
  const { desk, names } = useLists(props, grids);
  const untried = useMemo(
    () => untriedOf(grids, new Set(props.symmetric)),
    [grids, props.symmetric],
  );
  const path = `/events/${eventSlug}/tracks/${trackSlug}`;
  const panel = { path, zone, asOf: desk.asOf };
  return (
    <>
      <DeskNumbers {...{ grids, desk, untried }} unmapped={names.unmapped.length} />
      <div className="desk-panels">
        <DisputedPanel {...panel} list={desk.disputed} mayRule={may.rule} />
        <StalledPanel {...panel} desk={desk} mayNudge={may.nudge} />
        <AwaitingPanel {...panel} list={desk.awaiting} mayNudge={may.nudge} />
        <NamesPanel {...panel} names={names} tests={tests} mayMap={may.map} />
        <UntriedPanel path={path} untried={untried} />
        <OrphansPanel path={path} orphans={desk.orphans} />
        <ActivityPanel {...panel} activity={desk.activity} />
      </div>
      <section aria-labelledby="matrix" className="desk-matrix">
        <h2 id="matrix">Matrix</h2>
        <div className="grids">
          <LiveGrids {...{ eventSlug, trackSlug }} {...matrix} view={{}} onGrids={setGrids} />
        </div>
      </section>
    </>
  );
}

/** The lists, as they were drawn first and as they are since. */
function useLists({ eventSlug, trackSlug, desk, names }: DeskProps, grids: readonly Grid[]) {
  const trpc = useTRPC();
  const where = { eventSlug, trackSlug };
  const options = { refetchInterval: ANYWAY_MS, staleTime: Number.POSITIVE_INFINITY };
  const desks = useQuery(trpc.tracks.desk.queryOptions(where, { ...options, initialData: desk }));
  const lists = useQuery(
    trpc.mappings.list.queryOptions(where, { ...options, initialData: names }),
  );
  const [refetchDesk, refetchNames] = [desks.refetch, lists.refetch];
  const ask = useCallback(() => {
    void refetchDesk();
    void refetchNames();
  }, [refetchDesk, refetchNames]);
  const first = useRef(grids);
  useEffect(() => {
    if (grids === first.current) return;
    const timer = setTimeout(ask, AFTER_NEWS_MS);
    return () => clearTimeout(timer);
  }, [grids, ask]);
  return { desk: desks.data, names: lists.data };
}
