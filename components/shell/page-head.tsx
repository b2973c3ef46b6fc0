import Link from "next/link";
import type { ReactNode } from "react";
import type { Step } from "./trail";

type Props = {
  /** The pages above this one, the topmost first. */
  trail?: readonly Step[];
  title: ReactNode;
  /** What stands beside the title: marks, badges. */
  beside?: ReactNode;
  children?: ReactNode;
};

/** Where the reader is, and what this page is. */
export function PageHead({ trail = [], title, beside, children }: Props) {
  return (
    <div className="page-head">
      {trail.length > 0 && (
        <nav aria-label="You are here" className="no-print">
          <ol className="trail">
            {trail.map(({ href, label }) => (
              <li key={href}>
                <Link href={href} prefetch={false}>
                  {label}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="page-title">
        <h1>{title}</h1>
        {beside}
      </div>
      {children}
    </div>
  );
}
