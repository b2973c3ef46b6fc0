import { printQuery } from "@/lib/queries/rules";
import type { Fault, Query } from "@/lib/queries/schema";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

type Props = { id: string; query: Query; text: string; view: PageView };

/** What is wrong with a query and where, and the same query without that. */
export function QueryFaults({ id, query, text, view }: Props) {
  if (query.faults.length === 0) return null;
  return (
    <div id={id} className="query-faults" role="status">
      {query.faults.map((fault) => (
        <p key={`${fault.at} ${fault.message}`}>
          <code>{text.slice(fault.at, fault.at + fault.length)}</code> (character {fault.at + 1}):{" "}
          {fault.message} <Instead {...{ fault, text, view }} />
        </p>
      ))}
      <p>
        {query.terms.length === 0
          ? "Nothing of it filters, so everything is shown."
          : `What is shown answers to ${printQuery(query)}.`}
      </p>
    </div>
  );
}

function Instead({ fault, text, view }: { fault: Fault; text: string; view: PageView }) {
  const { at, length, instead } = fault;
  if (instead === null) return null;
  const q = text.slice(0, at) + instead + text.slice(at + length);
  return (
    <a className="text-link" href={viewQuery(view, { q })}>
      Use {instead}
    </a>
  );
}
