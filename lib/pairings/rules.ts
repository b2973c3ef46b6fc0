import { groupOf } from "@/lib/cells/rules";
import { constellations, standingOf } from "@/lib/coverage/rules";
import type {
  NextSteps,
  OwnCell,
  Partner,
  PlayedTest,
  PlayedTrack,
  Player,
  Recheck,
  Seat,
  TrackProgress,
} from "./schema";

type Source = { tracks: readonly PlayedTrack[]; cells: readonly OwnCell[] };

/** What an entry of the reader's could do next: look again at what moved, then try what is untried. */
export function nextSteps(entry: Pick<Player, "id" | "slug" | "name">, source: Source): NextSteps {
  const ownCells = source.cells.filter(({ parties }) =>
    parties.some((party) => party.entry === entry.id),
  );
  const perTrack = source.tracks.flatMap((track) => {
    const inTrack = ownCells.filter(({ trackId }) => trackId === track.id);
    // It may play other roles in each track.
    const own = track.players.find(({ id }) => id === entry.id);
    if (!own) return [];
    return {
      partners: partnersIn(track, own, inTrack),
      rechecks: inTrack.flatMap((cell) => recheckOf(track, own, cell) ?? []),
      progress: progressIn(track, own, inTrack),
    };
  });
  const rechecks = perTrack.flatMap((track) => track.rechecks);
  return {
    entry: { slug: entry.slug, name: entry.name },
    disputed: rechecks.filter(({ outcome }) => outcome === null),
    retests: rechecks.filter(({ outcome }) => outcome !== null),
    partners: perTrack
      .flatMap(({ partners }) => partners)
      .sort((a, b) => b.must - a.must || b.open - a.open),
    progress: perTrack.map(({ progress }) => progress),
  };
}

const isTried = ({ state }: OwnCell) => state !== "untested" && state !== "planned";
const titled = ({ slug, title }: PlayedTrack) => ({ slug, title });
const required = ({ roles }: PlayedTest) => roles.filter(({ min }) => min > 0);

/** What the two have not tried of a test: each declared variant in each way they can be seated. */
export function openSeatings(
  test: PlayedTest,
  [own, partner]: readonly [Player, Player],
  cells: readonly OwnCell[],
): { variant: Record<string, string>; seats: Seat[] }[] {
  const tried = cells.filter((cell) => cell.testId === test.id && isTried(cell));
  return variantsOf(test).flatMap((variant) => {
    const same = tried.filter((cell) => isSameVariant(cell.variant, variant));
    return seatingsOf(test, own, partner)
      .filter((seats) => !same.some((cell) => isSeated(cell, test, seats)))
      .map((seats) => ({ variant, seats: seats.map(slugged([own, partner])) }));
  });
}

const slugged =
  (players: readonly Player[]) =>
  ({ role, entry }: Seat): Seat => ({
    role,
    entry: players.find(({ id }) => id === entry)?.slug ?? entry,
  });

/** Every two required roles that the two play; a test without direction is one thing either way. */
function seatingsOf(test: PlayedTest, own: Player, partner: Player): Seat[][] {
  const roles = required(test).map(({ key }) => key);
  const seatings = roles.flatMap((mine) =>
    roles
      .filter((theirs) => theirs !== mine)
      .filter((theirs) => own.plays.includes(mine) && partner.plays.includes(theirs))
      .map((theirs) => [
        { role: mine, entry: own.id },
        { role: theirs, entry: partner.id },
      ]),
  );
  return test.directional ? seatings : seatings.slice(0, 1);
}

function isSeated({ parties }: OwnCell, { directional }: PlayedTest, seats: readonly Seat[]) {
  return seats.every((seat) =>
    parties.some(({ role, entry }) => entry === seat.entry && (!directional || role === seat.role)),
  );
}

function partnersIn(track: PlayedTrack, own: Player, cells: readonly OwnCell[]): Partner[] {
  return track.players
    .filter(({ id }) => id !== own.id)
    .flatMap((partner) => {
      const open = track.tests.map((test) => ({
        test,
        count: openSeatings(test, [own, partner], cells).length,
      }));
      const sum = (of: typeof open) => of.reduce((total, { count }) => total + count, 0);
      const counted = {
        open: sum(open),
        must: sum(open.filter(({ test }) => test.level === "must")),
      };
      const { slug, name } = partner;
      return counted.open > 0 ? [{ track: titled(track), entry: { slug, name }, ...counted }] : [];
    });
}

/** Null where nothing has moved since, or where it did not fail. */
function recheckOf(track: PlayedTrack, own: Player, cell: OwnCell): Recheck | null {
  const test = track.tests.find(({ id }) => id === cell.testId);
  if (!test || !isTried(cell)) return null;
  const parties = track.players.filter(({ id }) => cell.parties.some(({ entry }) => entry === id));
  const moved = parties
    .filter(({ id, currentBuildId }) => cell.tested[id] && cell.tested[id] !== currentBuildId)
    .map(({ name, builds }) => ({ name, build: builds[0] ?? "" }));
  const isBroken = cell.outcome !== null && ["broken", "no"].includes(groupOf(cell.outcome) ?? "");
  if (cell.state !== "disputed" && !(isBroken && moved.length > 0)) return null;
  return {
    cellId: cell.id,
    track: titled(track),
    test: { key: test.key, title: test.title },
    others: parties.filter(({ id }) => id !== own.id).map(({ name }) => name),
    outcome: cell.state === "disputed" ? null : cell.outcome,
    moved,
  };
}

/** The numbers of one entry's own cells, each inside the one before; self-pairs are outside. */
function progressIn(track: PlayedTrack, own: Player, cells: readonly OwnCell[]): TrackProgress {
  const best = new Map<string, number>();
  for (const cell of cells) {
    const test = track.tests.find(({ id }) => id === cell.testId);
    if (!test) continue;
    const keys = new Set(required(test).map(({ key }) => key));
    const parties = cell.parties.filter(({ role }) => keys.has(role));
    if (new Set(parties.map(({ entry }) => entry)).size < parties.length) continue;
    if (!parties.some(({ entry }) => entry === own.id)) continue;
    const key = JSON.stringify([test.id, Object.entries(cell.variant).sort(), parties]);
    best.set(key, Math.max(best.get(key) ?? 0, standing(cell)));
  }
  const atLeast = (least: number) => [...best.values()].filter((one) => one >= least).length;
  return {
    track: titled(track),
    possible: track.tests.reduce((sum, test) => sum + possibleIn(track, test, own), 0),
    executed: atLeast(1),
    confirmed: atLeast(2),
    passed: atLeast(3),
  };
}

const standing = ({ state, outcome }: OwnCell) =>
  state === "untested" ? 0 : standingOf({ state, outcome });

/** In how many declared ways the entry can take part in a test. */
function possibleIn({ players }: PlayedTrack, test: PlayedTest, own: Player): number {
  const roles = required(test).map(({ key }) => key);
  const others = (role: string) =>
    players.filter(({ id, plays }) => id !== own.id && plays.includes(role)).map(({ id }) => id);
  const ways = roles
    .filter((role) => own.plays.includes(role))
    .map((role) => {
      const rest = roles.filter((one) => one !== role).map(others);
      return rest.length === 0 ? 1 : constellations(rest);
    });
  const sum = ways.reduce((total, count) => total + count, 0);
  const mirrored = test.directional ? 1 : Math.max(1, ways.length);
  return (variantsOf(test).length * sum) / mirrored;
}

/** Every declared variant, in the order of their declaration. */
export function variantsOf({ variants }: Pick<PlayedTest, "variants">): Record<string, string>[] {
  return Object.entries(variants).reduce<Record<string, string>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const isSameVariant = (a: Record<string, string>, b: Record<string, string>) => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};
