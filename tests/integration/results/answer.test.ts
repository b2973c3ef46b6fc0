import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { logged, makeBoth } from "@/tests/factories/log";
import { refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

const cellOf = (id: string) =>
  db.cell.findUniqueOrThrow({
    where: { id },
    select: { state: true, outcome: true, sides: true, flaky: true },
  });
const rowOf = (seq: string) => db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } });

async function said(
  options: Parameters<typeof makeEvent>[0] = {},
  over: Parameters<typeof logged>[2] = {},
) {
  const event = await makeEvent(options);
  const { ann, bob } = await makeBoth(event);
  const first = await logged(event, ann.id, over);
  return { event, ann, bob, ...first, eventSlug: event.slug };
}

const agree = async (personId: string, { slug }: Pick<MadeEvent, "slug">, ...seqs: string[]) =>
  (await callAs(personId)).results.agree({ eventSlug: slug, result: { seqs } });

const other = async (
  personId: string,
  { slug }: Pick<MadeEvent, "slug">,
  seq: string,
  outcome = "fail",
) =>
  (await callAs(personId)).results.dispute({
    eventSlug: slug,
    result: { id: randomUUID(), seq, outcome: outcome as "fail" },
  });

const deny = async (personId: string, { slug }: Pick<MadeEvent, "slug">, seq: string) =>
  (await callAs(personId)).results.deny({
    eventSlug: slug,
    result: { id: randomUUID(), seq, note: "We were at lunch." },
  });

describe("the other side agrees", () => {
  it("by an own result that says the same of the same exchange, and the cell is confirmed", async () => {
    const { event, bob, seq, cellId } = await said({}, { outcome: "degraded" });
    const { seqs } = await agree(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({
      state: "confirmed",
      outcome: "degraded",
      sides: 2,
    });
    const [told, own] = [await rowOf(seq), await rowOf(seqs[0] ?? "")];
    expect(own).toMatchObject({
      entryId: event.entryIds.beta,
      personId: bob.id,
      answersSeq: BigInt(seq),
      outcome: "degraded",
      attempt: told.attempt,
      startedAt: told.startedAt,
      parties: told.parties,
      denial: false,
    });
  });

  it("with what an agent pushed, whose exchange it names; and a neutral harness too", async () => {
    const event = await makeEvent();
    const { bob } = await makeBoth(event);
    const one = item({ exchange: "call-1", test: "C-1" });
    const two = item({ test: "C-2" });
    await push(event, await event.tokenOf("alpha"), [one]);
    await push(event, await event.tokenOf(null), [two]);
    const rows = await db.result.findMany({ where: { trackId: event.trackId } });
    const seqs = rows.map(({ seq }) => String(seq));
    expect((await agree(bob.id, event, ...seqs)).seqs).toHaveLength(2);
    const cells = await db.cell.findMany({ where: { eventId: event.eventId } });
    expect(cells.map(({ state }) => state)).toEqual(["confirmed", "confirmed"]);
  });

  it("to all that is shown at once, each once", async () => {
    const { event, ann, bob, seq } = await said();
    const more = await logged(event, ann.id, {
      test: "C-2",
      outcome: "unsupported",
      unsupportedBy: ["uas"],
    });
    expect((await agree(bob.id, event, seq, more.seq, seq)).seqs).toHaveLength(2);
    expect((await agree(bob.id, event, seq, more.seq)).seqs).toEqual([]);
    expect(await cellOf(more.cellId)).toMatchObject({ state: "confirmed", outcome: "unsupported" });
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(4);
  });

  it("twice at once, and it is stored once", async () => {
    const { event, bob, seq } = await said();
    await Promise.all([agree(bob.id, event, seq), agree(bob.id, event, seq)]);
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
  });

  it("in review too, when testing is over", async () => {
    const { event, bob, seq, cellId } = await said();
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { phase: "review", testingEndedAt: new Date() },
    });
    await agree(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({ state: "confirmed" });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await refusal(agree(bob.id, event, seq))).toMatch(/^CONFLICT: Not possible while/);
  });
});

describe("the other side saw something else", () => {
  it("and both words stand: the cell is disputed", async () => {
    const { event, bob, seq, cellId } = await said();
    const reply = await other(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({ state: "disputed", outcome: null, sides: 2 });
    expect(await rowOf(reply.seq)).toMatchObject({ outcome: "fail", answersSeq: BigInt(seq) });
  });

  it("and agrees on a second thought, which takes the place of what it had answered", async () => {
    const { event, bob, seq, cellId } = await said();
    const first = await other(bob.id, event, seq);
    const { seqs } = await agree(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({
      state: "confirmed",
      outcome: "pass",
      flaky: false,
    });
    expect((await rowOf(seqs[0] ?? "")).supersedes).toBe(first.id);
  });

  it("and agrees after it had logged another outcome by itself: the latest word counts", async () => {
    const { event, bob, seq, cellId } = await said();
    await logged(event, bob.id, { outcome: "fail" });
    expect(await cellOf(cellId)).toMatchObject({ state: "disputed" });
    await agree(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({ state: "confirmed", outcome: "pass" });
  });

  it("sent twice under one id it is one answer", async () => {
    const { event, bob, seq } = await said();
    const result = { id: randomUUID(), seq, outcome: "fail" as const };
    const send = () => bob.me.results.dispute({ eventSlug: event.slug, result });
    const replies = [await send(), await send()];
    expect(replies.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
  });
});

describe("the other side says it was not them", () => {
  it("and the cell is disputed, whatever the outcome was", async () => {
    const { event, bob, seq, cellId } = await said();
    const reply = await deny(bob.id, event, seq);
    expect(await cellOf(cellId)).toMatchObject({ state: "disputed", outcome: null });
    expect(await rowOf(reply.seq)).toMatchObject({
      denial: true,
      answersSeq: BigInt(seq),
      message: "We were at lunch.",
    });
  });

  it("and a later exchange is not touched by it", async () => {
    const { event, ann, bob, seq, cellId } = await said();
    await deny(bob.id, event, seq);
    const again = await logged(event, ann.id);
    expect(await cellOf(cellId)).toMatchObject({ state: "reported", outcome: "pass" });
    await agree(bob.id, event, again.seq);
    expect(await cellOf(cellId)).toMatchObject({ state: "confirmed" });
  });
});

describe("who may not answer", () => {
  const threes = { entries: ["alpha", "beta", "gamma"].map((slug) => ({ slug })) };

  it("nobody whose entries the result does not name", async () => {
    const { event, seq } = await said(threes);
    const cat = await makeMember(event.entryIds.gamma ?? "");
    const sentence = "FORBIDDEN: This result names none of your entries: its parties answer it.";
    expect(await refusal(agree(cat, event, seq))).toBe(sentence);
    expect(await refusal(other(cat, event, seq))).toBe(sentence);
    expect(await refusal(deny(cat, event, seq))).toBe(sentence);
  });

  it("nobody who does not see the restricted track: to them there is no such result", async () => {
    const { event, bob, seq } = await said({ ...threes, restricted: true });
    const cat = await makeMember(event.entryIds.gamma ?? "");
    expect(await refusal(agree(cat, event, seq))).toBe("NOT_FOUND: There is no such result.");
    expect((await agree(bob.id, event, seq)).seqs).toHaveLength(1);
  });

  it("no one's own word, nor what they said for the other side", async () => {
    const { event, ann, seq } = await said();
    const amy = await makeMember(event.entryIds.alpha ?? "");
    expect(await refusal(agree(amy, event, seq))).toMatch(/own entry's word/);
    await db.entryMember.create({ data: { entryId: event.entryIds.beta ?? "", personId: ann.id } });
    expect(await refusal(agree(ann.id, event, seq))).toMatch(
      /somebody else of your entry answers it/,
    );
  });

  it("what was taken back, what is a denial, what has no cell yet, what is of another event", async () => {
    const { event, ann, bob, seq } = await said();
    const { seq: denied } = await deny(bob.id, event, seq);
    expect(await refusal(agree(ann.id, event, denied))).toMatch(/^CONFLICT: This denies a result/);
    await ann.me.results.retract({ eventSlug: event.slug, seqs: [seq] });
    expect(await refusal(agree(bob.id, event, seq))).toMatch(/^CONFLICT: It was taken back/);
    await push(event, await event.tokenOf("alpha"), [item({ test: "what is this?" })]);
    const unmapped = await db.result.findFirstOrThrow({
      where: { test: "what is this?", trackId: event.trackId },
    });
    expect(await refusal(agree(bob.id, event, String(unmapped.seq)))).toMatch(
      /a lead maps it first/,
    );
    const elsewhere = await said();
    expect(await refusal(agree(bob.id, event, elsewhere.seq))).toMatch(/^NOT_FOUND/);
  });
});
