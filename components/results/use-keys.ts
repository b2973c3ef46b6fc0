import { useEffect, useSyncExternalStore } from "react";

const KEPT = "plugfest keys";

/** A key is somebody's text, a shortcut of the browser's, or already taken by what has the focus. */
export function isTyping({
  target,
  ctrlKey,
  metaKey,
  altKey,
  defaultPrevented,
}: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  return target instanceof Element && target.closest(TEXT) !== null;
}
const TEXT =
  "textarea, select, [contenteditable], dialog, input:not([type=radio], [type=checkbox], [type=submit], [type=button])";

/**
 * Single keys anywhere on the page, which can be turned off (WCAG 2.1.4): speech input presses keys
 * that nobody meant. One switch for all of them. Until the page has woken up `isOn` is null.
 */
export function useKeys(press: (key: string) => boolean) {
  const isOn = useSyncExternalStore(subscribe, areKeysOn, () => null);
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => {
      if (!isTyping(event) && press(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [isOn, press]);
  return { isOn, turnKeys };
}

const TURNED = "plugfest-keys-turned";
let chosen: "on" | "off" | null = null;

export function areKeysOn(): boolean {
  chosen ??= findKept() === "off" ? "off" : "on";
  return chosen === "on";
}

function turnKeys(on: boolean) {
  chosen = on ? "on" : "off";
  keep(chosen);
  window.dispatchEvent(new Event(TURNED));
}

function subscribe(tell: () => void) {
  window.addEventListener(TURNED, tell);
  return () => window.removeEventListener(TURNED, tell);
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
