import type { ReactNode } from "react";
import { Sign } from "@/components/cells/sign";
import { variantWords } from "@/components/matrices/wording";
import { Button } from "@/components/ui/button";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { mayNudge as isNudgeable } from "@/lib/rulings/rules";
import type { DeskCell, LeadDesk } from "@/lib/tracks/schema";
import { ago } from "./ago";
import { DeskPanel, FirstLines } from "./desk-panel";

type Panel = { path: string; asOf: string };

/** What only a lead can decide, unless the parties run it again. */
export function DisputedPanel({
  path,
  asOf,
  list,
  mayRule,
}: Panel & { list: LeadDesk["disputed"]; mayRule: boolean }) {
  const lines = list.cells.map((cell) => (
    <CellLine key={cell.id} {...{ path, asOf, cell }}>
      {mayRule && (
        <a className="text-link" href={`${path}/cells/${cell.id}#desk`}>
          Settle<span className="sr-only"> {nameOf(cell)}</span>
        </a>
      )}
    </CellLine>
  ));
  return (
    <DeskPanel id="disputed" title="Disputed" count={list.total} none="Nobody contradicts anybody.">
      <FirstLines lines={lines} total={list.total} />
    </DeskPanel>
  );
}

type Waiting = Panel & { mayNudge: boolean };

/** Reported, and unconfirmed for longer than the lead allows. */
export function StalledPanel({ desk, ...panel }: Waiting & { desk: LeadDesk }) {
  const { awaiting, stalledHours } = desk;
  const cells = awaiting.cells.filter(({ isStalled }) => isStalled);
  const lines = cells.map((cell) => <WaitingLine key={cell.id} {...panel} cell={cell} />);
  return (
    <DeskPanel
      id="stalled"
      title="Stalled"
      count={awaiting.stalled}
      none={`Nothing has waited ${stalledHours} hours for a second word.`}
      beside={<StalledForm path={panel.path} hours={stalledHours} />}
    >
      <FirstLines lines={lines} total={awaiting.stalled} />
    </DeskPanel>
  );
}

function StalledForm({ path, hours }: { path: string; hours: number }) {
  return (
    <form method="post" action={`${path}/lead/stalled`} className="desk-form">
      <label>
        after <input name="hours" type="number" min={1} max={720} required defaultValue={hours} />{" "}
        hours
      </label>
      <Button type="submit" aria-label="Save when a report counts as stalled">
        Save
      </Button>
    </form>
  );
}

/** Reported by one side, and not stalled yet. */
export function AwaitingPanel({ list, ...panel }: Waiting & { list: LeadDesk["awaiting"] }) {
  const cells = list.cells.filter(({ isStalled }) => !isStalled);
  const lines = cells.map((cell) => <WaitingLine key={cell.id} {...panel} cell={cell} />);
  const count = list.total - list.stalled;
  return (
    <DeskPanel
      id="awaiting"
      title="Awaiting confirmation"
      count={count}
      none="No other report waits for its other side."
    >
      <FirstLines lines={lines} total={count} />
    </DeskPanel>
  );
}

function WaitingLine({ mayNudge, ...line }: Waiting & { cell: DeskCell }) {
  const { cell, path, asOf } = line;
  return (
    <CellLine {...line}>
      {cell.silent.map(({ entry, name, nudgedAt }) => (
        <span key={entry} className="desk-silent">
          {mayNudge &&
          isNudgeable(nudgedAt === null ? null : new Date(nudgedAt), new Date(asOf)) ? (
            <form method="post" action={`${path}/lead/nudge`}>
              <input type="hidden" name="cellId" value={cell.id} />
              <input type="hidden" name="entrySlug" value={entry} />
              <Button type="submit" aria-label={`Nudge ${name} about ${nameOf(cell)}`}>
                Nudge {name}
              </Button>
            </form>
          ) : (
            <span className="text-soft">
              {name} silent{nudgedAt && `, nudged ${ago(nudgedAt, asOf)}`}
            </span>
          )}
        </span>
      ))}
    </CellLine>
  );
}

const nameOf = ({ test, parties }: DeskCell) =>
  `${test} ${parties.map(({ name }) => name).join(" × ")}`;

type LineProps = Panel & { cell: DeskCell; children: ReactNode };

function CellLine({ path, asOf, cell, children }: LineProps) {
  const { state, outcome, variant, heardAt } = cell;
  const words = variantWords(variant);
  const said = state === "disputed" || outcome === null ? "" : `${OUTCOME_SIGNS[outcome].label}, `;
  return (
    <li className="desk-line">
      <Sign sign={{ state, outcome }} />
      <span className="desk-what">
        <a href={`${path}/cells/${cell.id}`}>
          <code>{cell.test}</code> {cell.parties.map(({ name }) => name).join(" × ")}
        </a>
        {words && <span className="text-soft">{words}</span>}
        <span className="text-soft">
          {said}
          {ago(heardAt, asOf)}
        </span>
      </span>
      <span className="desk-do">{children}</span>
    </li>
  );
}
