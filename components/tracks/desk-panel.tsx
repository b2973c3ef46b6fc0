import type { ReactNode } from "react";

type Props = {
  id: string;
  title: string;
  count: number;
  /** What is said where there is nothing. */
  none: string;
  /** A word beside the title. */
  beside?: ReactNode;
  children: ReactNode;
};

/** One list of the lead's desk; without anything in it, a line. */
export function DeskPanel({ id, title, count, none, beside, children }: Props) {
  return (
    <section className="desk-panel" aria-labelledby={id} data-empty={count === 0 || undefined}>
      <div className="desk-panel-head">
        <h2 id={id}>
          {title} <span className="tab-count">{count}</span>
        </h2>
        {beside}
      </div>
      {count === 0 ? <p className="desk-none">{none}</p> : children}
    </section>
  );
}

const SHOWN = 6;

/** The first lines, and the others behind a word. */
export function FirstLines({ lines, total }: { lines: readonly ReactNode[]; total: number }) {
  const rest = lines.slice(SHOWN);
  const missing = total - lines.length;
  return (
    <>
      <ul className="desk-lines">{lines.slice(0, SHOWN)}</ul>
      {rest.length > 0 && (
        <details className="desk-more">
          <summary>{rest.length} more</summary>
          <ul className="desk-lines">{rest}</ul>
          {missing > 0 && <p className="form-hint">And {missing} that are not listed here.</p>}
        </details>
      )}
    </>
  );
}
