import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useReducer, useState } from "react";
import { isTooMuch } from "@/lib/tables/rules";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { canAnswer } from "./grid-asked";
import type { Sheet } from "./grid-sheet";
import { useViewReader, type ViewReader } from "./use-view-reader";

/** What a sheet can answer by itself; for anything else the server is asked. */
const ANSWERED = new Set(
  "rows columns entry test state outcome q density flip hide pin sort asOf".split(" "),
);

/**
 * The view that the page's address asks for. A filter whose answer is in the sheets is answered here,
 * without a page load; one that leaves little enough for a plain table is left to the browser. Sheets that
 * are not whole, since a query was asked for them, answer nothing else. `drawn`: the view as the server read it.
 */
export function useInPlace(sheets: readonly Sheet[], isWhole: boolean, drawn: PageView): PageView {
  const params = useSearchParams().toString();
  // The router tells of a new address in its own time; what is filtered here shows at once.
  const [, again] = useReducer((count: number) => count + 1, 0);
  const query = typeof window === "undefined" ? params : window.location.search.slice(1);
  const readView = useViewReader();
  useEffect(() => {
    // Until then links and forms go to the server.
    if (!isWhole || !readView) return;
    const stop = new AbortController();
    const take = (event: Event, params: URLSearchParams) => {
      if (!isAnswered(sheets, params, readView)) return;
      event.preventDefault();
      window.history.pushState(null, "", `?${params.toString().replaceAll("%2C", ",")}`);
      fillForm(params);
      again();
    };
    document.addEventListener(
      "submit",
      (event) => {
        const params = paramsOfForm(event.target);
        if (params && !event.defaultPrevented) take(event, params);
      },
      { signal: stop.signal },
    );
    document.addEventListener(
      "click",
      (event) => {
        const params = paramsOfLink(event);
        if (params) take(event, params);
      },
      { signal: stop.signal },
    );
    window.addEventListener(
      "popstate",
      () => fillForm(new URLSearchParams(window.location.search)),
      { signal: stop.signal },
    );
    return () => stop.abort();
  }, [sheets, isWhole, readView]);
  const [first] = useState({ query, drawn });
  const view = useMemo(
    () => (query === first.query ? first.drawn : (readView?.(new URLSearchParams(query)) ?? drawn)),
    [query, first, readView, drawn],
  );
  useEffect(() => markSaved(viewQuery(view)), [view]);
  return view;
}

function isAnswered(
  sheets: readonly Sheet[],
  params: URLSearchParams,
  readView: ViewReader,
): boolean {
  const here = new URLSearchParams(window.location.search);
  return (
    [...params.keys()].every((name) => ANSWERED.has(name)) &&
    // The sheets are of one moment.
    params.get("asOf") === here.get("asOf") &&
    canAnswer(params.get("q"), sheets) &&
    isTooMuch(sheets, readView(params))
  );
}

function paramsOfForm(target: EventTarget | null): URLSearchParams | null {
  if (!(target instanceof HTMLFormElement && target.matches(".filters"))) return null;
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(target)) {
    if (typeof value === "string" && value !== "") params.append(name, value);
  }
  return params;
}

/** A link to this page with another query, followed in the plain way. */
function paramsOfLink(event: MouseEvent): URLSearchParams | null {
  const { button, target, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || button !== 0 || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented)
    return null;
  const { origin, pathname, hash } = window.location;
  const isHere = link.origin === origin && link.pathname === pathname;
  return isHere && link.hash === hash && !link.getAttribute("href")?.startsWith("#")
    ? new URLSearchParams(link.search)
    : null;
}

/** The form says what is shown, also where a link or a step back has chosen it. */
function fillForm(params: URLSearchParams) {
  const fields = document.querySelectorAll<HTMLSelectElement | HTMLInputElement>(
    ".filters :is(select, input)[name]",
  );
  for (const field of fields) {
    const values = params.getAll(field.name).flatMap((value) => value.split(","));
    if (field instanceof HTMLInputElement && field.type === "checkbox")
      field.checked = values.includes(field.value);
    else field.value = values.join(",");
  }
}

/** The page's saved views, drawn by the server: which of them this is, and what would be kept now. */
function markSaved(query: string) {
  const form = document.querySelector<HTMLFormElement>(".saved-form");
  form?.setAttribute("action", `${form.action.split("?")[0]}${query}`);
  let now = "";
  for (const link of document.querySelectorAll(".saved-list a")) {
    const isHere = link.getAttribute("href")?.endsWith(query) ?? false;
    if (isHere) {
      now = link.textContent;
      link.setAttribute("aria-current", "true");
    } else link.removeAttribute("aria-current");
  }
  document.querySelector(".saved-now")?.replaceChildren(now);
}
