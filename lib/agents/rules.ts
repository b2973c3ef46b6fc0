import type { CatalogueReply, TokenScope } from "./schema";

export const PAIRINGS = 1000;

export type Plan = {
  track: string;
  tests: readonly { key: string; kind: string; roles: readonly { key: string; min: number }[] }[];
  /** role -> entries that play it */
  players: ReadonlyMap<string, readonly string[]>;
  /** `pairingKey` of what has been tried */
  tried: ReadonlySet<string>;
};

export type Party = { role: string; entry: string };

export const pairingKey = (test: string, parties: readonly Party[]) =>
  `${test} ${parties
    .map(({ role, entry }) => `${role}:${entry}`)
    .sort()
    .join(" ")}`;

/** Constellations of the required roles that nobody has tried; `own` must be among them unless null. */
export function openPairings(
  plans: readonly Plan[],
  own: string | null,
): CatalogueReply["pairings"] {
  const open: CatalogueReply["pairings"] = [];
  for (const pairing of untried(plans)) {
    const isOwn = own === null || pairing.parties.some(({ entry }) => entry === own);
    if (isOwn) open.push(pairing);
    if (open.length >= PAIRINGS) break;
  }
  return open;
}

function* untried(plans: readonly Plan[]): Generator<CatalogueReply["pairings"][number]> {
  for (const { track, tests, players, tried } of plans) {
    for (const test of tests) {
      const roles = test.roles.filter(({ min }) => min > 0).map(({ key }) => key);
      for (const parties of constellationsOf(roles, players)) {
        if (!tried.has(pairingKey(test.key, parties))) yield { track, test: test.key, parties };
      }
    }
  }
}

/** Every way to fill the roles with distinct entries, one at a time: there may be very many. */
function* constellationsOf(
  [role, ...rest]: readonly string[],
  players: ReadonlyMap<string, readonly string[]>,
): Generator<Party[]> {
  if (role === undefined) {
    yield [];
    return;
  }
  for (const entry of players.get(role) ?? []) {
    for (const others of constellationsOf(rest, players)) {
      if (others.every((other) => other.entry !== entry)) yield [{ role, entry }, ...others];
    }
  }
}

const DAY_MS = 24 * 3_600_000;

/** The later of event end + 7 days and creation + 30 days, at most 400 days away (API.md, "Tokens"). */
export function expiryOf(endsAt: Date | null, now: Date): Date {
  const from = Math.max((endsAt?.getTime() ?? 0) + 7 * DAY_MS, now.getTime() + 30 * DAY_MS);
  return new Date(Math.min(from, now.getTime() + 400 * DAY_MS));
}

/** What a page shows as "not seen": an agent with a heartbeat says something twice a minute. */
const SILENT_MS = 15 * 60_000;

export const isSilent = (lastSeenAt: Date | null, now: Date): boolean =>
  lastSeenAt === null || now.getTime() - lastSeenAt.getTime() > SILENT_MS;

/** What a form says for no entry: no slug can be that. */
export const NEUTRAL = "-";

export const SCOPE_WORDS = {
  "results:write": "push results",
  "evidence:write": "push evidence",
  "runs:read": "read its runs back, and matrices",
  "catalogue:read": "read the event's names",
} as const satisfies Record<TokenScope, string>;

/** Two secrets are live while one takes over from the other. */
export const LIVE_TOKENS = 2;

type Maker = { isOrganizer: boolean; own: ReadonlySet<string> };

/** Whose agents somebody makes, sees and ends: an organizer all, a member those of their own entries. */
export const mayLookAfter = ({ isOrganizer, own }: Maker, entryId: string | null): boolean =>
  isOrganizer || (entryId !== null && own.has(entryId));

const MARK_MS = 1000;

/** A clock that differs by less than a second is right enough to tell nothing. */
export function clockWords(skewMs: number): string {
  const far = Math.abs(skewMs);
  if (far < MARK_MS) return "right to the second";
  const s = far / 1000;
  const amount = s < 120 ? `${s.toFixed(s < 10 ? 1 : 0)} s` : `${Math.round(s / 60)} min`;
  return `${amount} ${skewMs > 0 ? "ahead" : "behind"}`;
}
