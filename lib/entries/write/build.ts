import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import type { BuildDetails, BuildInput } from "../schema";
import { changeOwnEntry, type Told } from "./change";

/** Names a build of an entry and makes it current: what was tested of another one is stale from now on. */
export const addBuild = (
  permit: Permit<"build.add">,
  entrySlug: string,
  build: BuildInput,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const ids = await insertBuilds(tx, entry.id, [build]);
    const id = ids.get(build.label);
    if (id === undefined) {
      const message = `There is a build '${build.label}' already. Make it current, or change what it says.`;
      throw new Refusal("conflict", message, [{ pointer: "/build/label", code: "taken", message }]);
    }
    await tx.query("UPDATE entry SET current_build_id = $2 WHERE id = $1", [entry.id, id]);
    return toldOf(id, { label: build.label, isCurrent: true });
  });

/** Says which build the entry runs now. */
export const makeCurrent = (
  permit: Permit<"build.add">,
  entrySlug: string,
  label: string,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const { rows } = await tx.query<{ id: string }>(
      `UPDATE entry SET current_build_id = b.id FROM build b
       WHERE entry.id = $1 AND b.entry_id = entry.id AND b.label = $2 RETURNING b.id`,
      [entry.id, label],
    );
    return toldOf(rows[0]?.id ?? noBuild(label), { label, isCurrent: true });
  });

/** Changes what is said of a build, and takes it for looked at. Its label stays: results name it. */
export const describeBuild = (
  permit: Permit<"build.describe">,
  entrySlug: string,
  { label, ...details }: BuildDetails & { label: string },
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const { rows } = await tx.query<{ id: string }>(
      `UPDATE build SET commit = $3, note = $4, parts = $5, verified = true
       WHERE entry_id = $1 AND label = $2 RETURNING id`,
      [entry.id, label, details.commit || null, details.note, JSON.stringify(details.parts)],
    );
    return toldOf(rows[0]?.id ?? noBuild(label), { label, isCurrent: false });
  });

const toldOf = (subject: string, { label, isCurrent }: { label: string; isCurrent: boolean }) =>
  ({
    detail: { build: label, current: isCurrent },
    log: { kind: "build", subject, detail: { label } },
  }) satisfies Told;

function noBuild(label: string): never {
  throw new Refusal("not_found", `This entry has no build '${label}'.`);
}

/** Makes the builds that are not there yet; label -> id of those that it made. */
export async function insertBuilds(
  tx: pg.PoolClient,
  entryId: string,
  builds: readonly BuildInput[],
): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; label: string }>(
    `INSERT INTO build (id, entry_id, label, commit, note, parts, verified)
     SELECT gen_random_uuid(), $1, u.label, u.commit, u.note, u.parts, true
     FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS u (label, commit, note, parts, at) ORDER BY at
     ON CONFLICT (entry_id, label) DO NOTHING RETURNING id, label`,
    [
      entryId,
      builds.map(({ label }) => label),
      builds.map(({ commit }) => commit || null),
      builds.map(({ note }) => note),
      builds.map(({ parts }) => JSON.stringify(parts)),
    ],
  );
  return new Map(rows.map(({ label, id }) => [label, id]));
}
