import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultsOf } from "@/lib/core/faults";
import { itemProblem } from "@/lib/results/rules";
import { itemSchema, OUTCOMES } from "@/lib/results/schema";
import { parseItems } from "@/lib/results/write/parse";

const RUN = "0190c2a4-0000-7000-8000-000000000001";

const party = fc.record(
  {
    role: fc.constantFrom("uac", "uas", "Not a role"),
    entry: fc.constantFrom("alpha", "beta", "gamma"),
    build: fc.constantFrom<unknown>("1.0", "", 7),
    stage: fc.constantFrom("answered", "\u0000"),
  },
  { requiredKeys: ["role", "entry"] },
);
// Few, so that a batch has the same list of parties again and again, as batches have.
const parties = fc.oneof(
  fc.array(party, { maxLength: 2 }),
  fc.constantFrom<unknown>(null, "alpha", []),
);
const MOMENTS = [
  "2026-11-20T09:00:00Z",
  "2026-11-20T09:00:00.000Z",
  "2026-11-20T10:00:00.5+01:00",
  "1969-12-31T23:59:59.999Z",
  "9999-01-01T00:00:00.000Z",
  "2026-02-30T09:00:00.000Z",
];
const ids = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.constant("1"),
);
const item = fc.record(
  {
    id: ids,
    test: fc.constantFrom("C-1", "C-2", ""),
    outcome: fc.constantFrom(...OUTCOMES),
    startedAt: fc.constantFrom(...MOMENTS),
    parties,
    odd: fc.constant(1),
    supersedes: fc.constant(null),
  },
  { requiredKeys: ["id", "test", "outcome", "startedAt"] },
);

describe("the items of a batch", () => {
  it("are each parsed as they would be alone, however alike they are", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const { good, bad } = parseItems(items, RUN);
        const alone = items.map((raw) => itemSchema.safeParse(raw));
        expect(good.map((one) => [one.at, JSON.stringify(one.item)])).toEqual(
          alone.flatMap(({ data }, at) => (data ? [[at, JSON.stringify(data)]] : [])),
        );
        expect(bad.map(({ problem }) => problem)).toEqual(
          alone.flatMap(({ error }, at) => {
            const [fault] = error ? faultsOf(error) : [];
            return fault ? [itemProblem(at, fault)] : [];
          }),
        );
      }),
    );
  });

  it("have the same digest when they say the same, in whatever words", () => {
    const said = {
      id: "0190C2A4-0000-7000-8000-00000000000A",
      test: "C-1",
      outcome: "pass",
      startedAt: "2026-11-20T10:00:00+01:00",
    };
    const again = {
      startedAt: "2026-11-20T09:00:00.000Z",
      outcome: "pass",
      test: "C-1",
      attempt: 1,
      id: said.id.toLowerCase(),
    };
    const { good } = parseItems([said, again, { ...said, outcome: "fail" }], RUN);
    const [first, second, third] = good.map(({ digest }) => digest);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});
