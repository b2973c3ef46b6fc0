import { STATE_SIGNS } from "@/lib/cells/rules";
import type { CellState } from "@/lib/cells/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { DeskActivity } from "@/lib/tracks/schema";
import { ago } from "./ago";
import { DeskPanel, FirstLines } from "./desk-panel";

type Props = { path: string; asOf: string; activity: readonly DeskActivity[] };

/** What has happened in the track last, the latest first. */
export function ActivityPanel({ path, asOf, activity }: Props) {
  const lines = activity.map((one) => (
    <li key={one.id} className="desk-line">
      <span className="desk-what">
        {one.cellId === null ? (
          <span>{WORDS[one.kind](one)}</span>
        ) : (
          <>
            <a href={`${path}/cells/${one.cellId}`}>
              <code>{one.test}</code> {one.names?.join(" × ")}
            </a>
            <span>{WORDS[one.kind](one)}</span>
          </>
        )}
      </span>
      <span className="desk-do text-soft">{ago(one.at, asOf)}</span>
    </li>
  ));
  return (
    <DeskPanel
      id="activity"
      title="Latest activity"
      count={activity.length}
      none="Nothing has happened here yet."
    >
      <FirstLines lines={lines} total={activity.length} />
    </DeskPanel>
  );
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function outcomeWords(value: unknown): string {
  const outcome = EVERY_OUTCOME.find((one) => one === value);
  return outcome === undefined ? "" : ` ${OUTCOME_SIGNS[outcome].label.toLowerCase()}`;
}

const stateWords = (value: unknown) =>
  typeof value === "string" && value in STATE_SIGNS
    ? STATE_SIGNS[value as CellState].label.toLowerCase()
    : "changed";

const WORDS = {
  cell: ({ detail }) => `${stateWords(detail.state)}${outcomeWords(detail.outcome)}`,
  ruling: ({ detail }) =>
    detail.outcome === null ? "ruling taken back" : `ruled${outcomeWords(detail.outcome)}`,
  note: ({ detail }) => (detail.note === "" ? "remark taken away" : "remark"),
  nudge: ({ detail }) => `nudged ${text(detail.entry)}`,
  mapping: ({ detail }) =>
    detail.test === null
      ? `“${text(detail.raw)}” unmapped`
      : `“${text(detail.raw)}” mapped to ${text(detail.test)}`,
  test: ({ detail }) => `Plan: ${text(detail.did)} ${text(detail.test)}`,
} as const satisfies Record<DeskActivity["kind"], (one: DeskActivity) => string>;
