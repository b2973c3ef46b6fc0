import { groupBy } from "@/lib/core/group";
import type { Statement } from "@/lib/events/schema";

type Props = { statements: readonly Statement[] };

/** What a published account states, each with its source: told, and never counted as results. */
export function Statements({ statements }: Props) {
  return [...groupBy(statements, ({ source }) => source)].map(([source, own]) => (
    <div key={source} className="statements">
      <p className="text-small text-soft">
        From “{source}”. These are statements of that account, not results recorded here.
      </p>
      <dl>
        {own.map(({ about, text, figure }) => (
          <div key={`${about} ${text}`}>
            <dt>{about}</dt>
            <dd>
              {figure && (
                <b>
                  {figure.value} {figure.unit}.{" "}
                </b>
              )}
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  ));
}
