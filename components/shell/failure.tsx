"use client";

import { EmptyState } from "./empty-state";
import { PageHead } from "./page-head";

/** Something broke on our side. The digest is what the server's log calls it by. */
export function Failure({ digest }: { digest: string | undefined }) {
  return (
    <div className="page">
      <PageHead title="This page could not be made" beside={<code className="badge">500</code>} />
      <EmptyState title="The fault is the server’s, not yours.">
        <p>
          Nothing you sent was lost: an acknowledged result is stored.
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
