import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import type { VersionLine } from "@/lib/summaries/schema";

type Props = {
  eventSlug: string;
  zone: string;
  versions: readonly VersionLine[];
  /** The one that is shown. */
  current?: number;
};

/** The versions of a summary with what each corrects, the newest first. */
export function VersionList({ eventSlug, zone, versions, current }: Props) {
  return (
    <ol className="summary-versions" reversed>
      {versions.map(({ version, publishedAt, changelog }) => (
        <li key={version}>
          {version === current ? (
            <b>Version {version}</b>
          ) : (
            <Link
              className="text-link"
              href={`/events/${eventSlug}/summary/versions/${version}`}
              prefetch={false}
            >
              Version {version}
            </Link>
          )}
          , <Moment at={publishedAt} zone={zone} />
          {changelog && `: ${changelog}`}
        </li>
      ))}
    </ol>
  );
}
