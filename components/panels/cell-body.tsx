import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { PartyBuilds } from "@/components/cells/party-builds";
import { SideColumns } from "@/components/cells/side-columns";
import { sidesOf } from "@/components/cells/sides";
import { Verdict } from "@/components/cells/verdict";
import { TheseTwo } from "@/components/couples/these-two";
import { EvidenceList } from "@/components/evidence/evidence-list";
import { CellIssues } from "@/components/issues/cell-issues";
import { variantWords } from "@/components/matrices/wording";
import { AttemptStrip } from "@/components/results/attempt-strip";
import { ResultHistory } from "@/components/results/result-history";
import { Badge } from "@/components/ui/badge";
import { STATE_SIGNS } from "@/lib/cells/rules";
import type { CellPage } from "@/lib/cells/schema";
import { afterBreak } from "@/lib/core/after-break";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { useTRPC } from "@/lib/trpc/client";
import { CellWord } from "./cell-word";
import { cellPath, type Desk, trackPathOf } from "./desk";
import { Permalink } from "./permalink";
import { PlainNote } from "./plain-note";
import type { Asked } from "./use-hand";

type Props = { desk: Desk; cellId: string; asked: Asked | null };

/** What a cell's page tells, asked for by the same procedures, so that nobody sees more here than there. */
export function CellBody({ desk, cellId, asked }: Props) {
  const { eventSlug, trackSlug } = desk;
  const where = { eventSlug, trackSlug, cellId };
  const { results } = useTRPC();
  const { data: cell, error } = useQuery({
    ...results.cell.queryOptions(where),
    retry: false,
  });
  if (error) return <Missing words={error.message} />;
  if (!cell) return <Waiting />;
  return (
    <>
      <Head cell={cell} desk={desk} />
      <Live where={where} stamp={cell.stamp} />
      <Verdict cell={cell} sides={sidesOf(cell)} />
      <CellWord desk={desk} cell={cell} asked={asked} />
      <section className="block" aria-labelledby="panel-sides">
        <h3 id="panel-sides">What each side says</h3>
        <SideColumns sides={sidesOf(cell)} zone={desk.zone} Note={PlainNote} />
      </section>
      <Issues where={where} />
      <Told cell={cell} desk={desk} />
      <Files where={where} />
      <section className="block" aria-labelledby="panel-builds">
        <h3 id="panel-builds">Builds</h3>
        <PartyBuilds parties={cell.parties} />
      </section>
      <Permalink url={`${desk.siteUrl}${cellPath(trackPathOf(desk), cell.id)}`} />
    </>
  );
}

export const Waiting = () => (
  <h2 tabIndex={-1} className="cell-panel-title text-soft">
    Reading the cell …
  </h2>
);

export const Missing = ({ words }: { words: string }) => (
  <>
    <h2 tabIndex={-1} className="cell-panel-title">
      Not to be seen
    </h2>
    <p role="status">{words}</p>
  </>
);

function Head({ cell, desk }: { cell: CellPage; desk: Desk }) {
  const { test, parties, variant, track, id, state, outcome } = cell;
  const words = variantWords(variant);
  const names = parties.map(({ name }) => name).join(" × ");
  const known = [STATE_SIGNS[state].label, ...(outcome ? [OUTCOME_SIGNS[outcome].label] : [])];
  return (
    <header className="cell-panel-head">
      <h2 tabIndex={-1} className="cell-panel-title">
        {names}
      </h2>
      <p className="cell-test">
        <a className="text-link" href={`${trackPathOf(desk)}/tests/${test.key}`}>
          <code>{test.key}</code> {test.title}
        </a>
        {words && <code className="badge">{words}</code>}
        {track.restricted && <Badge>restricted</Badge>}
      </p>
      <p className="cell-test">
        <a className="text-link" href={cellPath(trackPathOf(desk), id)}>
          The whole page
        </a>
        <TheseTwo parties={parties} />
      </p>
      <p role="status" className="sr-only">
        {`Beside the matrix: ${test.key} ${names}, ${known.join(" ").toLowerCase()}. Enter again goes in, Escape shuts it.`}
      </p>
    </header>
  );
}

type Where = { eventSlug: string; trackSlug: string; cellId: string };

/** Asks again for all of it when somebody has said something. */
function Live({ where, stamp }: { where: Where; stamp: string }) {
  const { results } = useTRPC();
  const known = useQueryClient();
  const askAll = () => void known.invalidateQueries();
  const { reset } = useSubscription(
    results.onCell.subscriptionOptions(
      { ...where, known: stamp },
      { onData: askAll, onError: (error) => afterBreak(error, { reset, gone: askAll }) },
    ),
  );
  return null;
}

function Issues({ where }: { where: Where }) {
  const { issues } = useTRPC();
  const { data } = useQuery(issues.ofCell.queryOptions(where));
  return data ? <CellIssues {...where} issues={data} /> : null;
}

function Files({ where }: { where: Where }) {
  const { evidence } = useTRPC();
  const { data = [] } = useQuery(evidence.byCell.queryOptions(where));
  if (data.length === 0) return null;
  return (
    <section className="block" aria-labelledby="panel-evidence">
      <h3 id="panel-evidence">
        Evidence <span className="tab-count">{data.length}</span>
      </h3>
      <EvidenceList eventSlug={where.eventSlug} files={data} />
    </section>
  );
}

function Told({ cell: { results }, desk }: { cell: CellPage; desk: Desk }) {
  if (results.length === 0) return null;
  return (
    <section className="block" aria-labelledby="panel-results">
      <h3 id="panel-results">
        Results <span className="tab-count">{results.length}</span>
      </h3>
      <AttemptStrip results={results} />
      <ResultHistory results={results} zone={desk.zone} Note={PlainNote} />
    </section>
  );
}
