"use client";

import { useCallback } from "react";
import { usePageMark } from "@/components/shell/use-page-mark";
import { Badge } from "@/components/ui/badge";
import { secondsOf, slidesOf, trackAfter } from "@/lib/kiosks/rules";
import type { KioskBoard, KioskTrack } from "@/lib/kiosks/schema";
import { Api } from "@/lib/trpc/client";
import { KioskControls } from "./kiosk-controls";
import { KioskNewsList } from "./kiosk-news";
import { KioskSlide } from "./kiosk-slide";
import { useBoard } from "./use-board";
import { useHeard } from "./use-heard";
import { useKeys, useRound, useWakeLock } from "./use-round";

type Props = {
  eventSlug: string;
  /** The event's. */
  label: string;
  board: KioskBoard;
  /** For how many seconds each slide is shown. */
  every: number;
  /** Which of the track's slides comes first, from 1 on. */
  part: number;
};

/** The event on a screen in a room: one track after the other, live, without a click for as long as it hangs. */
export function Kiosk(props: Props) {
  return (
    <Api>
      <Screen {...props} />
    </Api>
  );
}

function Screen({ eventSlug, label, every, part, board: first }: Props) {
  const { board, place, go, isWaiting, isRefused, reload } = useBoard({ eventSlug, first, part });
  const { track, isConnected } = useHeard({ eventSlug, track: board.track, reload });
  const slides = track ? slidesOf(track) : [];
  const at = place.part < 0 ? slides.length - 1 : Math.min(place.part, slides.length - 1);
  const slide = slides[at];
  const step = useCallback(
    (by: 1 | -1) => {
      const isWithin = at + by >= 0 && at + by < slides.length;
      if (isWithin) go({ ...place, part: at + by });
      else {
        const next = trackAfter(board.tracks, track?.slug ?? "", by);
        go({ track: next?.slug, part: by === 1 ? 0 : -1, round: place.round + 1 });
      }
    },
    [at, slides.length, go, place, board.tracks, track?.slug],
  );
  const round = useRound({
    seconds: slide ? secondsOf(slide, every) : every,
    // What is awaited is not passed over: the screen goes on from it.
    key: isWaiting || !slide ? null : `${place.round} ${at}`,
    step,
  });
  useKeys({ step, toggle: round.toggle });
  useWakeLock();
  usePageMark("kiosk");
  const hrefOf = (by: 1 | -1) => {
    const next = trackAfter(board.tracks, track?.slug ?? "", by);
    return `?${new URLSearchParams({ every: String(every), track: next?.slug ?? "" })}`;
  };
  return (
    <div className="kiosk">
      <Head {...{ label, track }} isConnected={isConnected && !isRefused} />
      {isRefused && <Refusal />}
      {!isRefused && !(track && slide) && <NoTrack />}
      {!isRefused && track && slide && (
        <div className="kiosk-body">
          <KioskSlide {...{ slide, track }} />
          <KioskNewsList {...track} isEmpty={slide.kind === "empty"} />
        </div>
      )}
      <KioskControls
        {...{ round, step, hrefOf }}
        where={whereWords(board, { track, at, of: slides.length })}
        leave={`/events/${eventSlug}`}
      />
    </div>
  );
}

type HeadProps = { label: string; track: KioskTrack | null; isConnected: boolean };

const Head = ({ label, track, isConnected }: HeadProps) => (
  <div className="kiosk-head">
    <h1>
      {track?.title ?? label} {track?.restricted && <Badge>restricted</Badge>}
    </h1>
    {track && <p>{label}</p>}
    <p className="kiosk-live" data-connected={isConnected}>
      <span className="live-lamp" aria-hidden="true" /> {isConnected ? "Live" : "Connecting …"}
    </p>
  </div>
);

/** Which track of how many, which of its slides, and what comes next. */
function whereWords(
  { tracks }: KioskBoard,
  { track, at, of }: { track: KioskTrack | null; at: number; of: number },
): string {
  const index = tracks.findIndex(({ slug }) => slug === track?.slug);
  if (!track || index === -1) return "";
  const next = trackAfter(tracks, track.slug, 1);
  return [
    `Track ${index + 1} of ${tracks.length}`,
    ...(of > 1 ? [`part ${at + 1} of ${of}`] : []),
    ...(next && next.slug !== track.slug ? [`next: ${next.title}`] : []),
  ].join(", ");
}

const NoTrack = () => (
  <div className="kiosk-none">
    <h2>No track that this screen may show.</h2>
    <p>
      The organizer adds tracks, or signs this screen in. It looks again by itself, every minute.
    </p>
  </div>
);

const Refusal = () => (
  <div className="kiosk-none">
    <h2>This screen does not see the event any more.</h2>
    <p>
      Its session has ended, or the event is not open any more.{" "}
      <a className="text-link" href="/sign-in">
        Sign in again
      </a>
      ; it looks again by itself, every minute.
    </p>
  </div>
);
