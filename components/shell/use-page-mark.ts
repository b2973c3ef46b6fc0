import { useLayoutEffect } from "react";

/**
 * Tells the style sheet, on the body, that something is there which changes the whole page. Asked by the
 * sheet itself (`body:has(...)`) it would have browsers style every element anew at every change.
 */
export function usePageMark(name: "panel" | "kiosk") {
  useLayoutEffect(() => {
    document.body.dataset[name] = "";
    return () => {
      delete document.body.dataset[name];
    };
  }, [name]);
}
