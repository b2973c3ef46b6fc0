import { useEffect, useState } from "react";

/** Moments a second. */
export const SPEEDS = [1, 2, 5, 20] as const;
export type Speed = (typeof SPEEDS)[number];

export type Playing = {
  isPlaying: boolean;
  speed: Speed;
  setSpeed(speed: Speed): void;
  /** From the end it begins anew. */
  toggle(): void;
  stop(): void;
};

type Reel = { taken: number; take(taken: number): void; last: number };

/** Takes one step after the other, until the last one or until it is stopped. */
export function usePlaying({ taken, take, last }: Reel): Playing {
  const [isOn, turn] = useState(false);
  const [speed, setSpeed] = useState<Speed>(2);
  const isPlaying = isOn && taken < last;
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => take(taken + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, taken, take, speed]);
  const toggle = () => {
    if (!isPlaying && taken >= last) take(0);
    turn(!isPlaying);
  };
  return { isPlaying, speed, setSpeed, toggle, stop: () => turn(false) };
}

/** A browser lets an address change only so often; one that has stood for a while is worth telling. */
const SETTLED_MS = 300;

/** Tells the moment in the page's address, once the reader has chosen one. */
export function useAddress(position: string, isChosen: boolean) {
  const [hasChosen, choose] = useState(false);
  if (isChosen && !hasChosen) choose(true);
  useEffect(() => {
    if (!hasChosen) return;
    const timer = setTimeout(() => {
      const query = new URLSearchParams(window.location.search);
      query.set("at", position);
      window.history.replaceState(window.history.state, "", `?${query}`);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [hasChosen, position]);
}
