"use client";

import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { GridSection } from "@/components/matrices/grid-section";
import type { Look } from "@/components/matrices/look";
import { useBench } from "@/components/matrices/use-bench";
import { momentWords } from "@/components/ui/moment";
import { drawGrids } from "@/lib/drawings/rules";
import { layoutsOf } from "@/lib/layouts/rules";
import { changedAt, foldReplay } from "@/lib/replays/rules";
import type { Replay } from "@/lib/replays/schema";
import { ReplayControls } from "./replay-controls";
import { useAddress, usePlaying } from "./use-playing";

type Props = {
  replay: Replay;
  labels: Readonly<Record<string, string>>;
  /** How many steps are taken at first. */
  from: number;
  /** In which moments are told: IANA name. */
  zone: string;
  /** What is drawn beneath the slider. */
  children: ReactNode;
};

/** A track's matrix at any moment of its event: all moments are here, so that no step asks the server. */
export function ReplayBench({ replay, labels, from, zone, children }: Props) {
  const { steps, eventSlug, trackSlug } = replay;
  const [taken, take] = useState(from);
  const playing = usePlaying({ taken, take, last: steps.length });
  const position = steps[taken - 1]?.[0] ?? "0";
  useAddress(position, taken !== from);
  const bench = useRef<HTMLDivElement>(null);
  useBench(bench);
  // The slider follows the hand; the tables follow the slider as fast as they can be drawn.
  const shown = useDeferredValue(taken);
  const grids = useMemo(() => foldReplay(replay, shown), [replay, shown]);
  const layouts = useMemo(() => layoutsOf(foldReplay(replay, steps.length), {}), [replay, steps]);
  const path = `/events/${eventSlug}/tracks/${trackSlug}`;
  const changed = useMemo(() => changedAt(replay, shown), [replay, shown]);
  const look = useMemo((): Look => ({ view: {}, path, changed }), [path, changed]);
  return (
    <>
      <ReplayControls
        {...{ taken, take, playing }}
        last={steps.length}
        words={wordsOf(replay, taken, zone)}
        snapshot={`${path}?asOf=${position}`}
      >
        {children}
      </ReplayControls>
      <div ref={bench} className="grids replay-grids">
        {drawGrids(grids, layouts, {}).map((drawn) => (
          <GridSection
            key={`${drawn.whole.roles.rows} ${drawn.whole.roles.columns} ${drawn.whole.roles.others}`}
            {...{ drawn, labels, look }}
          />
        ))}
      </div>
    </>
  );
}

/** When it is, which of how many moments, and how much changed then. */
function wordsOf(replay: Replay, taken: number, zone: string) {
  const at = replay.steps[taken - 1]?.[1];
  if (at === undefined) return { when: "The beginning", what: "before the first result" };
  const count = changedAt(replay, taken).size;
  const cells = count === 1 ? "1 cell" : `${count} cells`;
  return {
    when: momentWords(new Date(at).toISOString(), zone),
    what: `moment ${taken} of ${replay.steps.length}, ${cells} changed`,
  };
}
