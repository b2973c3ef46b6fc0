import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import { database, db } from "@/lib/db/client";
import type { Grid, Matrix } from "@/lib/matrices/schema";
import { matrixSchema } from "@/lib/matrices/schema";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { between, item, params, push, request } from "@/tests/factories/push";

const get = (event: MadeEvent, token: string, query = "", headers = {}) =>
  json(
    request(`events/${event.slug}/tracks/calls/matrix.json${query}`, "GET", { token, headers }),
    params({ eventSlug: event.slug, trackSlug: "calls" }),
  );
const matrixOf = async (event: MadeEvent, token: string, query = "") =>
  (await (await get(event, token, query)).json()) as Matrix;
const only = ({ grids }: Matrix): Grid => {
  const [grid] = grids;
  if (!grid || grids.length > 1) throw new Error(`${grids.length} grids`);
  return grid;
};

describe("the matrix of a track", () => {
  it("is as documented, with counts each inside the one before", async () => {
    const event = await makeEvent({
      entries: ["alpha", "beta", "gamma"].map((slug) => ({ slug })),
    });
    const token = await event.tokenOf(null);
    await push(event, token, [
      between("alpha", "beta"),
      between("alpha", "gamma", { outcome: "fail" }),
    ]);
    await push(event, await event.tokenOf("beta"), [between("beta", "gamma")]);
    await push(event, token, [between("alpha", "alpha")]);
    const matrix = await matrixOf(event, token);
    expect(matrixSchema.parse(matrix)).toEqual(matrix);
    const grid = only(matrix);
    expect(grid.roles).toEqual({ rows: "uac", columns: "uas", others: [] });
    expect(grid.counts).toEqual({
      possible: 12,
      applicable: 12,
      executed: 3,
      confirmed: 2,
      passed: 1,
    });
    expect(grid.cells).toHaveLength(4);
    expect(grid.cells.find((cell) => cell.row === 0 && cell.column === 1)).toMatchObject({
      state: "confirmed",
      outcome: "pass",
      sides: 2,
      sidesOf: 2,
      attempts: 1,
      overlays: [],
    });
  });

  it("has a grid for each role signature, and columns only where there are two roles", async () => {
    const tests = [
      makeTest("C-1"),
      makeTest("C-2", {
        kind: "solo",
        roles: [
          { key: "uas", min: 1, max: 1 },
          { key: "proxy", min: 0, max: 1 },
        ],
      }),
      makeTest("C-3", {
        kind: "group",
        roles: [
          { key: "proxy", min: 1, max: 1 },
          { key: "uas", min: 1, max: 1 },
          { key: "uac", min: 1, max: 1 },
        ],
      }),
    ];
    const entries = [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma", roles: ["proxy"] }];
    const event = await makeEvent({ tests, entries });
    const token = await event.tokenOf(null);
    const three = [
      { role: "uac", entry: "alpha" },
      { role: "uas", entry: "beta" },
      { role: "proxy", entry: "gamma" },
    ];
    await push(event, token, [
      item({ test: "C-2", parties: three.slice(1) }),
      item({ test: "C-3", parties: three }),
    ]);
    const { grids } = await matrixOf(event, token);
    expect(grids.map(({ roles, counts }) => [roles, counts])).toEqual([
      [
        { rows: "uac", columns: "uas", others: [] },
        { possible: 6, applicable: 2, executed: 0, confirmed: 0, passed: 0 },
      ],
      [
        { rows: "uas", columns: null, others: [] },
        { possible: 3, applicable: 2, executed: 1, confirmed: 1, passed: 1 },
      ],
      [
        { rows: "uac", columns: "uas", others: ["proxy"] },
        { possible: 6, applicable: 2, executed: 1, confirmed: 1, passed: 1 },
      ],
    ]);
    expect(grids[1]?.cells).toMatchObject([{ column: null, others: { proxy: "gamma" } }]);
    expect(grids[2]?.cells).toMatchObject([{ others: { proxy: "gamma" } }]);
  });

  it("counts a non-directional pair once, whoever is told first", async () => {
    const event = await makeEvent({ tests: [makeTest("C-1", { directional: false })] });
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta"), between("beta", "alpha")]);
    const grid = only(await matrixOf(event, token));
    expect(grid.counts).toMatchObject({ possible: 1, applicable: 1, executed: 1 });
    expect(grid.cells).toMatchObject([{ attempts: 2 }]);
  });

  it("shows a cell as stale once another build or another version of the test is current", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta"), between("alpha", "beta", { test: "C-2" })]);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-1" },
      data: { version: 2 },
    });
    const overlays = async () =>
      only(await matrixOf(event, token)).cells.map((cell) => "overlays" in cell && cell.overlays);
    expect(await overlays()).toEqual([["stale"], []]);
    await push(event, token, [
      item({
        test: "C-2",
        parties: [
          { role: "uac", entry: "beta", build: "9.9" },
          { role: "uas", entry: "alpha" },
        ],
      }),
    ]);
    expect(await overlays()).toEqual([["stale"], ["stale"], []]);
  });

  it("is narrowed by filters, each telling its own counts", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    await push(event, token, [
      between("alpha", "beta"),
      between("beta", "alpha", { outcome: "fail" }),
      between("alpha", "beta", { test: "C-2" }),
    ]);
    const cells = async (query: string) => only(await matrixOf(event, token, query)).cells.length;
    expect(await cells("?test=C-1")).toBe(2);
    expect(await cells("?outcome=fail,timeout")).toBe(1);
    expect(await cells("?rows=alpha&columns=beta")).toBe(2);
    expect(await cells("?entry=beta&state=confirmed&outcome=pass&test=C-2")).toBe(1);
    expect(await cells("?state=disputed")).toBe(0);
    const narrowed = only(await matrixOf(event, token, "?rows=beta"));
    expect(narrowed.rows.map(({ entry }) => entry)).toEqual(["beta"]);
    expect(narrowed.counts).toMatchObject({ executed: 1, passed: 0 });
    expect((await get(event, token, "?state=green")).status).toBe(422);
  });

  it("answers 304 to who has it, until something changes", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    const tag = (await get(event, token)).headers.get("etag") ?? "";
    expect((await get(event, token, "", { "if-none-match": tag })).status).toBe(304);
    await push(event, token, [between("alpha", "beta")]);
    expect((await get(event, token, "", { "if-none-match": tag })).status).toBe(200);
  });

  it("is told apart from what an older transaction, still open then, has changed in it since", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta")]);
    const older = await database().pool.connect();
    try {
      await older.query("BEGIN");
      await older.query("SELECT pg_current_xact_id()");
      await push(event, token, [between("beta", "alpha")]);
      const tag = (await get(event, token)).headers.get("etag") ?? "";
      expect((await get(event, token, "", { "if-none-match": tag })).status).toBe(304);
      await older.query(
        "UPDATE cell SET outcome = 'fail', xid = pg_current_xact_id() WHERE track_id = $1 AND row_number = 1",
        [event.trackId],
      );
      await older.query("COMMIT");
      expect((await get(event, token, "", { "if-none-match": tag })).status).toBe(200);
      const now = (await get(event, token)).headers.get("etag") ?? "";
      expect((await get(event, token, "", { "if-none-match": now })).status).toBe(304);
    } finally {
      older.release();
    }
  });

  it("has one tag for each query, and another one for who sees something else", async () => {
    const event = await makeEvent({ restricted: true });
    await push(event, await event.tokenOf(null), [between("alpha", "beta")]);
    const tagOf = async (entry: string | null, query = "") =>
      (await get(event, await event.tokenOf(entry), query)).headers.get("etag");
    const tags = await Promise.all([
      tagOf("alpha"),
      tagOf("beta"),
      tagOf(null),
      tagOf(null, "?test=C-1"),
    ]);
    expect(new Set(tags).size).toBe(4);
  });

  it("can be drawn as it was at an earlier position", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await push(event, token, [between("alpha", "beta", { outcome: "fail" })]);
    const before = await matrixOf(event, token);
    await push(event, token, [
      between("alpha", "beta", { startedAt: "2026-11-20T12:00:00Z" }),
      between("alpha", "beta", { test: "C-2" }),
    ]);
    expect(only(await matrixOf(event, token)).cells).toMatchObject([
      { outcome: "pass" },
      { outcome: "pass" },
    ]);
    const then = await matrixOf(event, token, `?asOf=${before.asOf}`);
    expect(then.grids).toEqual(before.grids);
    for (const none of ["yesterday", "090", "9".repeat(20)]) {
      expect((await get(event, token, `?asOf=${none}`)).status).toBe(422);
    }
  });

  it("has a compact form: one character per row, column and test", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await push(event, token, [
      between("alpha", "beta"),
      between("beta", "alpha", { test: "C-2", outcome: "timeout" }),
    ]);
    const compact = (await (await get(event, token, "?encoding=compact")).json()) as {
      grids: { cells: string }[];
      legend: Record<string, string>;
    };
    expect(compact.grids.map(({ cells }) => cells)).toEqual(["..p..t.."]);
    expect(compact.legend).toMatchObject({
      p: "reported: pass",
      T: "confirmed or settled: timeout",
      ".": "untested",
    });
  });

  it("has a CSV twin that no spreadsheet takes for formulas", async () => {
    const event = await makeEvent({
      tests: [makeTest("C-1", { variants: { alg: ["a=b"].map(() => "x/1") } })],
    });
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta")]);
    await db.build.updateMany({
      where: { entry: { eventId: event.eventId, slug: "alpha" } },
      data: { label: "=1+1" },
    });
    const response = await csv(
      request(`events/${event.slug}/tracks/calls/matrix.csv`, "GET", { token }),
      params({ eventSlug: event.slug, trackSlug: "calls" }),
    );
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head, row, end] = (await response.text()).split("\r\n");
    expect(head?.split(",").slice(0, 7)).toEqual([
      "track",
      "test",
      "test_version",
      "variant",
      "row_role",
      "row_entry",
      "row_build",
    ]);
    expect(
      row?.startsWith(
        "calls,C-1,1,alg=x/1,uac,alpha,'=1+1,uas,beta,1.0,,confirmed,pass,2,2,1,,2026-11-20T10:00:01.000Z,http://localhost:3000/events/",
      ),
    ).toBe(true);
    expect(end).toBe("");
  });
});
