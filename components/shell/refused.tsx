import Link from "next/link";
import { EmptyState } from "./empty-state";
import { PageHead } from "./page-head";

export type RefusedCode = "UNAUTHORIZED" | "FORBIDDEN";

/** A page that exists and is not for this reader, or not before they sign in. */
export function Refused({ code }: { code: RefusedCode }) {
  return (
    <div className="page">
      <PageHead title={code === "UNAUTHORIZED" ? "Sign in to see this" : "Not for you to see"} />
      {code === "UNAUTHORIZED" ? (
        <EmptyState title="This page is for people who take part.">
          <p>
            <Link className="text-link" href="/sign-in" prefetch={false}>
              Sign in
            </Link>{" "}
            and come back to this address. Not yet invited? Ask the event’s organizer for an
            invitation.
          </p>
        </EmptyState>
      ) : (
        <EmptyState title="Your part in this event does not open this page.">
          <p>
            The event’s organizer or the track’s lead can say who may see it, and can let you in.
          </p>
        </EmptyState>
      )}
    </div>
  );
}
