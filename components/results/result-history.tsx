import { isStanding } from "@/components/cells/sides";
import { Badge } from "@/components/ui/badge";
import { type Fact, Facts } from "@/components/ui/facts";
import { durationWords, Moment } from "@/components/ui/moment";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ResultLine } from "@/lib/cells/schema";
import { MetricTable } from "./metric-table";
import { PartyTable } from "./party-table";
import { type NoteView, SaidSign, saidWords } from "./said";

type Props = { results: readonly ResultLine[]; zone: string; Note: NoteView };

/** Every result of the cell, newest first; nothing that was ever said is taken out. */
export function ResultHistory({ results, zone, Note }: Props) {
  return (
    <ol className="history">
      {results.map((result, at) => (
        <li key={result.seq} id={`result-${result.seq}`}>
          <details open={at === 0}>
            <summary>
              <ResultHead result={result} zone={zone} />
            </summary>
            <ResultBody result={result} zone={zone} Note={Note} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function ResultHead({ result, zone }: { result: ResultLine; zone: string }) {
  const { reporter, attempt, startedAt, durationMs } = result;
  return (
    <span className="result-head" data-fallen={!isStanding(result) || undefined}>
      <SaidSign result={result} />
      <b>{saidWords(result)}</b>
      <span>{reporter ?? "Neutral harness"}</span>
      <span className="text-soft">attempt {attempt}</span>
      <Moment at={startedAt} zone={zone} />
      {durationMs !== null && <span className="text-soft">{durationWords(durationMs)}</span>}
      {flagsOf(result).map((flag) => (
        <Badge key={flag}>{flag}</Badge>
      ))}
    </span>
  );
}

function flagsOf({ isVoid, isSuperseded, answers, ...result }: ResultLine): string[] {
  const { backfilled, late } = result;
  const isAnswer = answers !== null && !isVoid;
  const flags = {
    retraction: isVoid,
    superseded: isSuperseded,
    answer: isAnswer,
    backfilled,
    late,
  };
  return Object.entries(flags).flatMap(([name, isSet]) => (isSet ? name : []));
}

function ResultBody({ result, zone, Note }: Omit<Props, "results"> & { result: ResultLine }) {
  const { parties, log, metrics } = result;
  return (
    <div className="result-body">
      <Note result={result} />
      {parties.length > 0 && <PartyTable parties={parties} />}
      {log && (
        <div>
          <h3 className="engraved">{log.truncated ? "Log, an excerpt" : "Log"}</h3>
          <ScrollRegion label="Log excerpt">
            <pre className="log">{log.excerpt}</pre>
          </ScrollRegion>
        </div>
      )}
      {metrics.length > 0 && <MetricTable metrics={metrics} />}
      <Facts facts={factsOf(result, zone)} />
    </div>
  );
}

function factsOf(result: ResultLine, zone: string): Fact[] {
  const {
    answers,
    by,
    origin,
    test,
    rawStatus,
    exchange,
    unsupportedBy,
    labels,
    run,
    id,
    receivedAt,
  } = result;
  const optional = [
    {
      label: "Answers",
      value: answers && (
        <a className="text-link" href={`#result-${answers}`}>
          an earlier result
        </a>
      ),
    },
    { label: "Unsupported by", value: unsupportedBy.join(", ") },
    { label: "The tool said", value: rawStatus },
    { label: "Exchange", value: exchange },
    {
      label: "Labels",
      value: Object.entries(labels)
        .map((pair) => pair.join(": "))
        .join(", "),
    },
    { label: "Runner", value: run.runner },
  ].filter(({ value }) => value);
  return [
    { label: "Said by", value: by ? `${by} (${origin})` : origin },
    { label: "Test as named", value: <code>{test}</code> },
    ...optional,
    { label: "Run", value: <code title={`This run is ${run.state}`}>{run.id}</code> },
    { label: "Result", value: <code>{id}</code> },
    { label: "Received", value: <Moment at={receivedAt} zone={zone} /> },
  ];
}
