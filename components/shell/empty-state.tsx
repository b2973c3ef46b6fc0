import type { ReactNode } from "react";

/** Nothing here, why, and what comes next. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty-state">
      <span className="empty-socket" aria-hidden="true" />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}
