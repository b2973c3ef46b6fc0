import { type RefObject, useEffect } from "react";
import { outcomeOfKey } from "@/components/results/outcome-keys";
import { areKeysOn, isTyping } from "@/components/results/use-keys";
import type { Outcome } from "@/lib/results/schema";
import { cellPath, type Desk, trackPathOf } from "./desk";
import { homeOf, isInGrid, markAt, type Target, targetOf } from "./place";

/** An outcome chosen by a key on a cell; each key is another asking. */
export type Asked = { href: string; outcome: Outcome; at: number };

type Hand = {
  desk: Desk;
  /** Where the mark of what is shown leads; null while the panel is shut. */
  href: RefObject<string | null>;
  show(target: Target, way: "pushState" | "replaceState"): void;
  close(): void;
  ask(asked: Asked): void;
  say(words: string): void;
};

/** Arrows are pressed faster than cells are read. */
const REST_MS = 180;

/** What the hand does on the matrix: a click or Enter opens, the focus leads on, a letter logs, Escape shuts. */
export function useHand({ desk, href, show, close, ask, say }: Hand) {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const showNow = (next: Target) => {
      clearTimeout(rest);
      show(next, href.current === null ? "pushState" : "replaceState");
    };
    const click = (event: MouseEvent) => {
      const link = plainLink(event);
      const next = targetOf(link);
      if (!link || next?.kind !== "cell") return;
      event.preventDefault();
      const isShown = href.current === link.getAttribute("href");
      showNow(next);
      homeOf(link).focus();
      // A second Enter on what is shown goes in to it; a sheet over the grid is gone in to at once.
      if (isShown) focusPanel();
    };
    const follow = ({ target }: FocusEvent) => {
      clearTimeout(rest);
      if (!isInGrid(target)) return;
      say("");
      const mark = markAt(target);
      const next = typeof mark === "number" ? null : targetOf(mark);
      if (href.current === null || next === null || pathOf(next, desk) === href.current) return;
      rest = setTimeout(() => showNow(next), REST_MS);
    };
    const letter = (event: KeyboardEvent) => {
      const outcome = outcomeIn(event, desk);
      if (!outcome) return;
      // Before anybody else: a form beside the matrix may be of another cell than the one in hand.
      event.preventDefault();
      event.stopPropagation();
      const next = loggable(event.target as Element, desk);
      if (typeof next === "string") return say(next);
      showNow(next);
      ask({ href: pathOf(next, desk), outcome, at: event.timeStamp });
    };
    const shut = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      if (key !== "Escape" || defaultPrevented || href.current === null) return;
      if (target instanceof Element && target.closest("dialog, .filters")) return;
      close();
    };
    document.addEventListener("click", click, { signal });
    document.addEventListener("focusin", follow, { signal });
    document.addEventListener("keydown", letter, { signal, capture: true });
    document.addEventListener("keydown", shut, { signal });
    return () => {
      clearTimeout(rest);
      stop.abort();
    };
  }, [desk, href, show, close, ask, say]);
}

/** The outcome that a key chooses on a square; who logs nothing here keeps `p` for the previous one in need. */
function outcomeIn(event: KeyboardEvent, { whyNot }: Desk): Outcome | undefined {
  if (!isInGrid(event.target) || !areKeysOn() || isTyping(event)) return;
  const outcome = outcomeOfKey(event.key);
  return outcome === "pass" && whyNot !== null ? undefined : outcome;
}

/** What is logged from where the focus is, or why nothing is. */
function loggable(focus: Element, { whyNot }: Desk): Target | string {
  if (whyNot !== null) return whyNot;
  const mark = markAt(focus);
  if (mark === 0)
    return "Nothing is logged here: none of your entries is a party, or there is nothing to test.";
  if (typeof mark === "number")
    return "Several cells are here: go in by Enter, and log one of them.";
  return targetOf(mark) ?? "Several cells are in this mark: open it, and log one of them.";
}

const pathOf = (target: Target, desk: Desk) =>
  target.kind === "cell" ? cellPath(trackPathOf(desk), target.id) : target.href;

/** Followed in the plain way, so that nobody else's click is taken. */
function plainLink(event: MouseEvent): HTMLAnchorElement | null {
  const { button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented, target } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented) return null;
  return target instanceof Element ? target.closest("a.mark") : null;
}

const focusPanel = () => document.querySelector<HTMLElement>(".cell-panel h2")?.focus();
