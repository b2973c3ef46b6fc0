import { describe, expect, it } from "vitest";
import { Refusal } from "@/lib/core/refusal";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import {
  type File,
  fileAs,
  fileAsAgent,
  makeCapture,
  pushNaming,
  sendFile,
} from "@/tests/factories/evidence";
import { codeOf } from "@/tests/factories/own-entry";
import { declareRun } from "@/tests/factories/push";

const THREE = { entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }] };
const pair = (uac: string, uas: string) => ({
  parties: [
    { role: "uac", entry: uac },
    { role: "uas", entry: uas },
  ],
});

const statusAs = (personId: string | null, event: MadeEvent, { sha256 }: File) =>
  fileAs(personId, event, sha256).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof Refusal ? error.status : Promise.reject(error)),
  );

/** As `plugfest push --evidence` sends it: one capture of a whole run, named by each of its results. */
async function pushSweep(event: MadeEvent, token: string, pairs: [string, string][]) {
  const capture = makeCapture(event.slug);
  const run = await declareRun(event, token);
  for (const [uac, uas] of pairs) await pushNaming(event, { token, run }, capture, pair(uac, uas));
  await sendFile(event, token, run, capture);
  return capture;
}

const publish = ({ eventId }: MadeEvent, agreeing: string[]) =>
  db.$transaction([
    db.interopEvent.update({ where: { id: eventId }, data: { phase: "published" } }),
    db.entry.updateMany({
      where: { eventId, slug: { in: agreeing } },
      data: { consentNamed: true, consentPassing: true },
    }),
  ]);

const cellWith = async ({ trackId, entryIds }: MadeEvent, entry: string) => {
  const cells = await db.cell.findMany({ where: { trackId, latestAt: { not: null } } });
  const id = entryIds[entry] ?? "";
  return cells.find(({ parties }) => JSON.stringify(parties).includes(id))?.id ?? "";
};

describe("a capture that several results name", () => {
  it("is no visitor's after publication while one of them is withheld", async () => {
    const event = await makeEvent(THREE);
    const capture = await pushSweep(event, await event.tokenOf(null), [
      ["alpha", "beta"],
      ["alpha", "gamma"],
    ]);
    await publish(event, ["alpha", "beta"]);
    expect(await statusAs(null, event, capture)).toBe(404);
    const where = { eventSlug: event.slug, trackSlug: "calls" };
    const visitor = await callAs(null);
    const { sha256 } = capture;
    expect(await codeOf(visitor.evidence.bySum({ eventSlug: event.slug, sha256 }))).toBe(
      "NOT_FOUND",
    );
    const cellId = await cellWith(event, "beta");
    expect(await visitor.evidence.byCell({ ...where, cellId })).toEqual([]);
    // Who takes part sees all of it.
    const gamma = await makeMember(event.entryIds.gamma ?? "");
    expect(await statusAs(gamma, event, capture)).toBe(200);
    expect(await (await callAs(gamma)).evidence.byCell({ ...where, cellId })).toHaveLength(1);
    await publish(event, ["gamma"]);
    expect(await statusAs(null, event, capture)).toBe(200);
    expect(await visitor.evidence.byCell({ ...where, cellId })).toHaveLength(1);
  });

  it("is no visitor's while one of them is not mapped, and who takes part has it", async () => {
    const event = await makeEvent(THREE);
    const token = await event.tokenOf(null);
    const capture = await pushSweep(event, token, [["alpha", "beta"]]);
    const run = await declareRun(event, token);
    await pushNaming(event, { token, run }, capture, { test: "nobody's" });
    const gamma = await makeMember(event.entryIds.gamma ?? "");
    expect(await statusAs(gamma, event, capture)).toBe(200);
    await publish(event, ["alpha", "beta"]);
    expect(await statusAs(gamma, event, capture)).toBe(200);
    expect(await statusAs(null, event, capture)).toBe(404);
  });

  it("is in a restricted track only for a party of all of them, its owners, leads and organizers", async () => {
    const event = await makeEvent({ ...THREE, restricted: true });
    const token = await event.tokenOf(null);
    const capture = await pushSweep(event, token, [
      ["alpha", "beta"],
      ["alpha", "gamma"],
    ]);
    const member = (entry: string) => makeMember(event.entryIds[entry] ?? "");
    expect(await statusAs(await member("alpha"), event, capture)).toBe(200);
    expect(await statusAs(await member("beta"), event, capture)).toBe(404);
    expect(await statusAs(await makeLead(event.trackId), event, capture)).toBe(200);
    expect((await fileAsAgent(token, capture.sha256)).status).toBe(200);
    expect((await fileAsAgent(await event.tokenOf("gamma"), capture.sha256)).status).toBe(404);
    const where = { eventSlug: event.slug, trackSlug: "calls" };
    const cellId = await cellWith(event, "beta");
    const beta = await callAs(await member("beta"));
    expect(await beta.evidence.byCell({ ...where, cellId })).toEqual([]);
  });

  it("and that another entry has sent too is judged by what each of them says of it", async () => {
    const event = await makeEvent(THREE);
    const capture = await pushSweep(event, await event.tokenOf(null), [
      ["alpha", "beta"],
      ["alpha", "gamma"],
    ]);
    await publish(event, ["alpha", "beta"]);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "testing" } });
    const token = await event.tokenOf("alpha");
    const run = await declareRun(event, token);
    await pushNaming(event, { token, run }, capture, pair("alpha", "beta"));
    await sendFile(event, token, run, capture);
    await publish(event, []);
    expect(await statusAs(null, event, capture)).toBe(200);
  });
});
