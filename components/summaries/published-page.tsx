import Link from "next/link";
import { PageHead } from "@/components/shell/page-head";
import { eventTrail } from "@/components/shell/trail";
import { Moment } from "@/components/ui/moment";
import type { PublishedSummary } from "@/lib/summaries/schema";
import { SummaryView } from "./summary-view";
import { VersionList } from "./version-list";

/** A published version with what it is, and the account itself. */
export function PublishedPage({ summary }: { summary: PublishedSummary }) {
  const { version, versions, publishedAt, changelog, body } = summary;
  const { slug, label, zone } = body.event;
  const latest = versions[0]?.version ?? version;
  const twins = (ending: string) =>
    `/api/v1/events/${slug}/summary.${ending}${version === latest ? "" : `?version=${version}`}`;
  return (
    <div className="page">
      <PageHead trail={eventTrail(slug, label)} title={`Summary of ${label}`}>
        <p className="summary-about">
          <span>
            Version {version}, published <Moment at={publishedAt} zone={zone} />
          </span>
          {version < latest && (
            <Link className="text-link" href={`/events/${slug}/summary`} prefetch={false}>
              There is a newer version, {latest}
            </Link>
          )}
          <span className="no-print">
            The same as{" "}
            {(["md", "json", "csv"] as const).map((ending, at) => (
              <span key={ending}>
                {at > 0 && ", "}
                <a className="text-link" href={twins(ending)}>
                  {ENDING_WORDS[ending]}
                </a>
              </span>
            ))}
          </span>
        </p>
        {changelog && <p className="text-small">It corrects the one before: {changelog}</p>}
      </PageHead>
      <SummaryView body={body} />
      {versions.length > 1 && (
        <section className="block no-print" aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          <VersionList eventSlug={slug} zone={zone} versions={versions} current={version} />
        </section>
      )}
    </div>
  );
}

const ENDING_WORDS = { md: "Markdown", json: "JSON", csv: "CSV" } as const;
