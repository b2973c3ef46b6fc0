import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useReducer } from "react";
import { afterBreak } from "@/lib/core/after-break";
import { hearTrack } from "@/lib/kiosks/rules";
import type { KioskTrack } from "@/lib/kiosks/schema";
import type { MatrixChanges } from "@/lib/matrices/schema";
import { useTRPC } from "@/lib/trpc/client";

/** A matrix without cells is asked anew when they change, and not more often than this. */
const ROLLED_MS = 5000;

type Heard = {
  /** As it was loaded. */
  of: KioskTrack | null;
  /** With what was heard since. */
  track: KioskTrack | null;
  isOutdated: boolean;
};

type Told = { loaded: KioskTrack | null } | { changes: MatrixChanges; slug: string; at: number };

const freshly = (of: KioskTrack | null): Heard => ({ of, track: of, isOutdated: false });

function hear(heard: Heard, told: Told): Heard {
  if ("loaded" in told) return freshly(told.loaded);
  if (heard.track === null || heard.track.slug !== told.slug) return heard;
  const { track, isOutdated } = hearTrack(heard.track, told.changes, told.at);
  return { ...heard, track, isOutdated: heard.isOutdated || isOutdated };
}

type Props = { eventSlug: string; track: KioskTrack | null; reload(): void };

/** A track and its changes as they happen, by the stream that the matrix hears. */
export function useHeard({ eventSlug, track: loaded, reload }: Props) {
  const [heard, tell] = useReducer(hear, loaded, freshly);
  // Not by a key: what the screen's buttons have, the focus among it, stays.
  if (heard.of !== loaded) tell({ loaded });
  const { matrices } = useTRPC();
  const { slug = "", asOf: horizon = "0", version = 0, sight = "" } = loaded ?? {};
  const { status, reset } = useSubscription(
    matrices.onChange.subscriptionOptions(
      { eventSlug, trackSlug: slug, horizon, version, sight },
      {
        enabled: loaded !== null,
        onData: ({ data: changes }) => tell({ changes, slug, at: Date.now() }),
        onError: (error) => afterBreak(error, { reset, gone: reload }),
      },
    ),
  );
  const isRolled = loaded !== null && loaded.rolled !== null;
  useEffect(() => {
    if (!heard.isOutdated) return;
    const timer = setTimeout(reload, isRolled ? ROLLED_MS : 0);
    return () => clearTimeout(timer);
  }, [heard.isOutdated, isRolled, reload]);
  return { track: heard.track, isConnected: status === "pending" };
}
