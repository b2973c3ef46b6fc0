"use client";

import { EmptyState } from "./empty-state";
import { PageHead } from "./page-head";

/** Something broke on our side. The digest is what the server's log calls it by. */
export function Failure({ digest }: { digest: string | undefined }) {
  return (
    <div className="page">
      <title>Fault · Plugfest</title>
      <PageHead title="This page could not be made" beside={<code className="badge">500</code>} />
      <EmptyState title="The fault is the server’s, not yours.">
        <p>
          What the server has acknowledged is stored; what it has not, send again.
          {digest && (
            <>
              {" "}
              Whoever runs this site finds the cause in its log under <code>{digest}</code>.
            </>
          )}
        </p>
        <p>
          <button type="button" className="button" onClick={() => location.reload()}>
            Try again
          </button>
        </p>
      </EmptyState>
    </div>
  );
}
