import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";

const cellsOf = (eventId: string) =>
  db.cell.findMany({ where: { eventId }, omit: { id: true }, orderBy: { testNumber: "asc" } });

describe("a result that names", () => {
  it("an unknown test or an undeclared variant is kept as unmapped", async () => {
    const event = await makeEvent({
      tests: [makeTest("C-1", { variants: { alg: ["md5", "sha"] } })],
    });
    const reply = await push(event, await event.tokenOf("alpha"), [
      item({ test: "what is this?" }),
      item({ variant: { alg: "crc" } }),
      item({ variant: {} }),
      item({ variant: { alg: "sha" } }),
    ]);
    expect(reply).toMatchObject({ status: 200, accepted: 4, unmapped: 3 });
    expect(reply.items.map(({ unmapped }) => unmapped ?? false)).toEqual([true, true, true, false]);
    expect(await cellsOf(event.eventId)).toMatchObject([{ variant: { alg: "sha" } }]);
  });

  it("an unknown test is refused where the event is set to", async () => {
    const event = await makeEvent();
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { unmappedNames: "refuse", catalogueVersion: { increment: 1 } },
    });
    const reply = await push(event, await event.tokenOf("alpha"), [item({ test: "C-l" })]);
    expect(reply.items[0]?.problem).toEqual({
      code: "unknown_test",
      pointer: "/items/0/test",
      detail: "No test 'C-l' in this track. Did you mean 'C-1'?",
      retryable: false,
    });
  });

  it("an unknown build makes it, unverified; one that names none means the current", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const parties = [
      { role: "uac", entry: "alpha", build: "2.0-rc1" },
      { role: "uas", entry: "beta" },
    ];
    expect(
      await push(event, token, [item({ parties }), item({ parties, test: "C-2" })]),
    ).toMatchObject({ accepted: 2 });
    const alpha = await db.entry.findFirstOrThrow({
      where: { eventId: event.eventId, slug: "alpha" },
      include: { builds: { orderBy: { label: "asc" } }, currentBuild: true },
    });
    expect(alpha.builds.map(({ label, verified }) => [label, verified])).toEqual([
      ["1.0", true],
      ["2.0-rc1", false],
    ]);
    expect(alpha.currentBuild?.label).toBe("2.0-rc1");
    await push(event, token, [item()]);
    expect(
      await db.entry.findUnique({ where: { id: alpha.id }, select: { currentBuildId: true } }),
    ).toEqual({
      currentBuildId: alpha.currentBuildId,
    });
  });
});
