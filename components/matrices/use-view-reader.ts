import { useEffect, useState } from "react";
import type { PageView } from "@/lib/views/schema";

/** Reads a view from an address. */
export type ViewReader = (params: URLSearchParams) => PageView;

/**
 * What reads views from addresses, once the page has nothing better to do: the view that a page begins with
 * was read by the server, and schemas take a while to load and to make.
 */
export function useViewReader(): ViewReader | undefined {
  const [reader, setReader] = useState<{ read: ViewReader }>();
  useEffect(() => {
    let isGone = false;
    const load = async () => {
      const { viewIn } = await import("@/lib/views/schema");
      if (!isGone) setReader({ read: viewIn });
    };
    const stop = whenIdle(() => void load());
    return () => {
      isGone = true;
      stop();
    };
  }, []);
  return reader?.read;
}

/** Safari has no idle callbacks. */
function whenIdle(then: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(then, 200);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(then, { timeout: 2000 });
  return () => cancelIdleCallback(idle);
}
