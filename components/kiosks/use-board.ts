import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { isGone } from "@/lib/core/after-break";
import type { KioskBoard } from "@/lib/kiosks/schema";
import { useTRPC } from "@/lib/trpc/client";

/** A site that does not answer is asked again after this, for as long as it takes. */
const AGAIN_MS = 3000;
/** Who is at it is known only by asking; a screen may hang on one track for hours. */
const REFRESH_MS = 60_000;

type Place = {
  track: string | undefined;
  /** Which of the track's slides; -1 is the last one. */
  part: number;
  /** How many tracks have been gone on from: every arrival asks anew. */
  round: number;
};

type Props = { eventSlug: string; first: KioskBoard; part: number };

/** The board of the track that it is at. While another one is on its way, the last one stays. */
export function useBoard({ eventSlug, first, part }: Props) {
  const { kiosks } = useTRPC();
  const [place, setPlace] = useState<Place>({
    ...{ track: first.track?.slug, part: part - 1, round: 0 },
  });
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...kiosks.board.queryOptions({ eventSlug, track: place.track }),
    ...(place.round === 0 ? { initialData: first } : {}),
    placeholderData: keepPreviousData,
    retry: (_, failure) => !isGone(failure),
    retryDelay: AGAIN_MS,
    networkMode: "always",
    staleTime: Number.POSITIVE_INFINITY,
    // What was left is asked anew on return; what is asked anew replaces what was heard since.
    gcTime: 0,
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchInterval: REFRESH_MS,
    refetchIntervalInBackground: true,
  });
  const reload = useCallback(() => void refetch(), [refetch]);
  const go = useCallback(
    (next: Place) => {
      setPlace(next);
      if (next.track === place.track && next.round !== place.round) reload();
    },
    [place, reload],
  );
  const isRefused = error !== null && isGone(error);
  return { board: data ?? first, place, go, isWaiting: isPlaceholderData, isRefused, reload };
}
