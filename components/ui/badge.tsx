import type { ReactNode } from "react";

/** A short mark beside a name. */
export function Badge({ children }: { children: ReactNode }) {
  return <span className="badge">{children}</span>;
}
