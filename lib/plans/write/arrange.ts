import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { faultsOfTest, surroundingsOf } from "../rules";
import type { Direction } from "../schema";
import { tellOfPlan } from "./keep";
import { changePlan, findTest } from "./publish";

/** Takes a test out of the plan: it keeps the results that it has, takes no more, and its names are free. */
export const retireTest = (permit: Permit<"track.plan">, key: string): Promise<void> =>
  changePlan(permit, async (tx, plan) => {
    const planned = findTest(plan, key);
    if (planned.retired) throw new Refusal("conflict", `'${key}' is retired already.`);
    await tx.query("UPDATE test_case SET retired_at = now() WHERE id = $1", [planned.id]);
    await tellOfPlan(tx, permit, [{ did: "retire", test: key }]);
  });

/** Brings a retired test back, unless one of its names is another test's by now. */
export const bringBackTest = (permit: Permit<"track.plan">, key: string): Promise<void> =>
  changePlan(permit, async (tx, plan) => {
    const planned = findTest(plan, key);
    if (!planned.retired) throw new Refusal("conflict", `'${key}' is not retired.`);
    const [fault] = faultsOfTest(planned.content, surroundingsOf(plan, key));
    if (fault) throw new Refusal("conflict", fault.message);
    await tx.query("UPDATE test_case SET retired_at = NULL WHERE id = $1", [planned.id]);
    await tellOfPlan(tx, permit, [{ did: "bring back", test: key }]);
  });

/** Moves a test one place up or down in the plan; at its end it stays. */
export const moveTest = (
  permit: Permit<"track.plan">,
  key: string,
  direction: Direction,
): Promise<void> =>
  changePlan(permit, async (tx, plan) => {
    findTest(plan, key);
    const order = plan.tests.filter(({ retired }) => !retired);
    const from = order.findIndex(({ content }) => content.key === key);
    const to = from + (direction === "up" ? -1 : 1);
    const [moved, other] = [order[from], order[to]];
    if (!moved || !other) return;
    order[from] = other;
    order[to] = moved;
    await tx.query(
      "UPDATE test_case SET position = u.at FROM unnest($1::uuid[]) WITH ORDINALITY AS u (id, at) WHERE test_case.id = u.id",
      [order.map(({ id }) => id)],
    );
    await tellOfPlan(tx, permit, [{ did: `move ${direction}`, test: key }]);
  });
