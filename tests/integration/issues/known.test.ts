import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { db } from "@/lib/db/client";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { callAs, makeLead, makeMember } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { failedCell, raised } from "@/tests/factories/issue";
import { item, push } from "@/tests/factories/push";

const operator = { kind: "operator" } as const;

async function made() {
  const event = await makeEvent();
  const leadId = await makeLead(event.trackId);
  const cell = await failedCell(event);
  const number = await raised(event, leadId, { cell, track: "", target: "beta" });
  const me = await callAs(leadId);
  const where = { eventSlug: event.slug, number };
  const be = (state: "known" | "open") => me.issues.changeState({ ...where, change: { state } });
  const track = { eventSlug: event.slug, trackSlug: "calls" };
  const matrix = async () => (await me.matrices.byTrack(track)).matrix;
  const overlays = async () =>
    (await matrix()).grids.flatMap(({ cells }) =>
      cells.flatMap((one) => ("overlays" in one ? one.overlays : [])),
    );
  return { event, leadId, cell, number, me, where, be, track, matrix, overlays };
}

describe("a known issue", () => {
  it("marks its cells, in the matrix, on their pages and in the log, and unmarks them", async () => {
    const { event, cell, me, be, overlays, track } = await made();
    expect(await overlays()).toEqual([]);
    await be("known");
    expect(await overlays()).toEqual(["knownIssue"]);
    expect(await me.results.cell({ ...track, cellId: cell })).toMatchObject({ knownIssue: true });
    const log = await db.eventLog.findMany({
      where: { eventId: event.eventId, kind: "cell" },
      orderBy: { id: "asc" },
    });
    expect(log.at(-1)).toMatchObject({
      trackId: event.trackId,
      subject: cell,
      detail: { state: "confirmed", outcome: "fail", knownIssue: true, attempts: 1, sidesOf: 2 },
    });
    expect(Object.keys(log.at(-1)?.detail ?? {}).sort()).toEqual(
      Object.keys(log[0]?.detail ?? {}).sort(),
    );
    await be("open");
    expect(await overlays()).toEqual([]);
  });

  it("reaches a matrix that is open", async () => {
    const { leadId, cell, be, track, matrix } = await made();
    const { version, sight } = await (await callAs(leadId)).matrices.byTrack(track);
    const gone = new AbortController();
    const reader = await callAs(leadId, { signal: gone.signal });
    const { asOf } = await matrix();
    const changes = await reader.matrices.onChange({ ...track, horizon: asOf, version, sight });
    const heard = changes[Symbol.asyncIterator]();
    const next = heard.next();
    await be("known");
    expect((await next).value).toMatchObject([
      expect.any(String),
      { cells: [{ test: "C-1", cell: { id: cell, overlays: ["knownIssue"] } }], cleared: [] },
      expect.anything(),
    ]);
    gone.abort();
    await heard.return?.();
  });

  it("stays on the cell while another issue explains it, and while results come and it is rebuilt", async () => {
    const { event, leadId, cell, me, be, overlays, matrix } = await made();
    await be("known");
    const second = await raised(event, leadId, { cell, track: "" });
    const at = { eventSlug: event.slug, number: second };
    await me.issues.changeState({ ...at, change: { state: "known" } });
    await be("open");
    expect(await overlays()).toEqual(["knownIssue"]);
    await push(event, await event.tokenOf(null), [item({ startedAt: "2026-11-20T11:00:00.000Z" })]);
    const { asOf } = await matrix();
    expect(await overlays()).toEqual(["flaky", "knownIssue"]);
    const permit = grant(operator, "event.prepare", await loadScope(event.slug, undefined));
    await rebuildCells(permit);
    expect(await overlays()).toEqual(["flaky", "knownIssue"]);
    await me.issues.removeCell({ ...at, cell });
    expect(await overlays()).toEqual(["flaky"]);
    const view = grant(operator, "matrix.view", await loadScope(event.slug, "calls"));
    const then = (await loadMatrix(view, "calls", asOf)).matrix.grids[0]?.cells[0];
    expect(then).toMatchObject({ overlays: ["flaky", "knownIssue"] });
  });

  it("marks a cell that is put to it later", async () => {
    const { event, me, where, be, overlays } = await made();
    await be("known");
    const other = await failedCell(event, "beta", "alpha");
    expect(await overlays()).toEqual(["knownIssue"]);
    await me.issues.addCell({ ...where, cell: other });
    expect(await overlays()).toEqual(["knownIssue", "knownIssue"]);
  });

  it("is marked once and for all, however many change at once", async () => {
    const { event, leadId, cell, me, overlays } = await made();
    const numbers = await Promise.all(
      Array.from({ length: 4 }, () => raised(event, leadId, { cell, track: "" })),
    );
    const all = (state: "known" | "open") =>
      Promise.all(
        numbers.map((number) =>
          me.issues.changeState({ eventSlug: event.slug, number, change: { state } }),
        ),
      );
    await Promise.all([all("known"), push(event, await event.tokenOf(null), [item()])]);
    expect(await overlays()).toContain("knownIssue");
    await all("open");
    expect(await overlays()).not.toContain("knownIssue");
  });
});

describe("a build that carries the fix", () => {
  const fixed = async () => {
    const it = await made();
    const memberId = await makeMember(it.event.entryIds.beta ?? "");
    const member = await callAs(memberId);
    const entry = { eventSlug: it.event.slug, entrySlug: "beta" };
    const names = (label: string, commit?: string) =>
      member.entries.addBuild({ ...entry, build: { label, ...(commit ? { commit } : {}) } });
    const retests = async () => (await member.issues.byNumber(it.where)).retests;
    return { ...it, memberId, member, entry, names, retests };
  };
  const offer = (cellId: string, number: number, build: string) => ({
    ...{ number, cellId, build, track: "calls", test: "C-1", entry: "beta", testedBuild: "1.0" },
  });

  it("offers a retest of the cells that were tested on another one, there and on their pages", async () => {
    const { cell, number, me, where, track, member, names, retests } = await fixed();
    await me.issues.changeState({
      ...where,
      change: { state: "fixedLive", commit: "75a168a9" },
    });
    expect(await retests()).toEqual([]);
    await names("1.1", "1234567890");
    expect(await retests()).toEqual([]);
    await names("1.2", "75A168A9f00dcafe");
    expect(await retests()).toEqual([offer(cell, number, "1.2")]);
    const ofCell = await member.issues.ofCell({ ...track, cellId: cell });
    expect(ofCell.retests).toEqual([offer(cell, number, "1.2")]);
    // Another build is current again.
    await names("1.3");
    expect(await retests()).toEqual([]);
  });

  it("offers it for the build that was named, until it has been tested", async () => {
    const { event, cell, number, me, where, entry, member, names, retests } = await fixed();
    await names("2.0");
    const { builds } = await me.issues.byNumber(where);
    const fixedIn = builds.find(({ label }) => label === "2.0")?.id ?? "";
    await me.issues.changeState({ ...where, change: { state: "fixedLive", fixedIn } });
    expect(await retests()).toEqual([offer(cell, number, "2.0")]);
    await push(event, await event.tokenOf(null), [
      item({
        startedAt: "2026-11-20T12:00:00.000Z",
        parties: [
          { role: "uac", entry: "alpha", build: "1.0" },
          { role: "uas", entry: "beta", build: "2.0" },
        ],
      }),
    ]);
    expect(await retests()).toEqual([]);
    await member.entries.makeCurrent({ ...entry, label: "1.0" });
    expect(await retests()).toEqual([]);
  });

  it("offers nothing to those who do not take part, nor for what is not to be mended", async () => {
    const { event, me, where, names, retests } = await fixed();
    await names("2.0", "75a168a9");
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { visibility: "public" },
    });
    await me.issues.addLink({ ...where, link: { kind: "commit", what: "75a168a9" } });
    expect(await retests()).toHaveLength(1);
    const visitor = await callAs(null);
    expect((await visitor.issues.byNumber(where)).retests).toEqual([]);
    await me.issues.changeState({ ...where, change: { state: "invalid" } });
    expect(await retests()).toEqual([]);
  });
});
