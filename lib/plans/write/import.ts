import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import type { CatalogueTest, CatalogueTrack } from "@/lib/tracks/schema";
import { parsePlan, seenOfLines } from "../read/pages";
import { judgeImport, mergedTrack } from "../rules";
import type { Plan, PlanLine } from "../schema";
import { type Published, tellOfPlan, updateTest } from "./keep";
import { changePlan, findTest, namesInUse, putTest } from "./publish";

/**
 * Takes a plan in as its preview told: `seen` is that preview's, and when the plan has changed since,
 * nothing is done. Lines that were refused are left out; tests that the file does not have stay.
 */
export const importPlan = (
  permit: Permit<"track.plan">,
  text: string,
  seen: string,
): Promise<{ lines: PlanLine[] }> => {
  const given = parsePlan(text);
  return changePlan(permit, async (tx, plan) => {
    const lines = judgeImport(plan, given, await namesInUse(tx, plan));
    if (seenOfLines(lines) !== seen) {
      throw new Refusal("conflict", "The plan has changed since you looked: look again.");
    }
    await keepTrack(tx, plan, given);
    const published: Published[] = [{ did: "import", test: null }];
    for (const { key, fate } of lines) {
      const test = given.tests.find((one) => one.key === key);
      if (!test || fate === "refused" || fate === "unchanged") continue;
      const version = await putLine(tx, { plan, personId: personIdOf(permit) }, { test, fate });
      published.push({ did: fate, test: test.key, version });
    }
    await arrange(tx, plan, given);
    await tellOfPlan(tx, permit, published);
    return { lines };
  });
};

async function putLine(
  tx: pg.PoolClient,
  { plan, personId }: { plan: Plan; personId: string | null },
  { test, fate }: { test: CatalogueTest; fate: PlanLine["fate"] },
): Promise<number> {
  if (fate === "added") {
    await putTest(tx, { plan, personId }, test);
    return 1;
  }
  const planned = findTest(plan, test.key);
  const version = planned.version + (fate === "newVersion" ? 1 : 0);
  await updateTest(tx, planned, { test, version, personId });
  return version;
}

/** What the tests share. Its address, and who may see it, are not the file's to say. */
async function keepTrack(tx: pg.PoolClient, plan: Plan, given: CatalogueTrack) {
  const { title, intro, profile, notes, roles } = mergedTrack(plan, given);
  await tx.query(
    "UPDATE track SET title = $2, intro = $3, profile = $4, notes = $5 WHERE id = $1",
    [plan.trackId, title, intro, profile, JSON.stringify(notes)],
  );
  await tx.query(
    `INSERT INTO track_role (id, track_id, key, label, position)
     SELECT gen_random_uuid(), $1, u.key, u.label, u.at - 1 FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS u (key, label, at)
     ON CONFLICT (track_id, key) DO UPDATE SET label = excluded.label`,
    [plan.trackId, roles.map(({ key }) => key), roles.map(({ label }) => label)],
  );
}

/** The order of the file; what is not in it comes after, in the order that it had. */
async function arrange(tx: pg.PoolClient, plan: Plan, given: CatalogueTrack) {
  const inFile = given.tests.map(({ key }) => key);
  const others = plan.tests
    .filter(({ content }) => !inFile.includes(content.key))
    .map(({ content }) => content.key);
  await tx.query(
    `UPDATE test_case SET position = u.at FROM unnest($2::text[]) WITH ORDINALITY AS u (key, at)
     WHERE test_case.track_id = $1 AND test_case.key = u.key`,
    [plan.trackId, [...inFile, ...others]],
  );
}
