import type { Metadata } from "next";
import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="page">
      <PageHead title="There is nothing here" beside={<code className="badge">404</code>} />
      <EmptyState title="No such page, or none that you may see.">
        <p>
          Check the address for a letter too many. If it came from a participant, it may be open to
          those who take part only:{" "}
          <Link className="text-link" href="/sign-in" prefetch={false}>
            sign in
          </Link>{" "}
          and try again. Everything public starts at{" "}
          <Link className="text-link" href="/" prefetch={false}>
            the list of events
          </Link>
          .
        </p>
      </EmptyState>
    </div>
  );
}
