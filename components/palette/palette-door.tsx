"use client";

import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";

// Fetched with the first use: a page is read without it.
const Palette = lazy(async () => ({ default: (await import("./palette")).Palette }));

const EVENT = /^\/events\/([^/]+)/;

/** The way to any place of an event by its name: a button, and Ctrl or Command with K. */
export function PaletteDoor() {
  const eventSlug = EVENT.exec(usePathname())?.[1];
  const [isOpen, setOpen] = useState(false);
  const [isAwake, wake] = useState(false);
  useEffect(() => wake(true), []);
  const isThere = eventSlug !== undefined;
  useEffect(() => {
    if (!isThere) return;
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (key.toLowerCase() !== "k" || ctrlKey === metaKey || altKey || shiftKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isThere]);
  if (!(isAwake && isThere)) return null;
  return (
    <>
      <button
        type="button"
        className="palette-door"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        Go to<span className="palette-door-more"> …</span> <kbd>Ctrl K</kbd>
      </button>
      {isOpen && (
        <Suspense>
          <Palette eventSlug={eventSlug} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
