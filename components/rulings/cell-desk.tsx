import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import { Moment } from "@/components/ui/moment";
import type { CellPage } from "@/lib/cells/schema";
import type { FormState } from "@/lib/core/form";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { CAUSE_WORDS } from "@/lib/rulings/rules";
import type { CellDesk as Desk, RulingLine } from "@/lib/rulings/schema";
import { ExpectForm, NoteForm, NudgeForms } from "./desk-forms";
import { SettleForm, TakeBackForm } from "./settle-form";

type Props = {
  cell: CellPage;
  desk: Desk;
  zone: string;
  /** Where the forms go: the cell's address and `/desk`. */
  action: string;
  stateOf: (form: string) => FormState;
};

const isSettleable = ({ state }: CellPage) => state === "disputed" || state === "settled";

/** What the track's leads have said of a cell, and what the reader may say as one of them. */
export function CellDesk(props: Props) {
  const { desk, zone, cell } = props;
  const { rulings, note } = desk;
  if (rulings.length === 0 && note === null && !isOffered(props)) return null;
  const inForce = rulings.find((ruling) => ruling.inForce);
  const earlier = rulings.filter((ruling) => ruling !== inForce);
  return (
    <section className="block" aria-labelledby="desk">
      <h2 id="desk">{rulings.length > 0 ? "Ruling" : "The lead’s word"}</h2>
      <div className="cell-desk">
        {inForce && <InForce ruling={inForce} isShown={cell.state === "settled"} zone={zone} />}
        {note && <LeadNote note={note} zone={zone} />}
        <DeskForms {...props} isRuled={inForce !== undefined} />
        {earlier.length > 0 && <Earlier rulings={earlier} zone={zone} />}
      </div>
    </section>
  );
}

const isOffered = ({ cell, desk: { may, silent } }: Props) =>
  (may.settle && isSettleable(cell)) || may.annotate || may.expect || silent.length > 0;

function DeskForms({ cell, desk, zone, action, stateOf, isRuled }: Props & { isRuled: boolean }) {
  const { may, silent, note, expected } = desk;
  return (
    <>
      {may.ownProject && isSettleable(cell) && (
        <p className="text-small text-soft">
          A project of yours is a party: another lead or an organizer settles this one.
        </p>
      )}
      {may.settle && isSettleable(cell) && (
        <SettleForm action={action} state={stateOf("settle")} cell={cell} isAgain={isRuled} />
      )}
      {may.settle && isRuled && <TakeBackForm action={action} state={stateOf("take-back")} />}
      {silent.length > 0 && (
        <NudgeForms action={action} state={stateOf("nudge")} {...{ silent, zone }} />
      )}
      {may.annotate && <NoteForm action={action} state={stateOf("note")} note={note?.text ?? ""} />}
      {may.expect && <ExpectForm action={action} state={stateOf("expect")} expected={expected} />}
    </>
  );
}

function LeadNote({ note, zone }: { note: NonNullable<Desk["note"]>; zone: string }) {
  return (
    <blockquote className="lead-note">
      <Markdown text={note.text} />
      <footer>
        {note.by}, <Moment at={note.at} zone={zone} />
      </footer>
    </blockquote>
  );
}

type RulingProps = { ruling: RulingLine; zone: string };

function InForce({ ruling, isShown, zone }: RulingProps & { isShown: boolean }) {
  return (
    <div className="ruling">
      <p className="ruling-head">
        <b>{wordsOf(ruling)}</b>
        {!isShown && <Badge>not shown now</Badge>}
        <span className="text-soft">
          {ruling.by}, <Moment at={ruling.at} zone={zone} />
        </span>
      </p>
      <p className="ruling-reason">{ruling.reason}</p>
      {!isShown && (
        <p className="text-small text-soft">
          It was made for other builds, or the sides agree by now: what the results say shows.
        </p>
      )}
    </div>
  );
}

function Earlier({ rulings, zone }: { rulings: readonly RulingLine[]; zone: string }) {
  return (
    <details className="form-more">
      <summary>Earlier rulings ({rulings.length})</summary>
      <ol className="rulings">
        {rulings.map((ruling) => (
          <li key={ruling.id} className="ruling">
            <p className="ruling-head">
              <b>{wordsOf(ruling)}</b>
              <span className="text-soft">
                {ruling.by}, <Moment at={ruling.at} zone={zone} />
              </span>
            </p>
            <p className="ruling-reason">{ruling.reason}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** "Fail, cause: Kamailio" or "Taken back". */
function wordsOf({ outcome, cause, atFault }: RulingLine): string {
  if (outcome === null) return "Taken back";
  const why = atFault.length > 0 ? atFault.join(" and ") : CAUSE_WORDS[cause];
  return `${OUTCOME_SIGNS[outcome].label}, cause: ${why}`;
}
