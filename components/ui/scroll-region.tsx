import type { ReactNode } from "react";

type Props = { label: string; className?: string; children: ReactNode };

/** What may be wider or higher than the window: reached and scrolled by keyboard, and named. */
export function ScrollRegion({ label, className = "scroll-region", children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable (WCAG 2.1.1)
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
