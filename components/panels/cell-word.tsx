import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { AwaitingWord } from "@/components/results/awaiting-word";
import { cellSheet, ownIn } from "@/components/results/cell-sheet";
import { newId } from "@/components/results/new-id";
import { Button } from "@/components/ui/button";
import type { CellPage } from "@/lib/cells/schema";
import type { AwaitingLine } from "@/lib/results/schema";
import { useTRPC } from "@/lib/trpc/client";
import { cellPath, type Desk, trackPathOf } from "./desk";
import { PanelLog } from "./panel-log";
import { PlainNote } from "./plain-note";
import type { Asked } from "./use-hand";

type Props = { desk: Desk; cell: CellPage; asked: Asked | null };

/** What the reader's entry can say of the cell; who can say nothing and tried is told why. */
export function CellWord({ desk, cell, asked }: Props) {
  const isOwn = cell.parties.some((party) => party.isOwn);
  if (desk.whyNot === null && isOwn) return <OwnWord {...{ desk, cell, asked }} />;
  if (!asked) return null;
  return (
    <p role="status" className="card">
      {desk.whyNot ??
        "None of your entries is a party here: a result is logged by one of its parties."}
    </p>
  );
}

function OwnWord({ desk, cell, asked }: Props) {
  const { eventSlug, trackSlug, zone, isReview, personId } = desk;
  const { results, tracks } = useTRPC();
  const client = useQueryClient();
  const redraw = useCallback(() => void client.invalidateQueries(), [client]);
  const { data: awaiting } = useQuery(
    results.awaiting.queryOptions({ eventSlug, cellId: cell.id }),
  );
  const isSeveral = cell.parties.filter((party) => party.isOwn).length > 1;
  const { data: track } = useQuery({
    ...tracks.byName.queryOptions({ eventSlug, trackSlug }),
    enabled: isSeveral,
  });
  const lines = useMemo(() => awaiting?.lines ?? [], [awaiting]);
  const sheet = useMemo(() => {
    const own = ownIn(
      cell,
      (track?.roles ?? []).map(({ key }) => key),
    );
    const page = cellPath(trackPathOf({ eventSlug, trackSlug }), cell.id);
    return cellSheet({ eventSlug, zone, isReview, personId, page }, { cell, own, lines });
  }, [cell, track, lines, eventSlug, trackSlug, zone, isReview, personId]);
  // What a choice of other entries or answers would change is not drawn under the reader's hand.
  if (!awaiting || (isSeveral && !track)) return null;
  return (
    <section className="block" aria-labelledby="panel-word">
      <h3 id="panel-word">{lines.length > 0 ? "Your word is waited for" : "Log an outcome"}</h3>
      <Answers {...{ eventSlug, lines, zone, redraw }} />
      <PanelLog sheet={sheet} asked={asked} onSaid={redraw} />
    </section>
  );
}

const UNDO_MS = 10_000;

type AnswersProps = {
  eventSlug: string;
  lines: readonly AwaitingLine[];
  zone: string;
  redraw(): void;
};

/** What waits for an answer: agreed to or denied on the spot, and taken back within ten seconds. */
function Answers({ eventSlug, lines, zone, redraw }: AnswersProps) {
  const { results } = useTRPC();
  const [said, tell] = useState<{ words: string; seqs: string[] } | null>(null);
  const onError = ({ message }: { message: string }) => tell({ words: message, seqs: [] });
  const done = (words: string, seqs: string[]) => {
    tell({ words, seqs });
    redraw();
  };
  const agree = useMutation(
    results.agree.mutationOptions({ onError, onSuccess: ({ seqs }) => done("Agreed.", seqs) }),
  );
  const deny = useMutation(
    results.deny.mutationOptions({
      onError,
      onSuccess: ({ seq }) => done("Denied: not us.", [seq]),
    }),
  );
  const retract = useMutation(
    results.retract.mutationOptions({ onError, onSuccess: () => done("Taken back.", []) }),
  );
  useEffect(() => {
    if (!said || said.seqs.length === 0) return;
    const timer = setTimeout(() => tell({ ...said, seqs: [] }), UNDO_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <>
      {lines.map((line) => (
        <div key={`${line.own.slug} ${line.seq}`} className="card awaited">
          <AwaitingWord line={line} zone={zone} Note={PlainNote} />
          <div className="form-actions">
            <Button
              type="button"
              className="button-primary"
              disabled={agree.isPending}
              onClick={() =>
                agree.mutate({ eventSlug, result: { as: line.own.slug, seqs: [line.seq] } })
              }
            >
              Agree
            </Button>
            <Button
              type="button"
              disabled={deny.isPending}
              onClick={() =>
                deny.mutate({
                  eventSlug,
                  result: { id: newId(), as: line.own.slug, seq: line.seq },
                })
              }
            >
              Not us
            </Button>
          </div>
        </div>
      ))}
      {lines.length > 0 && <h4 className="log-title">We saw something else, or tried again</h4>}
      <p role="status" className={said ? "said-notice" : "sr-only"}>
        {said?.words}{" "}
        {said && said.seqs.length > 0 && (
          <Button type="button" onClick={() => retract.mutate({ eventSlug, seqs: said.seqs })}>
            Undo
          </Button>
        )}
      </p>
    </>
  );
}
