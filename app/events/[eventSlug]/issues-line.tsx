import Link from "next/link";
import { allows, type Role } from "@/lib/auth/policy";
import type { EventPage } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";

/** How many issues there are, and the way to them, for who may see them. */
export async function IssuesLine({ event: { slug, phase, roles } }: { event: EventPage }) {
  if (!allows("issue.view", new Set(roles as Role[]), phase)) return null;
  const { total, open } = await api.issues.tally({ eventSlug: slug });
  const list = `/events/${slug}/issues`;
  return (
    <p className="issue-keys">
      <Link className="text-link" href={list} prefetch={false}>
        {total === 1 ? "1 issue" : `${total} issues`}
      </Link>
      {open > 0 && (
        <>
          {", "}
          <Link className="text-link" href={`${list}?state=open,known`} prefetch={false}>
            {open} not mended
          </Link>
        </>
      )}
    </p>
  );
}
