import { groupBy } from "@/lib/core/group";
import { differenceOf } from "@/lib/diffs/rules";
import { byAttention, numbersIn, rollUp } from "@/lib/rollups/rules";
import type { Couple, CoupleCell, CoupleEvent, CoupleParty, Turn } from "./schema";

/** The order of two projects in the address of their page: either may be named first. */
export const inOrder = (one: string, other: string): [string, string] =>
  one <= other ? [one, other] : [other, one];

/** The roles that the two have in a cell, and who sits beside them; in the track's order. */
export const assignmentOf = (parties: readonly CoupleParty[]): string =>
  parties.map(({ roleLabel, name }) => `${name} as ${roleLabel}`).join(", ");

/** Cells of one track, each assignment of roles by itself. */
export const assignmentsIn = (cells: readonly CoupleCell[]): [string, CoupleCell[]][] => [
  ...groupBy(cells, ({ parties }) => assignmentOf(parties)),
];

const many = (count: number, one: string, more = `${one}s`) =>
  `${count} ${count === 1 ? one : more}`;

const isRun = (cell: CoupleCell): boolean => numbersIn(rollUp([cell])).run > 0;

/**
 * The answer in a sentence: `Of 14 cells tested together in 3 tracks of 2 events, 12 pass, 1 fails, 1 is
 * disputed; not counted: 1 withheld.` Every cell that is told is in it once.
 */
export function coupleWords({ events }: Pick<Couple, "events">): string {
  const cells = events.flatMap(cellsIn);
  const numbers = numbersIn(rollUp(cells));
  const { run, passed, alone, broken, undecided, disputed } = numbers;
  const outside = (["unsupported", "skipped", "planned", "withheld"] as const).flatMap((place) =>
    numbers[place] === 0 ? [] : [`${numbers[place]} ${place}`],
  );
  const rest = outside.length === 0 ? "" : `; not counted: ${outside.join(", ")}`;
  if (run === 0) return `No cell of the two was run as far as you can see${rest}.`;
  const tracks = events.flatMap((event) => event.tracks).filter((track) => track.cells.some(isRun));
  const where = events.filter((event) => cellsIn(event).some(isRun));
  const told = [
    many(passed, "passes", "pass"),
    ...(alone === 0 ? [] : [`${many(alone, "more passes", "more pass")} by one side's word`]),
    ...(broken === 0 ? [] : [many(broken, "fails", "fail")]),
    ...(disputed === 0 ? [] : [many(disputed, "is disputed", "are disputed")]),
    ...(undecided === 0 ? [] : [many(undecided, "decides nothing", "decide nothing")]),
  ];
  const of = `Of ${many(run, "cell")} tested together in ${many(tracks.length, "track")} of ${many(where.length, "event")}`;
  return `${of}, ${told.join(", ")}${rest}.`;
}

const cellsIn = ({ tracks }: CoupleEvent): CoupleCell[] => tracks.flatMap(({ cells }) => cells);

type Told = Exclude<CoupleCell, { state: "withheld" }>;
type Word = { event: CoupleEvent; cell: Told };

const placeOf = ({ lineage, parties }: CoupleCell) =>
  JSON.stringify([
    lineage,
    parties.map(({ role, project, entry }) => [role, project ?? `third ${entry}`]),
  ]);

const idOf = (cell: Told) =>
  JSON.stringify([placeOf(cell), Object.entries(cell.variant).toSorted()]);

/**
 * What turned between the two newest editions in which a test was told, by project, role, variant and the
 * test's lineage. Of several entries of a project what is worst counts. A place with something withheld in
 * any edition tells nothing: that it turned would say what it was.
 */
export function turnsIn({ events }: Pick<Couple, "events">): Turn[] {
  const withheld = new Set(
    events
      .flatMap(cellsIn)
      .filter(({ state }) => state === "withheld")
      .map(placeOf),
  );
  const words = events.flatMap((event) => wordsIn(event, withheld));
  const turns = [...groupBy(words, ({ cell }) => idOf(cell)).values()]
    .map(turnOf)
    .filter((turn) => turn !== null);
  const of = (kind: Turn["kind"]) => turns.filter((turn) => turn.kind === kind);
  return [...of("regressed"), ...of("fixed")];
}

/** Of each place its worst cell; a plan is no word. */
function wordsIn(event: CoupleEvent, withheld: ReadonlySet<string>): Word[] {
  const told = cellsIn(event).filter(
    (cell): cell is Told =>
      cell.state !== "withheld" && cell.state !== "planned" && !withheld.has(placeOf(cell)),
  );
  return [...groupBy(told, idOf).values()].flatMap((cells) => {
    const [worst] = cells.toSorted(byAttention);
    return worst ? [{ event, cell: worst }] : [];
  });
}

function turnOf([newest, before]: readonly Word[]): Turn | null {
  if (!newest || !before) return null;
  const kind = differenceOf(before.cell, newest.cell);
  if (kind !== "fixed" && kind !== "regressed") return null;
  return { kind, cell: newest.cell, before: endOf(before), now: endOf(newest) };
}

const endOf = ({ event, cell }: Word) => ({ event: event.label, url: cell.url });
