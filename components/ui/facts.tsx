import type { ReactNode } from "react";

export type Fact = { label: string; value: ReactNode };

/** Names and values in a column. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt className="engraved">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
