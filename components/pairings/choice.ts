import { openSeatings } from "@/lib/pairings/rules";
import type { LogChoices, OwnCell, PlayedTest, Player } from "@/lib/pairings/schema";

/** What an address of the log page says: `?track=&test=&uac=&uas=&v.alg=`. */
export type LogQuery = Readonly<Record<string, string | undefined>>;

export const variantParam = (name: string) => `v.${name}`;

/** Names that are no roles. */
const TAKEN = ["track", "test", "with", "answer", "said"];

export const roleField = (role: string) => (TAKEN.includes(role) ? `role.${role}` : role);

export type Choice = {
  test: PlayedTest | undefined;
  /** The wanted partner, by slug. */
  partner: Player | undefined;
  /** Who was chosen for each role of the test that is there. */
  seats: { role: string; player: Player }[];
  variant: Record<string, string>;
  /** Roles and variants that still want a choice. */
  missing: string[];
  /** The cell that this is, when somebody has spoken of it. */
  cell: OwnCell | undefined;
};

/** What the address has chosen so far; what it names and is not there is not chosen. */
export function choiceOf({ track, cells }: LogChoices, query: LogQuery): Choice {
  const test = track.tests.find(({ key }) => key === query.test);
  const partner = track.players.find(({ slug }) => slug === query.with);
  const roles = test?.roles ?? [];
  const seats = roles.flatMap(({ key }) => {
    const player = track.players.find(({ slug }) => slug === query[roleField(key)]);
    return player ? [{ role: key, player }] : [];
  });
  const variant: Record<string, string> = {};
  for (const [name, values] of Object.entries(test?.variants ?? {})) {
    const value = values.length === 1 ? values[0] : query[variantParam(name)];
    if (value !== undefined && values.includes(value)) variant[name] = value;
  }
  const empty = roles.filter(({ key, min }) => min > 0 && !seats.some(({ role }) => role === key));
  const open = Object.keys(test?.variants ?? {}).filter((name) => !(name in variant));
  const missing = [...empty.map(({ key }) => key), ...open];
  return {
    test,
    partner,
    seats,
    variant,
    missing,
    cell: test && cellOf(cells, { test, seats, variant }),
  };
}

function cellOf(
  cells: readonly OwnCell[],
  { test, seats, variant }: Pick<Choice, "seats" | "variant"> & { test: PlayedTest },
) {
  return cells.find(
    (cell) =>
      cell.testId === test.id &&
      cell.parties.length === seats.length &&
      seats.every(({ role, player }) =>
        cell.parties.some(
          (party) => party.entry === player.id && (!test.directional || party.role === role),
        ),
      ) &&
      Object.entries(variant).every(([name, value]) => cell.variant[name] === value),
  );
}

/** What an own entry and a partner have not tried, each as the address that chooses it. */
export function openWith({ track, cells }: LogChoices, partner: Player) {
  return track.players
    .filter(({ isOwn, id }) => isOwn && id !== partner.id)
    .flatMap((own) =>
      track.tests.flatMap((test) =>
        openSeatings(test, [own, partner], cells).map(({ variant, seats }) => ({
          test,
          variant,
          seats,
          query: new URLSearchParams({
            track: track.slug,
            test: test.key,
            ...Object.fromEntries(seats.map(({ role, entry }) => [roleField(role), entry])),
            ...Object.fromEntries(
              Object.entries(variant).map(([name, value]) => [variantParam(name), value]),
            ),
          }).toString(),
        })),
      ),
    );
}
