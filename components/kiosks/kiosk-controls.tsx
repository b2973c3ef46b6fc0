import { type MouseEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Round } from "./use-round";

type Props = {
  round: Round;
  step(by: 1 | -1): void;
  /** The neighbouring tracks' addresses, which work without scripts. */
  hrefOf(by: 1 | -1): string;
  where: string;
  /** The event's page. */
  leave: string;
};

/** The screen's few buttons, for whoever stands beside it. */
export function KioskControls({ round, step, hrefOf, where, leave }: Props) {
  const [isAwake, wake] = useState(false);
  useEffect(() => wake(true), []);
  const follow = (by: 1 | -1) => (event: MouseEvent) => {
    event.preventDefault();
    step(by);
  };
  return (
    <div className="kiosk-controls">
      <p className="kiosk-where">
        {where}
        {round.isCalm && !round.isPlaying && (
          <span className="text-soft"> Paused, since this device asks for less motion.</span>
        )}
      </p>
      <div className="kiosk-buttons">
        <a className="button" href={hrefOf(-1)} onClick={follow(-1)}>
          Previous
        </a>
        {isAwake && (
          <Button type="button" onClick={round.toggle}>
            {round.isPlaying ? "Pause" : "Go on"}
          </Button>
        )}
        <a className="button" href={hrefOf(1)} onClick={follow(1)}>
          Next
        </a>
        {isAwake && <FullScreen />}
        <a className="text-link" href={leave}>
          Leave
        </a>
      </div>
    </div>
  );
}

function FullScreen() {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = () => {
    const turned = isFull
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    // A browser may say no, as it does within a frame; then all stays as it is.
    turned.catch(() => undefined);
  };
  return (
    <Button type="button" onClick={toggle}>
      {isFull ? "End full screen" : "Full screen"}
    </Button>
  );
}
