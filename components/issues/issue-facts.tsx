import Link from "next/link";
import type { Fact } from "@/components/ui/facts";
import { Facts } from "@/components/ui/facts";
import { Moment } from "@/components/ui/moment";
import { KIND_WORDS, SEVERITY_WORDS } from "@/lib/issues/rules";
import type { IssuePage } from "@/lib/issues/schema";
import { CAUSE_WORDS } from "@/lib/rulings/rules";

/** What is known of an issue, name by name. */
export function IssueFactList({ eventSlug, issue }: { eventSlug: string; issue: IssuePage }) {
  const { kind, severity, cause, target, track, fixedIn } = issue;
  const facts: Fact[] = [
    { label: "Kind", value: KIND_WORDS[kind] },
    { label: "Severity", value: SEVERITY_WORDS[severity] },
    { label: "Cause", value: CAUSE_WORDS[cause] },
    { label: "Against", value: target ? <Target target={target} /> : "not told" },
    {
      label: "Track",
      value: track ? (
        <Link
          className="text-link"
          href={`/events/${eventSlug}/tracks/${track.slug}`}
          prefetch={false}
        >
          {track.title}
        </Link>
      ) : (
        "none"
      ),
    },
    ...(fixedIn ? [{ label: "Fixed in", value: `${fixedIn.entry} ${fixedIn.label}` }] : []),
    ...originOf(issue),
  ];
  return <Facts facts={facts} />;
}

const Target = ({ target: { name, project } }: { target: NonNullable<IssuePage["target"]> }) =>
  project === null ? (
    name
  ) : (
    <Link className="text-link" href={`/projects/${project}`} prefetch={false}>
      {name}
    </Link>
  );

/** Who raised it and when; of one taken over from an account, which account. */
function originOf({ source, reporter, createdAt, closedAt, zone }: IssuePage): Fact[] {
  if (source !== "") return [{ label: "Taken over from", value: source }];
  return [
    ...(reporter ? [{ label: "Raised by", value: reporter }] : []),
    { label: "Raised", value: <Moment at={createdAt} zone={zone} /> },
    ...(closedAt ? [{ label: "Closed", value: <Moment at={closedAt} zone={zone} /> }] : []),
  ];
}
