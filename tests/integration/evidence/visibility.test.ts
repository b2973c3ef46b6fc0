import { describe, expect, it } from "vitest";
import { loadPersonActor } from "@/lib/auth/actor";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { Refusal } from "@/lib/core/refusal";
import { db } from "@/lib/db/client";
import { listCellEvidence } from "@/lib/evidence/read/cell";
import { findHeld } from "@/lib/evidence/read/held";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import {
  type File,
  fileAs,
  fileAsAgent,
  makeCapture,
  makeFile,
  offerOf,
  pushNaming,
  pushWithFile,
  sendFile,
} from "@/tests/factories/evidence";
import { codeOf } from "@/tests/factories/own-entry";
import { declareRun } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const THREE = { entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }] };
const secret = (slug: string) =>
  makeFile(
    `REGISTER sip:x SIP/2.0\nCall-ID: ${slug}\nAuthorization: Digest response="c0ffee"\n`,
    "sip",
    "reg.txt",
  );

/** Everybody who may ask, in an event with an entry gamma that is no party. */
async function everybody(event: MadeEvent) {
  return {
    alpha: await makeMember(event.entryIds.alpha ?? ""),
    beta: await makeMember(event.entryIds.beta ?? ""),
    gamma: await makeMember(event.entryIds.gamma ?? ""),
    lead: await makeLead(event.trackId),
    organizer: await makeOrganizer(event.eventId),
    stranger: await makePerson("Stranger"),
    visitor: null,
  };
}

async function answers(event: MadeEvent, file: File): Promise<Record<string, number>> {
  const told: Record<string, number> = {};
  for (const [who, personId] of Object.entries(await everybody(event))) {
    const asked = fileAs(personId, event, file.sha256).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof Refusal ? error.status : Promise.reject(error)),
    );
    told[who] = await asked;
  }
  return told;
}

const cellOf = async ({ trackId }: MadeEvent) =>
  (await db.cell.findFirstOrThrow({ where: { trackId, latestAt: { not: null } } })).id;

describe("a file goes to whom its result is visible", () => {
  it("a capture to everybody who takes part, the original of a text to its owners alone", async () => {
    const event = await makeEvent(THREE);
    const token = await event.tokenOf("alpha");
    const capture = makeCapture(event.slug);
    await pushWithFile(event, token, capture);
    const insiders = { alpha: 200, beta: 200, gamma: 200, lead: 200, organizer: 200 };
    // In an event that is not open, strangers do not get past the gate.
    expect(await answers(event, capture)).toEqual({ ...insiders, stranger: 403, visitor: 401 });
    const text = secret(event.slug);
    await pushWithFile(event, token, text);
    expect(await answers(event, text)).toEqual({
      ...insiders,
      beta: 403,
      gamma: 403,
      stranger: 403,
      visitor: 401,
    });
    expect((await fileAsAgent(token, text.sha256)).status).toBe(200);
    expect((await fileAsAgent(await event.tokenOf("beta"), text.sha256)).status).toBe(403);
    expect((await fileAsAgent(await event.tokenOf("beta"), capture.sha256)).status).toBe(200);
  });

  it("in a restricted track to its parties, leads and organizers, and does not exist for others", async () => {
    const event = await makeEvent({ ...THREE, restricted: true, visibility: "public" });
    const capture = makeCapture(event.slug);
    await pushWithFile(event, await event.tokenOf("alpha"), capture);
    const hidden = { gamma: 404, stranger: 404, visitor: 404 };
    expect(await answers(event, capture)).toEqual({
      ...{ alpha: 200, beta: 200, lead: 200, organizer: 200 },
      ...hidden,
    });
    const gamma = await event.tokenOf("gamma");
    const unseen = await (await fileAsAgent(gamma, capture.sha256)).json();
    const unknown = await (await fileAsAgent(gamma, makeFile("never seen").sha256)).json();
    expect({ ...unseen, instance: "", requestId: "" }).toEqual({
      ...unknown,
      instance: "",
      requestId: "",
    });
    const me = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    const { sha256 } = capture;
    expect(await codeOf(me.evidence.bySum({ eventSlug: event.slug, sha256 }))).toBe("NOT_FOUND");
    const where = { eventSlug: event.slug, trackSlug: "calls", cellId: await cellOf(event) };
    expect(await codeOf(me.evidence.byCell(where))).toBe("NOT_FOUND");
  });

  it("after publication to everybody, where its entries have agreed to show the cell", async () => {
    const event = await makeEvent(THREE);
    const capture = makeCapture(event.slug);
    await pushWithFile(event, await event.tokenOf("alpha"), capture);
    const where = { eventId: event.eventId };
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await answers(event, capture)).toMatchObject({
      gamma: 200,
      stranger: 404,
      visitor: 404,
    });
    await db.entry.updateMany({ where, data: { consentNamed: true, consentPassing: true } });
    expect(await answers(event, capture)).toMatchObject({
      gamma: 200,
      stranger: 200,
      visitor: 200,
    });
  });

  it("of another event it is not found, though the hash is right", async () => {
    const event = await makeEvent({ visibility: "public" });
    const capture = makeCapture(event.slug);
    await pushWithFile(event, await event.tokenOf("alpha"), capture);
    const foreign = await makeEvent({ visibility: "public" });
    const { sha256 } = capture;
    const me = await callAs(null);
    expect(await codeOf(me.evidence.bySum({ eventSlug: foreign.slug, sha256 }))).toBe("NOT_FOUND");
    expect((await fileAsAgent(await foreign.tokenOf("alpha"), sha256)).status).toBe(404);
    expect((await fileAsAgent(await foreign.tokenOf("alpha"), "no hash")).status).toBe(404);
  });

  it("of a test that is not mapped yet to its owners alone", async () => {
    const event = await makeEvent(THREE);
    const capture = makeCapture(event.slug);
    await pushWithFile(event, await event.tokenOf("alpha"), capture, { test: "nobody's" });
    expect(await answers(event, capture)).toMatchObject({
      ...{ alpha: 200, lead: 200, organizer: 200 },
      ...{ beta: 404, gamma: 404 },
    });
  });

  it("of a whole run, such as its report, in a restricted track only to a party of all of it", async () => {
    const event = await makeEvent({ ...THREE, restricted: true });
    const token = await event.tokenOf(null);
    const run = await declareRun(event, token);
    const report = makeFile(`<testsuite name="${event.slug}"/>`, "xml", "report.xml");
    await pushNaming(event, { token, run }, makeCapture(event.slug));
    await sendFile(event, token, run, report);
    const me = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const where = { eventSlug: event.slug, sha256: report.sha256 };
    expect((await me.evidence.bySum(where)).name).toBe("report.xml");
    const parties = [
      { role: "uac", entry: "alpha" },
      { role: "uas", entry: "gamma" },
    ];
    await pushNaming(event, { token, run }, makeCapture("2"), { parties });
    expect(await codeOf(me.evidence.bySum(where))).toBe("NOT_FOUND");
    expect((await fileAsAgent(token, report.sha256)).status).toBe(200);
  });
});

describe("a file is given", () => {
  it("as an attachment that a browser neither shows nor runs, and nobody keeps", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const file = makeFile(`<svg onload="alert(1)"/>${event.slug}`, "xml", `é "x";.xml`);
    await pushWithFile(event, token, file);
    const { headers } = await fileAsAgent(token, file.sha256);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="_ _x__.xml"; filename*=UTF-8''%C3%A9%20%22x%22%3B.xml`,
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "accept-ranges": "bytes",
      "content-length": String(file.size),
    });
  });

  it("in parts, as Range asks", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const file = makeFile(`0123456789${event.slug}`);
    await pushWithFile(event, token, file);
    const part = async (range: string, more = {}) => {
      const answer = await fileAsAgent(token, file.sha256, { range, ...more });
      return [answer.status, answer.headers.get("content-range"), await answer.text()];
    };
    const { size } = file;
    expect(await part("bytes=2-4")).toEqual([206, `bytes 2-4/${size}`, "234"]);
    expect(await part("bytes=-1")).toEqual([
      206,
      `bytes ${size - 1}-${size - 1}/${size}`,
      event.slug.at(-1),
    ]);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, ""]);
    const whole = [200, null, file.bytes.toString()];
    expect(await part("bytes=0-1,4-5")).toEqual(whole);
    expect(await part("bytes=2-4", { "if-range": '"another"' })).toEqual(whole);
    expect((await part("bytes=2-4", { "if-range": `"${file.sha256}"` }))[0]).toBe(206);
  });
});

describe("the page of a file", () => {
  it("shows a text masked to everybody, its owners included, with the cells that it is for", async () => {
    const event = await makeEvent();
    const file = secret(event.slug);
    await pushWithFile(event, await event.tokenOf("alpha"), file);
    const cellId = await cellOf(event);
    const page = async (personId: string) =>
      (await callAs(personId)).evidence.bySum({ eventSlug: event.slug, sha256: file.sha256 });
    const beta = await page(await makeMember(event.entryIds.beta ?? ""));
    expect(beta).toEqual({
      ...{ sha256: file.sha256, name: "reg.txt", kind: "sip", size: file.size },
      mayDownload: false,
      cells: [{ id: cellId, track: "calls", test: "C-1", names: ["alpha", "beta"] }],
      preview: {
        ...{ first: 1, part: 1, parts: 1 },
        lines: ["REGISTER sip:x SIP/2.0", `Call-ID: ${event.slug}`, "Authorization: Digest •••"],
        isCut: false,
      },
    });
    const alpha = await page(await makeMember(event.entryIds.alpha ?? ""));
    expect(alpha).toEqual({ ...beta, mayDownload: true });
  });

  it("shows of a capture no more than its size, and of a long text the beginning", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const capture = makeCapture(event.slug);
    const long = makeFile(`${event.slug}\n${"0123456789\n".repeat(250_000)}`);
    await pushWithFile(event, token, capture);
    await pushWithFile(event, token, long);
    const me = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const page = (sha256: string, part = 1) =>
      me.evidence.bySum({ eventSlug: event.slug, sha256, part });
    expect(await page(capture.sha256)).toMatchObject({ size: capture.size, preview: null });
    const { preview } = await page(long.sha256, 1000);
    expect(preview).toMatchObject({ part: 39, parts: 39, first: 190_001, isCut: true });
    expect(preview?.lines[0]).toBe("0123456789");
  });
});

describe("a cell lists its evidence", () => {
  it("what arrived, what is missing, and what belongs to the whole run", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const [capture, lost] = [makeCapture(event.slug), makeCapture("lost")];
    const report = makeFile(`{"of":"${event.slug}"}`, "json", "report.json");
    const run = await declareRun(event, token);
    const evidence = [capture, lost].map(({ sha256, kind, name }) => ({ sha256, kind, name }));
    await pushNaming(event, { token, run }, capture, { evidence });
    await sendFile(event, token, run, capture);
    await offerOf(event, token, run, lost);
    await sendFile(event, token, run, report);
    const seen = await db.result.findFirstOrThrow({ where: { trackId: event.trackId } });
    const results = [{ seq: String(seen.seq), reporter: "alpha", attempt: 1 }];
    const where = { eventSlug: event.slug, trackSlug: "calls", cellId: await cellOf(event) };
    const me = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const named = { kind: "pcap", name: "capture.pcap", results };
    expect(
      (await me.evidence.byCell(where)).toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0)),
    ).toEqual(
      [
        { ...named, sha256: lost.sha256, size: null, mayDownload: false },
        {
          sha256: report.sha256,
          kind: "json",
          name: "report.json",
          size: report.size,
          results: null,
          mayDownload: false,
        },
        { ...named, sha256: capture.sha256, size: capture.size, mayDownload: true },
      ].toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0)),
    );
  });

  it("and is read in two queries, with one file and with three, as is a file", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const capture = makeCapture(event.slug);
    await pushWithFile(event, token, capture);
    const actor = await loadPersonActor(await makeMember(event.entryIds.beta ?? ""));
    const permit = grant(actor, "evidence.view", await loadScope(event.slug, "calls"));
    const where = { trackSlug: "calls", cellId: await cellOf(event) };
    const count = () =>
      queriesOf(async () => {
        await listCellEvidence(permit, where);
        await findHeld(permit, capture.sha256);
      });
    expect(await count()).toBe(4);
    await pushWithFile(event, token, makeCapture("2"));
    await pushWithFile(event, token, makeCapture("3"));
    expect(await count()).toBe(4);
  });
});
