import { useEffect, useRef, useState } from "react";

export type Round = { isPlaying: boolean; toggle(): void; isCalm: boolean };

type Turn = {
  seconds: number;
  /** Of what is shown; null while nothing is to be passed. */
  key: string | null;
  step(by: 1 | -1): void;
};

/**
 * Goes on by itself until it is paused (WCAG 2.2.2). Where the device asks for less motion it begins
 * paused, and goes on when it is told to.
 */
export function useRound({ seconds, key, step }: Turn): Round {
  const [isCalm, calm] = useState(false);
  const [isPlaying, play] = useState(true);
  // What is heard meanwhile makes another `step`, and no new turn.
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    calm(true);
    play(false);
  }, []);
  useEffect(() => {
    if (!isPlaying || key === null) return;
    const timer = setTimeout(() => latest.current(1), seconds * 1000);
    return () => clearTimeout(timer);
  }, [isPlaying, key, seconds]);
  return { isPlaying, isCalm, toggle: () => play(!isPlaying) };
}

/** What the space bar presses or scrolls by itself. */
const OWN_SPACE = "button, a, input, select, .scroll-region";

type Deed = "next" | "previous" | "toggle";

/** The arrows go on and back, the space bar pauses: no letters, which speech would type. */
function deedOf({ key, target, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): Deed | null {
  const within = (what: string) => target instanceof Element && target.closest(what) !== null;
  if (altKey || ctrlKey || metaKey || shiftKey || within("dialog")) return null;
  if (key === "ArrowRight") return "next";
  if (key === "ArrowLeft") return "previous";
  return key === " " && !within(OWN_SPACE) ? "toggle" : null;
}

export function useKeys({ step, toggle }: { step: Turn["step"]; toggle(): void }) {
  useEffect(() => {
    const deeds: Record<Deed, () => void> = {
      next: () => step(1),
      previous: () => step(-1),
      toggle,
    };
    const press = (event: KeyboardEvent) => {
      const deed = deedOf(event);
      if (deed === null) return;
      event.preventDefault();
      deeds[deed]();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [step, toggle]);
}

/** Keeps the screen from going dark, where the browser can and may. */
export function useWakeLock() {
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      // A device that saves power says no, and the screen does as without.
      navigator.wakeLock.request("screen").catch(() => undefined);
    };
    ask();
    // The browser lets it go with the page out of sight.
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, []);
}
