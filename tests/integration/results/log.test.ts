import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { logged, makeBoth, word } from "@/tests/factories/log";
import { refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

const log = async (
  event: MadeEvent,
  personId: string | null,
  over: Parameters<typeof word>[0] = {},
) =>
  (await callAs(personId)).results.log({
    eventSlug: event.slug,
    trackSlug: "calls",
    result: word(over),
  });

const cellsOf = (event: MadeEvent) =>
  db.cell.findMany({
    where: { eventId: event.eventId },
    select: { id: true, state: true, outcome: true, sides: true, attempts: true },
  });

const toReview = (event: MadeEvent, testingEndedAt: Date) =>
  db.interopEvent.update({
    where: { id: event.eventId },
    data: { phase: "review", testingEndedAt },
  });

describe("a participant logs what they saw", () => {
  it("as the word of their entry, on the current builds, with a note; in a sitting of theirs", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const { seq, cellId, isNew } = await logged(event, ann.id, {
      outcome: "degraded",
      note: "  Two *retransmissions*.\n",
    });
    expect(isNew).toBe(true);
    const row = await db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
    expect(row).toMatchObject({
      origin: "person",
      personId: ann.id,
      entryId: event.entryIds.alpha,
      reporterId: event.entryIds.alpha,
      outcome: "degraded",
      message: "Two *retransmissions*.",
      attempt: 1,
      late: false,
      cellId,
    });
    expect(row.parties).toMatchObject([
      { build: expect.any(String) },
      { build: expect.any(String) },
    ]);
    const run = await db.run.findUniqueOrThrow({ where: { key: row.runKey } });
    expect(run).toMatchObject({ personId: ann.id, agentId: null, state: "open", accepted: 1 });
    expect(await cellsOf(event)).toEqual([
      { id: cellId, state: "reported", outcome: "degraded", sides: 1, attempts: 1 },
    ]);
    const audit = await db.audit.findMany({
      where: { eventId: event.eventId, action: "result.log" },
    });
    expect(audit).toMatchObject([
      { personId: ann.id, subject: run.id, detail: { results: [seq] } },
    ]);
  });

  it("a second time as a further attempt in the same sitting; what changed is what counts", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    await logged(event, ann.id, { outcome: "fail" });
    await logged(event, ann.id);
    const rows = await db.result.findMany({
      where: { trackId: event.trackId },
      orderBy: { seq: "asc" },
    });
    expect(rows.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "fail"],
      [2, "pass"],
    ]);
    expect(new Set(rows.map(({ runKey }) => runKey)).size).toBe(1);
    expect(await cellsOf(event)).toMatchObject([
      { state: "reported", outcome: "pass", attempts: 2 },
    ]);
  });

  it("beside an agent of the same entry: neither overwrites the other", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const token = await event.tokenOf("alpha");
    const { id } = await logged(event, ann.id, { outcome: "fail" });
    await push(event, token, [item({ startedAt: new Date().toISOString() })]);
    expect(await cellsOf(event)).toMatchObject([{ state: "disputed", attempts: 2 }]);
    // Nor by a correction of what a person said.
    await push(event, token, [item({ supersedes: id, void: true })]);
    expect(await cellsOf(event)).toMatchObject([{ state: "disputed" }]);
  });

  it("and the other side's own word on the same builds confirms it", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    await logged(event, ann.id);
    await logged(event, bob.id);
    expect(await cellsOf(event)).toMatchObject([{ state: "confirmed", outcome: "pass", sides: 2 }]);
  });

  it("on a build of their choice", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const entryId = event.entryIds.alpha ?? "";
    const { id } = await db.build.create({ data: { entryId, label: "0.9" }, select: { id: true } });
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { catalogueVersion: { increment: 1 } },
    });
    const parties = [
      { role: "uac", entry: "alpha", build: "0.9" },
      { role: "uas", entry: "beta" },
    ];
    const { cellId } = await logged(event, ann.id, { parties });
    const cell = await db.cell.findUniqueOrThrow({ where: { id: cellId } });
    expect(cell.tested).toMatchObject({ [entryId]: id });
  });
});

describe("nothing is lost or doubled", () => {
  it("two of a team who log one cell at once both keep their result", async () => {
    const event = await makeEvent();
    const [ann, amy] = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makeMember(event.entryIds.alpha ?? ""),
    ];
    await Promise.all([
      logged(event, ann, { outcome: "pass" }),
      logged(event, amy, { outcome: "fail" }),
      logged(event, ann, { outcome: "pass" }),
      logged(event, amy, { outcome: "fail" }),
    ]);
    const rows = await db.result.findMany({ where: { trackId: event.trackId } });
    expect(rows.map(({ attempt }) => attempt).sort()).toEqual([1, 2, 3, 4]);
    expect(await cellsOf(event)).toMatchObject([{ attempts: 4 }]);
  });

  it("two sides who log one cell at once both keep their result", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    await Promise.all([logged(event, ann.id), logged(event, bob.id)]);
    expect(await cellsOf(event)).toMatchObject([{ state: "confirmed", attempts: 2 }]);
  });

  it("the same id is stored once, however often it is sent; with other words it is refused", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const id = randomUUID();
    const [one, two] = await Promise.all([
      logged(event, ann.id, { id }),
      logged(event, ann.id, { id }),
    ]);
    const three = await logged(event, ann.id, { id });
    expect(new Set([one.seq, two.seq, three.seq]).size).toBe(1);
    expect([one, two, three].filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await refusal(log(event, ann.id, { id, outcome: "fail" }))).toMatch(
      /^CONFLICT: This was sent before and said something else/,
    );
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(1);
  });
});

describe("who may not log", () => {
  it("nobody for a pair without an entry of their own", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ entries });
    const cat = await makeMember(event.entryIds.gamma ?? "");
    expect(await refusal(log(event, cat))).toBe(
      "FORBIDDEN: None of your entries takes part in this: a result is logged by one of its parties. Ask theirs to log it.",
    );
  });

  it("no organizer, visitor or member of another event", async () => {
    const [event, other] = [await makeEvent(), await makeEvent()];
    const stranger = await makeMember(other.entryIds.alpha ?? "");
    const organizer = await makeOrganizer(event.eventId);
    expect(await refusal(log(event, stranger))).toMatch(/^FORBIDDEN/);
    expect(await refusal(log(event, organizer))).toMatch(/^FORBIDDEN/);
    expect(await refusal(log(event, await makePerson()))).toMatch(/^FORBIDDEN/);
    expect(await refusal(log(event, null))).toMatch(/^UNAUTHORIZED/);
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(0);
  });

  it("nobody for an entry that is not theirs, or not among the parties", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    expect(await refusal(log(event, ann.id, { as: "beta" }))).toBe(
      "FORBIDDEN: 'beta' is none of your entries among the parties: alpha.",
    );
  });

  it("who is of both sides speaks for the first in the order of roles, or for whom they choose", async () => {
    const event = await makeEvent();
    const both = await makeMember(event.entryIds.alpha ?? "");
    await db.entryMember.create({ data: { entryId: event.entryIds.beta ?? "", personId: both } });
    const first = await logged(event, both, {
      parties: [
        { role: "uas", entry: "alpha" },
        { role: "uac", entry: "beta" },
      ],
    });
    const second = await logged(event, both, { as: "beta" });
    const said = async (seq: string) =>
      (await db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } })).entryId;
    expect(await said(first.seq)).toBe(event.entryIds.beta);
    expect(await said(second.seq)).toBe(event.entryIds.beta);
    expect(await said((await logged(event, both)).seq)).toBe(event.entryIds.alpha);
  });

  it("nobody before testing or after the event was published", async () => {
    for (const phase of ["registration", "published"] as const) {
      const event = await makeEvent({ phase });
      const ann = await makeMember(event.entryIds.alpha ?? "");
      expect(await refusal(log(event, ann))).toMatch(
        /^CONFLICT: Not possible while the event is in/,
      );
    }
  });

  it("in review only what began before the end of testing, which is marked late", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    await toReview(event, new Date("2026-11-21T12:00:00Z"));
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { catalogueVersion: { increment: 1 } },
    });
    const over =
      "CONFLICT: Testing is over: in review only what began before its end is logged. Say when it began.";
    expect(await refusal(log(event, ann.id))).toBe(over);
    expect(await refusal(log(event, ann.id, { startedAt: "2026-11-21T12:00:00Z" }))).toBe(over);
    const { seq } = await logged(event, ann.id, { startedAt: "2026-11-21T11:59:59Z" });
    expect(await db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } })).toMatchObject({
      late: true,
    });
  });
});

describe("what is refused is told where it was typed", () => {
  const faultsOf = async (asked: Promise<unknown>): Promise<string[]> =>
    asked.then(
      () => [],
      ({ cause }: { cause: { faults: { pointer: string }[] } }) =>
        cause.faults.map(({ pointer }) => pointer),
    );

  it("an unknown test, entry, role and build, and parties that the test does not take", async () => {
    const event = await makeEvent({ entries: [{ slug: "alpha" }, { slug: "beta" }] });
    const { ann } = await makeBoth(event);
    const uac = { role: "uac", entry: "alpha" };
    const uas = { role: "uas", entry: "beta" };
    const wrong = [
      [{ test: "C-9" }, "/result/test"],
      [{ parties: [uac, { role: "uas", entry: "betta" }] }, "/result/parties/1/entry"],
      [{ parties: [uac, { role: "nope", entry: "beta" }] }, "/result/parties/1/role"],
      [{ parties: [uac, { ...uas, build: "7.7" }] }, "/result/parties/1/build"],
      [{ parties: [uac] }, "/result/parties"],
      [{ outcome: "unsupported", unsupportedBy: ["proxy"] }, "/result/unsupportedBy"],
      [{ startedAt: new Date(Date.now() + 3_600_000).toISOString() }, "/result/startedAt"],
    ] as const;
    for (const [over, pointer] of wrong) {
      const result = { ...word(), ...over } as ReturnType<typeof word>;
      expect([over, await faultsOf(log(event, ann.id, result))]).toEqual([over, [pointer]]);
    }
    expect(await db.build.count({ where: { label: "7.7" } })).toBe(0);
  });

  it("unsupported without a role, and skipped without a reason", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    expect(await refusal(log(event, ann.id, { outcome: "unsupported" }))).toContain(
      "Say which role does not support it.",
    );
    expect(await refusal(log(event, ann.id, { outcome: "skipped", note: " " }))).toContain(
      "Say why it was skipped.",
    );
    const { seq } = await logged(event, ann.id, { outcome: "unsupported", unsupportedBy: ["uas"] });
    expect(await db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } })).toMatchObject({
      unsupportedBy: ["uas"],
    });
  });

  it("a variant that the test does not declare", async () => {
    const event = await makeEvent({ tests: [makeTest("C-1", { variants: { alg: ["a", "b"] } })] });
    const { ann } = await makeBoth(event);
    expect(await refusal(log(event, ann.id))).toContain("C-1 has no such variant");
    await logged(event, ann.id, { variant: { alg: "b" } });
    expect(await cellsOf(event)).toHaveLength(1);
  });
});

describe("in a restricted track", () => {
  it("its parties log, and others do not learn of it", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ restricted: true, entries });
    const { ann } = await makeBoth(event);
    const cat = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    const { cellId } = await logged(event, ann.id);
    const where = { eventSlug: event.slug, trackSlug: "calls", cellId };
    expect((await ann.me.results.cell(where)).results).toHaveLength(1);
    expect(await refusal(cat.results.cell(where))).toMatch(/^NOT_FOUND/);
  });
});
