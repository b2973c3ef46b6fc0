import { beforeAll, describe, expect, it } from "vitest";
import { callAs, makeMember, makeOrganizer } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { between, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const pageOf = async (event: MadeEvent, view: Record<string, string[]> = {}, asOf?: string) =>
  (await callAs(await makeOrganizer(event.eventId))).matrices.page({
    eventSlug: event.slug,
    trackSlug: "calls",
    view,
    asOf,
  });

const say = async (event: MadeEvent) =>
  push(event, await event.tokenOf(null), [
    between("alpha", "beta"),
    between("alpha", "gamma", { outcome: "fail" }),
    between("gamma", "beta"),
  ]);

const named = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

describe("what a page gets of a small track", () => {
  it("is all of it", async () => {
    const event = await makeEvent({ entries: named });
    await say(event);
    const { told, matrix } = await pageOf(event, { rows: ["alpha"] });
    expect(told).toBe("all");
    expect(matrix.grids[0]?.cells).toHaveLength(3);
  });
});

describe("what a page gets of a track too large for a table", () => {
  let event: MadeEvent;
  beforeAll(async () => {
    const more = Array.from({ length: 43 }, (_, at) => ({ slug: `e-${at}` }));
    event = await makeEvent({ entries: [...named, ...more], tests: [makeTest("C-1")] });
    await push(event, await event.tokenOf(null), [
      between("alpha", "beta", { test: "C-1" }),
      between("alpha", "gamma", { test: "C-1", outcome: "fail" }),
      between("gamma", "beta", { test: "C-1" }),
    ]);
  });

  it("is its axes, and no cell", async () => {
    const { told, matrix } = await pageOf(event);
    expect(told).toBe("axes");
    const [grid] = matrix.grids;
    expect([grid?.rows.length, grid?.columns.length, grid?.cells.length]).toEqual([46, 46, 0]);
    expect(grid?.counts.applicable).toBe(46 * 45);
  });

  it("is the cells on the axes asked for, with the numbers of the whole", async () => {
    const cellsOf = async (view: Record<string, string[]>) => {
      const { told, matrix } = await pageOf(event, view);
      const [grid] = matrix.grids;
      expect([told, grid?.counts.executed, grid?.counts.passed]).toEqual(["part", 3, 2]);
      return grid?.cells.map(({ row, column }) =>
        [grid.rows[row]?.entry, grid.columns[column ?? 0]?.entry].join(" "),
      );
    };
    expect(await cellsOf({ rows: ["alpha"] })).toEqual(["alpha beta", "alpha gamma"]);
    expect(await cellsOf({ columns: ["beta"] })).toEqual(["alpha beta", "gamma beta"]);
    expect(await cellsOf({ entry: ["gamma"] })).toEqual(["alpha gamma", "gamma beta"]);
    expect(await cellsOf({ rows: ["nobody"] })).toEqual([]);
  });

  it("takes a number of queries that does not grow with it", async () => {
    const caller = await callAs(await makeOrganizer(event.eventId));
    const ask = (view: Record<string, string[]>) => () =>
      caller.matrices.page({ eventSlug: event.slug, trackSlug: "calls", view });
    const whole = await queriesOf(ask({}));
    expect(await queriesOf(ask({ rows: ["alpha"] }))).toBe(whole + 2);
  });
});

describe("what a page gets of an earlier moment", () => {
  it("is the matrix as it was then, and when it last changed", async () => {
    const event = await makeEvent({ entries: named });
    await say(event);
    const before = await pageOf(event);
    expect(before.lastChangeAt).toBeNull();
    await push(event, await event.tokenOf(null), [between("beta", "gamma")]);
    expect((await pageOf(event)).matrix.grids[0]?.cells).toHaveLength(4);
    const then = await pageOf(event, {}, before.matrix.asOf);
    expect(then.matrix).toMatchObject({ asOf: before.matrix.asOf, grids: before.matrix.grids });
    expect(Date.parse(then.lastChangeAt ?? "")).toBeLessThanOrEqual(Date.now());
    expect((await pageOf(event, {}, "0")).matrix.grids[0]?.cells).toEqual([]);
  });

  it("of a large track is what the view asks for of it", async () => {
    const more = Array.from({ length: 43 }, (_, at) => ({ slug: `e-${at}` }));
    const event = await makeEvent({ entries: [...named, ...more], tests: [makeTest("C-1")] });
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta", { test: "C-1" })]);
    const { asOf } = (await pageOf(event)).matrix;
    await push(event, token, [between("alpha", "gamma", { test: "C-1" })]);
    const cellsOf = async (view: Record<string, string[]>, at?: string) =>
      (await pageOf(event, view, at)).matrix.grids[0]?.cells.length;
    expect(await cellsOf({ rows: ["alpha"] })).toBe(2);
    expect(await cellsOf({ rows: ["alpha"] }, asOf)).toBe(1);
    expect(await cellsOf({ rows: ["gamma"] }, asOf)).toBe(0);
    expect(await pageOf(event, {}, asOf)).toMatchObject({ told: "axes", matrix: { asOf } });
  });

  it("does not tell a party of a restricted track when others' cells changed", async () => {
    const event = await makeEvent({ entries: named, restricted: true });
    await say(event);
    const { asOf } = (await pageOf(event)).matrix;
    const party = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const where = { eventSlug: event.slug, trackSlug: "calls", view: {}, asOf };
    expect(await party.matrices.page(where)).toMatchObject({ lastChangeAt: null });
  });

  it("is refused where it is no position", async () => {
    const event = await makeEvent({ entries: named });
    await expect(pageOf(event, {}, "090")).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
