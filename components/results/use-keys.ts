import { useEffect, useState } from "react";

const KEPT = "plugfest keys";

/** A key is somebody's text, a shortcut of the browser's, or already taken by what has the focus. */
function isTyping({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  return target instanceof Element && target.closest(TEXT) !== null;
}
const TEXT =
  "textarea, select, [contenteditable], dialog, input:not([type=radio], [type=checkbox], [type=submit], [type=button])";

/**
 * Single keys anywhere on the page, which can be turned off (WCAG 2.1.4): speech input presses keys
 * that nobody meant. Until the page has woken up `isOn` is null.
 */
export function useKeys(press: (key: string) => boolean) {
  const [isOn, turn] = useState<boolean | null>(null);
  useEffect(() => turn(findKept() !== "off"), []);
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => {
      if (!isTyping(event) && press(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [isOn, press]);
  return {
    isOn,
    turnKeys(on: boolean) {
      keep(on ? "on" : "off");
      turn(on);
    },
  };
}

/** Some browsers refuse to keep anything; then the choice lasts as long as the page. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(window.localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
const findKept = () => withStorage((storage) => storage.getItem(KEPT));
const keep = (choice: string) => withStorage((storage) => storage.setItem(KEPT, choice));
