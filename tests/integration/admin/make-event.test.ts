import { expect, it } from "vitest";
import { makeEvent } from "@/lib/admin/make-event";
import { db } from "@/lib/db/client";

it("the operator makes the first event of a series, with the tracks of the catalogue, once", async () => {
  const flags = { event: "first-01", series: "first", name: "First'01" };
  expect(await makeEvent(flags)).toContain("made first-01, a draft with 6 tracks");
  await expect(makeEvent(flags)).rejects.toThrow("There is an event 'first-01' already.");
  const made = await db.interopEvent.findUniqueOrThrow({
    where: { slug: "first-01" },
    include: { series: true, _count: { select: { tracks: true, entries: true } } },
  });
  expect(made).toMatchObject({
    label: "First'01",
    phase: "draft",
    series: { slug: "first" },
    _count: { tracks: 6, entries: 0 },
  });
  await expect(makeEvent({ event: "second-01", name: "x" })).rejects.toThrow(
    "--series is missing.",
  );
});
