import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { holdEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import type { CatalogueTest } from "@/lib/tracks/schema";
import { seenOf } from "../read/pages";
import { readNamesInUse, readPlan } from "../read/plan";
import { judgeTest } from "../rules";
import type { Plan, PlannedTest } from "../schema";
import { insertTest, keepVersion, tellOfPlan, updateTest } from "./keep";

/** What was published: the version that the test has now, and whether it is a new one. */
export type Publication = { key: string; version: number; isNewVersion: boolean };

/** Adds a test at the end of the plan. */
export const addTest = (permit: Permit<"track.plan">, test: CatalogueTest): Promise<Publication> =>
  changePlan(permit, async (tx, plan) => {
    if (plan.tests.some(({ content }) => content.key === test.key)) {
      throw invalid([{ pointer: "/key", message: `There is a test '${test.key}' already.` }]);
    }
    const { faults } = judgeTest(plan, test, new Set());
    if (faults.length > 0) throw invalid(faults);
    await putTest(tx, { plan, personId: personIdOf(permit) }, test);
    await tellOfPlan(tx, permit, [{ did: "add", test: test.key, version: 1 }]);
    return { key: test.key, version: 1, isNewVersion: false };
  });

/**
 * Changes a test. What changes its substance makes a new version, and results of the older ones are
 * stale; words about it do not. `seen` is the state that was changed: another one is not overwritten.
 */
export const changeTest = (
  permit: Permit<"track.plan">,
  test: CatalogueTest,
  seen: string,
): Promise<Publication> =>
  changePlan(permit, async (tx, plan) => {
    const planned = findTest(plan, test.key);
    if (seenOf(planned) !== seen) {
      throw new Refusal(
        "conflict",
        "Somebody has changed this test since you opened it. Open its page in another window and take over what you need.",
      );
    }
    const { fate, fields, faults } = judgeTest(plan, test, await namesInUse(tx, plan));
    if (faults.length > 0) throw invalid(faults);
    const isNewVersion = fate === "newVersion";
    const version = planned.version + (isNewVersion ? 1 : 0);
    if (fate !== "unchanged") {
      await updateTest(tx, planned, { test, version, personId: personIdOf(permit) });
      await tellOfPlan(tx, permit, [
        { did: isNewVersion ? "publish" : `reword ${fields.join(", ")}`, test: test.key, version },
      ]);
    }
    return { key: test.key, version, isNewVersion };
  });

/** A plan is changed while the event is held alone: no result is placed by names that are changing. */
export function changePlan<T>(
  permit: Permit<"track.plan">,
  change: (tx: pg.PoolClient, plan: Plan) => Promise<T>,
): Promise<T> {
  return transaction(async (tx) => {
    await holdEvent(tx, permit);
    return change(tx, await readPlan(tx, permit.scope.trackId));
  });
}

export const namesInUse = (tx: pg.PoolClient, { trackId }: Plan) => readNamesInUse(tx, trackId);

export function findTest({ tests }: Plan, key: string): PlannedTest {
  const planned = tests.find(({ content }) => content.key === key);
  if (!planned) throw new Refusal("not_found", `No test '${key}' in this track.`);
  return planned;
}

export async function putTest(
  tx: pg.PoolClient,
  { plan, personId }: { plan: Plan; personId: string | null },
  test: CatalogueTest,
) {
  const id = await insertTest(tx, plan.trackId, test);
  await keepVersion(tx, { id, version: 1, test, personId });
}

/** The pointers are the test's; a form has its fields in `test`. */
const invalid = (faults: readonly { pointer: string; message: string }[]) =>
  new Refusal(
    "invalid",
    faults.map(({ message }) => message).join(" "),
    faults.map(({ pointer, message }) => ({ pointer: `/test${pointer}`, code: "unfit", message })),
  );
