import type { ReactNode } from "react";

/** Where the signs are explained, beside the grids. */
export const LegendColumn = ({ children }: { children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and what scrolls must be reachable (WCAG 2.1.1)
  <aside id="legend" aria-label="Legend" className="legend-column" tabIndex={0}>
    {children}
  </aside>
);
