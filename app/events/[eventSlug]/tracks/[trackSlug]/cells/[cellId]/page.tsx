import type { Query } from "@/app/reader";
import { PartyBuilds } from "@/components/cells/party-builds";
import { SideColumns } from "@/components/cells/side-columns";
import { sidesOf } from "@/components/cells/sides";
import { Verdict } from "@/components/cells/verdict";
import { TheseTwo } from "@/components/couples/these-two";
import { variantWords } from "@/components/matrices/wording";
import { AttemptStrip } from "@/components/results/attempt-strip";
import { LiveCell } from "@/components/results/live-refresh";
import { ResultHistory } from "@/components/results/result-history";
import { SaidNote } from "@/components/results/said-note";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import type { CellPage as Cell } from "@/lib/cells/schema";
import { env } from "@/lib/core/env";
import { askCell, askEvent, titleOf } from "../../../../questions";
import { EvidenceSection } from "./evidence-section";
import { IssuesSection } from "./issues-section";
import { LeadSection } from "./lead-section";
import { OwnWord } from "./own-word";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string; cellId: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query; said?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug, cellId } = await params;
  const [event, cell] = await Promise.all([
    askEvent(eventSlug),
    askCell(eventSlug, trackSlug, cellId),
  ]);
  if (event.refused !== null || cell.refused !== null) return titleOf("Sign in");
  const { test, parties, track } = cell.value;
  const names = parties.map(({ name }) => name).join(" × ");
  return titleOf(`${test.key} ${names}`, track.title, event.value.label);
}

export default async function CellPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug, cellId } = await params;
  const [eventAnswer, answer] = await Promise.all([
    askEvent(eventSlug),
    askCell(eventSlug, trackSlug, cellId),
  ]);
  if (eventAnswer.refused !== null) return <Refused code={eventAnswer.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const event = eventAnswer.value;
  const cell = answer.value;
  const sides = sidesOf(cell);
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.label,
          { href: trackPath, label: cell.track.title },
          { href: `${trackPath}?test=${cell.test.key}`, label: cell.test.key },
        )}
        title={cell.parties.map(({ name }) => name).join(" × ")}
        beside={cell.track.restricted && <Badge>restricted</Badge>}
      >
        <CellTest cell={cell} href={`${trackPath}/tests/${cell.test.key}`} />
      </PageHead>
      <Verdict cell={cell} sides={sides} />
      <OwnWord event={event} cell={cell} query={await searchParams} />
      <section className="block" aria-labelledby="sides">
        <h2 id="sides">What each side says</h2>
        <SideColumns sides={sides} zone={event.zone} Note={SaidNote} />
      </section>
      <LeadSection {...{ eventSlug, cell }} zone={event.zone} query={await searchParams} />
      <IssuesSection {...{ eventSlug, trackSlug, cellId }} />
      <section className="block" aria-labelledby="builds">
        <h2 id="builds">Builds</h2>
        <PartyBuilds parties={cell.parties} />
      </section>
      <section className="block" aria-labelledby="results">
        <h2 id="results">
          Results <span className="tab-count">{cell.results.length}</span>
        </h2>
        {cell.results.length > 0 ? (
          <>
            <AttemptStrip results={cell.results} />
            <ResultHistory results={cell.results} zone={event.zone} Note={SaidNote} />
          </>
        ) : (
          <EmptyState title="No result yet.">
            <p>
              Results of these parties on this test and variant appear here as they are logged or
              pushed.
            </p>
          </EmptyState>
        )}
      </section>
      <EvidenceSection {...{ eventSlug, trackSlug, cellId }} />
      <LiveCell {...{ eventSlug, trackSlug, cellId }} stamp={cell.stamp} />
      <p className="permalink">
        <span className="engraved">Permalink</span>
        <code>{`${env().APP_URL}${trackPath}/cells/${cell.id}`}</code>
      </p>
    </div>
  );
}

/** Which test, in which variant, and in which version of it. */
function CellTest({ cell, href }: { cell: Cell; href: string }) {
  const { test, variant } = cell;
  const words = variantWords(variant);
  return (
    <p className="cell-test">
      <a className="text-link" href={href}>
        <code>{test.key}</code> {test.title}
      </a>
      <span className="text-soft">
        version {test.version}, {test.level}
      </span>
      {words && <code className="badge">{words}</code>}
      <TheseTwo parties={cell.parties} />
    </p>
  );
}
