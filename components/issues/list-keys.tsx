"use client";

import { useEffect, useSyncExternalStore } from "react";

const TYPED = "input, select, textarea, [contenteditable]";
const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const never = () => () => undefined;

/**
 * `/` goes to the search, j and k from issue to issue; the arrows too, once one of them has the focus.
 * What the keys do is told where they do it: not before this runs.
 */
export function ListKeys() {
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const isHeard = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isHeard ? (
    <p className="no-print">
      <kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> go from issue to issue, <kbd>Enter</kbd>{" "}
      opens one.
    </p>
  ) : null;
}

function onKey(event: KeyboardEvent) {
  const { target } = event;
  const isModified = event.ctrlKey || event.metaKey || event.altKey;
  if (isModified || !(target instanceof Element) || target.closest(TYPED)) return;
  const next = event.key === "/" ? document.getElementById("issue-search") : neighbour(event);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function neighbour({ key, target }: KeyboardEvent): HTMLElement | undefined {
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const links = [...document.querySelectorAll<HTMLElement>("[data-issue]")];
  const at = links.indexOf(target as HTMLElement);
  if (at < 0) return key.startsWith("Arrow") ? undefined : links.at(step > 0 ? 0 : -1);
  return links[at + step];
}
