import fc from "fast-check";
import { expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { db } from "@/lib/db/client";
import { callAs, makeLead } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";

const aSaying = fc.record({
  by: fc.constantFrom("alpha" as const, "beta" as const),
  outcome: fc.constantFrom("pass", "fail", "error"),
  build: fc.constantFrom("1.0", "2.0"),
  minute: fc.integer({ min: 10, max: 59 }),
});
type Said = { by: "alpha" | "beta"; outcome: string; build: string; minute: number };
const aStep = fc.oneof(
  { weight: 4, arbitrary: aSaying },
  { weight: 1, arbitrary: fc.constantFrom("settle" as const, "take back" as const) },
);

const cellsOf = ({ eventId }: MadeEvent) => db.cell.findMany({ where: { eventId } });

type Step = "settle" | "take back" | Said;
type Stage = {
  event: MadeEvent;
  lead: Awaited<ReturnType<typeof callAs>>;
  tokens: Record<"alpha" | "beta", string>;
};

async function rule({ event, lead }: Stage, step: "settle" | "take back") {
  const [cell] = await cellsOf(event);
  const where = { eventSlug: event.slug, trackSlug: "calls", cellId: cell?.id ?? "" };
  if (step === "settle" && cell?.state === "disputed") {
    await lead.rulings.settle({
      ...where,
      ruling: { outcome: "degraded", cause: "unknown", reason: "So.", attempts: cell.attempts },
    });
  }
  if (step === "take back" && cell?.rulingId) {
    await lead.rulings.takeBack({ ...where, takingBack: { reason: "No." } });
  }
}

async function say({ event, tokens }: Stage, { by, outcome, build, minute }: Said) {
  const parties = [
    { role: "uac", entry: "alpha", build },
    { role: "uas", entry: "beta", build: "1.0" },
  ];
  const startedAt = `2026-11-20T10:${minute}:00Z`;
  await push(event, tokens[by], [item({ outcome, parties, startedAt })]);
}

const take = (stage: Stage, step: Step) =>
  typeof step === "string" ? rule(stage, step) : say(stage, step);

it("with rulings between the results, the cells rebuilt are those that were kept", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 16 }), async (steps) => {
      const event = await makeEvent();
      const lead = await callAs(await makeLead(event.trackId));
      const tokens = { alpha: await event.tokenOf("alpha"), beta: await event.tokenOf("beta") };
      for (const step of steps) await take({ event, lead, tokens }, step);
      const kept = await cellsOf(event);
      await rebuildCells(
        grant({ kind: "operator" }, "event.prepare", await loadScope(event.slug, undefined)),
      );
      expect(await cellsOf(event)).toEqual(kept);
    }),
    { numRuns: 15 },
  );
});
