import { progressFrom, progressOf } from "@/lib/coverage/rules";
import { buildGrids, isConsented } from "@/lib/matrices/rules";
import type { Grid, MatrixCell, ShownCell, Source, SourceCell } from "@/lib/matrices/schema";
import type { Change, Replay, ReplayPlace, ReplayProgress, ReplaySaid, Step } from "./schema";

/** What a cell was from a transaction on; null for nothing. In the order of the transactions. */
export type Version = {
  id: string;
  xid: string;
  /** ms since 1970; null where nobody knows: then it is told with the one before. */
  at: number | null;
  cell: SourceCell | null;
};

type Drawn = { grid: number; cell: ShownCell; isWithheld: boolean };

/**
 * The versions of a track's cells as numbers. A change that its reader would not see is none: what is
 * withheld and becomes something else that is withheld leaves no step.
 */
export function buildReplay(source: Source, versions: readonly Version[]): Replay {
  const { frames, drawn } = drawVersions(source, versions);
  const book = new Book(new Standings(frames));
  for (const [index, version] of versions.entries()) book.note(version, drawn.get(index) ?? null);
  const { eventSlug, trackSlug } = source;
  return { eventSlug, trackSlug, frames, ...book.told() };
}

/** Every version drawn on axes that have room for all of them, under its index. */
function drawVersions(source: Source, versions: readonly Version[]) {
  const cells = versions.flatMap(({ cell }, index) =>
    cell === null ? [] : [{ ...cell, id: String(index) }],
  );
  // Whether a version may be told is asked below: what is withheld has no id to find it by.
  const grids = buildGrids({ ...source, cells, needsConsent: false });
  const entries = new Map(source.entries.map((entry) => [entry.id, entry]));
  const drawn = new Map<number, Drawn>();
  for (const [grid, { cells: all }] of grids.entries()) {
    for (const cell of all) {
      const version = "id" in cell ? versions[Number(cell.id)] : undefined;
      if (!("id" in cell) || !version?.cell) continue;
      const isWithheld = source.needsConsent && !isConsented(version.cell, entries);
      drawn.set(Number(cell.id), { grid, cell, isWithheld });
    }
  }
  return { frames: grids.map((grid): Grid => ({ ...grid, cells: [] })), drawn };
}

/** Takes versions down one after the other, each thing that is said once. */
class Book {
  private readonly steps: Step[] = [];
  private readonly places = new Map<string, { index: number; place: ReplayPlace }>();
  private readonly said = new Map<string, { index: number; said: ReplaySaid }>();
  private readonly changes: Change[] = [];
  private readonly progress: ReplayProgress[] = [];
  /** What each cell's place says now: its key, and the change without its step. */
  private readonly now = new Map<string, { key: string; says: string }>();
  private position = "";

  constructor(private readonly standings: Standings) {}

  told() {
    return {
      steps: this.steps,
      places: [...this.places.values()].map(({ place }) => place),
      said: [...this.said.values()].map(({ said }) => said),
      changes: this.changes,
      progress: this.progress,
    };
  }

  note(version: Version, drawn: Drawn | null) {
    // A test that is there no more is drawn at no moment.
    if (version.cell !== null && drawn === null) return;
    const counted = this.standings.note(version.id, drawn);
    if (counted) this.progress.push([this.stepOf(version), ...counted]);
    const { id } = version;
    const before = this.now.get(id);
    const saying = drawn === null ? null : this.sayingOf(drawn);
    const after = saying && {
      key: drawn?.isWithheld ? `withheld ${id}` : id,
      says: JSON.stringify(saying),
    };
    if (before?.key === after?.key && before?.says === after?.says) return;
    const step = this.stepOf(version);
    if (before && before.key !== after?.key) this.clear(step, before.key);
    if (drawn === null || saying === null || after === null) {
      this.now.delete(id);
      return;
    }
    this.changes.push([step, this.placeOf(after.key, id, drawn), ...saying]);
    this.now.set(id, after);
  }

  private clear(step: number, key: string) {
    this.changes.push([step, this.places.get(key)?.index ?? 0, null, 0, null]);
  }

  private stepOf({ xid, at }: Version): number {
    const last = this.steps.at(-1);
    if (last && this.position === xid) return this.steps.length - 1;
    this.position = xid;
    // A position holds what was committed before it, so the one just after holds this.
    return this.steps.push([String(BigInt(xid) + 1n), at ?? last?.[1] ?? 0]) - 1;
  }

  private placeOf(key: string, id: string, { grid, cell, isWithheld }: Drawn): number {
    const known = this.places.get(key);
    if (known) return known.index;
    const { row, column, test, variant, others } = cell;
    const told = isWithheld ? null : { id, variant, others };
    const index = this.places.size;
    this.places.set(key, { index, place: { grid, row, column, test, told } });
    return index;
  }

  private sayingOf({ cell, isWithheld }: Drawn): [number, number, number | null] {
    if (isWithheld) return [0, 0, null];
    const { state, outcome, sides, sidesOf, overlays, attempts, latestAt } = cell;
    const said: ReplaySaid = { state, outcome, sides, sidesOf, overlays };
    const key = JSON.stringify(said);
    const index = this.said.get(key)?.index ?? this.said.size;
    if (!this.said.has(key)) this.said.set(key, { index, said });
    return [index, attempts, latestAt === null ? null : Date.parse(latestAt)];
  }
}

/** How far the constellations of each grid have come (`progressOf`), kept as their cells change one by one. */
class Standings {
  /** constellation -> cell -> how far it has come */
  private readonly rooms = new Map<string, Map<string, number>>();
  private readonly roomOf = new Map<string, { grid: number; key: string }>();
  /** For each grid, how many stand exactly so. */
  private readonly counts: number[][];

  constructor(private readonly frames: readonly Grid[]) {
    this.counts = frames.map(() => [0, 0, 0, 0]);
  }

  /** The grid and its numbers where they are others now. */
  note(id: string, drawn: Drawn | null): [number, number, number, number] | null {
    const at = this.roomOf.get(id) ?? (drawn && this.enter(id, drawn));
    const room = this.rooms.get(at?.key ?? "");
    const counts = this.counts[at?.grid ?? -1];
    if (!at || !room || !counts) return null;
    const before = Math.max(0, ...room.values());
    if (drawn) room.set(id, this.standingOf(drawn));
    else room.delete(id);
    const after = Math.max(0, ...room.values());
    if (before === after) return null;
    counts[before] = (counts[before] ?? 0) - 1;
    counts[after] = (counts[after] ?? 0) + 1;
    const { executed, confirmed, passed } = progressFrom(counts);
    return [at.grid, executed, confirmed, passed];
  }

  private enter(id: string, { grid, cell }: Drawn) {
    const { row, column, test, variant, others } = cell;
    const roles = this.frames[grid]?.roles.others ?? [];
    const parties = roles.map((role) => others[role]);
    const key = JSON.stringify([grid, row, column, test, Object.entries(variant).sort(), parties]);
    if (!this.rooms.has(key)) this.rooms.set(key, new Map());
    const at = { grid, key };
    this.roomOf.set(id, at);
    return at;
  }

  /** 0 not decided, 1 executed, 2 confirmed, 3 passed: each inside the one before. */
  private standingOf({ grid, cell }: Drawn): number {
    const frame = this.frames[grid];
    if (!frame) return 0;
    const { rows, columns, roles } = frame;
    const { executed, confirmed, passed } = progressOf([cell], {
      ...{ rows, columns, others: roles.others },
    });
    return executed + confirmed + passed;
  }
}

/** How many steps have been taken at a position; 0 is the beginning. */
export function stepsUntil({ steps }: Pick<Replay, "steps">, position: string): number {
  const until = BigInt(position);
  const next = steps.findIndex(([after]) => BigInt(after) > until);
  return next === -1 ? steps.length : next;
}

/**
 * The grids after so many steps. Their cells and what is counted of them are those of `matrix.json?asOf=` at
 * the last step's position; axes, and with them what is applicable, are those of all moments.
 */
export function foldReplay(replay: Replay, taken: number): Grid[] {
  const latest = new Map<number, Change>();
  for (const change of replay.changes) {
    if (change[0] >= taken) break;
    latest.set(change[1], change);
  }
  const cells = replay.frames.map((): MatrixCell[] => []);
  for (const change of latest.values()) {
    const place = replay.places[change[1]];
    if (place && change[2] !== null) cells[place.grid]?.push(cellAt(replay, place, change));
  }
  const progress = new Map(
    replay.progress.filter(([step]) => step < taken).map(([, grid, ...counts]) => [grid, counts]),
  );
  return replay.frames.map((frame, at) => {
    const [executed, confirmed, passed] = progress.get(at) ?? [0, 0, 0];
    const counts = { ...frame.counts, executed, confirmed, passed };
    return { ...frame, cells: cells[at] ?? [], counts };
  });
}

function cellAt(replay: Replay, place: ReplayPlace, [, , said, attempts, latestAt]: Change) {
  const { row, column, test, told } = place;
  const says = replay.said[said ?? -1];
  if (told === null || !says) return { row, column, test, state: "withheld" as const };
  const { eventSlug, trackSlug } = replay;
  return {
    ...{ row, column, test, ...told, ...says, attempts },
    latestAt: latestAt === null ? null : new Date(latestAt).toISOString(),
    url: `/events/${eventSlug}/tracks/${trackSlug}/cells/${told.id}`,
  };
}

/** The ids of the cells that the last of so many steps changed. */
export function changedAt({ changes, places }: Replay, taken: number): Set<string> {
  const ids = changes
    .filter(([step]) => step === taken - 1)
    .flatMap(([, place]) => places[place]?.told?.id ?? []);
  return new Set(ids);
}

/** How many cells changed at each step. */
export function activityOf({ changes, steps }: Replay): number[] {
  const counts = steps.map(() => new Set<number>());
  for (const [step, place] of changes) counts[step]?.add(place);
  return counts.map(({ size }) => size);
}

type Spoken = { replay: Replay; dayOf: (at: number) => string };

/** The days of a replay, each with the position at its end. */
export function daysOf({ replay: { steps }, dayOf }: Spoken) {
  const ends = new Map(steps.map(([position, at]) => [dayOf(at), position]));
  return [...ends].map(([day, position]) => ({ day, position }));
}
