import { ScrollRegion } from "@/components/ui/scroll-region";

type Props = { siteUrl: string; trackSlug: string };

/** How a first report gets here: the agent, fetched from this very site. */
export function PushHint({ siteUrl, trackSlug }: Props) {
  const lines = [
    `curl -fO ${siteUrl}/plugfest.mjs`,
    `export PLUGFEST_URL=${siteUrl} PLUGFEST_TOKEN=pf_agt_…`,
    `node plugfest.mjs push report.xml --track ${trackSlug}`,
  ];
  return (
    <div className="push-hint">
      <p>
        Any harness that writes JUnit XML, TAP, CTRF or Plugfest JSON can push from the machine it
        runs on. Members make its token on the event’s agents page;{" "}
        <code className="whitespace-nowrap">--dry-run</code> shows first what would be sent.
      </p>
      <ScrollRegion label="Commands that push a report">
        <pre>{lines.join("\n")}</pre>
      </ScrollRegion>
    </div>
  );
}
