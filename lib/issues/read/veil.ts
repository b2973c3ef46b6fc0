import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { isInsider } from "@/lib/auth/visibility";
import { type Consenting, concealing, unnamedOf } from "@/lib/consents/rules";
import { database } from "@/lib/db/client";
import type { IssueLine } from "../schema";

/** What of an issue its reader is not told. */
export type Veil = {
  /** A text, without the names of those who have not agreed to be named. */
  hide(text: string): string;
  line<L extends IssueLine>(line: L): L;
  /** Somebody's name, where persons are told by name. */
  person(name: string | null): string | null;
  /** Whether only cells whose entries agreed to it are told. */
  needsConsent: boolean;
};

const OPEN: Veil = {
  hide: (text) => text,
  line: (line) => line,
  person: (name) => name,
  needsConsent: false,
};

const ENTRIES = `
SELECT n.id, n.slug AS entry, n.name, n.kind,
  json_build_object('slug', p.slug, 'name', p.name, 'aliases', p.aliases) AS project,
  json_build_object('named', n.consent_named, 'passing', n.consent_passing, 'failing', n.consent_failing) AS consent
FROM entry n JOIN project p ON p.id = n.project_id WHERE n.event_id = $1 AND n.state = 'admitted'`;

/**
 * The event's own people read everything. Others read of persons nowhere, and, once the event is
 * published, of projects only where those agreed to it: that takes one query.
 */
export async function loadVeil(permit: Permit<Action>): Promise<Veil> {
  if (isInsider(permit)) return OPEN;
  const person = () => null;
  const line = <L extends IssueLine>(one: L): L => ({ ...one, reporter: null });
  if (permit.scope.phase !== "published") return { ...OPEN, person, line };
  const { rows } = await database().pool.query<Consenting>({
    name: "issue-veil",
    text: ENTRIES,
    values: [permit.scope.eventId],
  });
  const { hide } = concealing(rows);
  const without = new Set(unnamedOf(rows).map(({ id }) => id));
  const shown = rows.filter(({ id }) => !without.has(id)).map(({ project }) => project.slug);
  const unnamed = new Set(
    rows.map(({ project }) => project.slug).filter((slug) => !shown.includes(slug)),
  );
  return {
    hide,
    person,
    line: (one) => veiled(line(one), { hide, unnamed }),
    needsConsent: true,
  };
}

type Names = Pick<Veil, "hide"> & { unnamed: ReadonlySet<string> };

/** As the summary tells it: a commit or an upstream issue would tell whose it is. */
function veiled<L extends IssueLine>(line: L, { hide, unnamed }: Names): L {
  const { target } = line;
  const isTold = (text: string) => hide(text) === text;
  const isHidden = target !== null && (unnamed.has(target.project ?? "") || !isTold(target.name));
  return {
    ...line,
    title: hide(line.title),
    target: isHidden ? null : target,
    links: isHidden
      ? []
      : line.links.filter(({ label, url }) => isTold(label) && isTold(url ?? "")),
    credits: line.credits.map((credit) => ({ ...credit, name: hide(credit.name) })),
  };
}
