import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { logged, makeBoth } from "@/tests/factories/log";
import { refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

const undo = async (personId: string, { slug }: MadeEvent, ...seqs: string[]) =>
  (await callAs(personId)).results.retract({ eventSlug: slug, seqs });
const cellOf = (id: string) =>
  db.cell.findUniqueOrThrow({
    where: { id },
    select: { state: true, outcome: true, attempts: true },
  });

describe("a result is taken back", () => {
  it("by a void one that supersedes it: nothing is deleted, and the cell is untested again", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const { seq, id, cellId } = await logged(event, ann.id);
    expect(await undo(ann.id, event, seq)).toEqual({ retracted: 1 });
    expect(await cellOf(cellId)).toEqual({ state: "untested", outcome: null, attempts: 0 });
    const rows = await db.result.findMany({ where: { cellId }, orderBy: { seq: "asc" } });
    expect(rows).toMatchObject([
      { id, void: false },
      { supersedes: id, void: true, personId: ann.id },
    ]);
  });

  it("twice and it is taken back once", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const { seq } = await logged(event, ann.id);
    expect(await undo(ann.id, event, seq)).toEqual({ retracted: 1 });
    expect(await undo(ann.id, event, seq)).toEqual({ retracted: 0 });
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
  });

  it("and what was said before it counts again", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    await logged(event, ann.id, { outcome: "fail" });
    const { seq, cellId } = await logged(event, ann.id);
    await undo(ann.id, event, seq);
    expect(await cellOf(cellId)).toEqual({ state: "reported", outcome: "fail", attempts: 1 });
  });

  it("an answer that had replaced another gives way to that one again", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const { seq, cellId } = await logged(event, ann.id);
    const eventSlug = event.slug;
    await bob.me.results.deny({ eventSlug, result: { id: randomUUID(), seq } });
    const { seqs } = await bob.me.results.agree({ eventSlug, result: { seqs: [seq] } });
    expect(await cellOf(cellId)).toMatchObject({ state: "confirmed" });
    await undo(bob.id, event, ...seqs);
    expect(await cellOf(cellId)).toMatchObject({ state: "disputed" });
  });

  it("all that was agreed to at once, at once", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const told = [await logged(event, ann.id), await logged(event, ann.id, { test: "C-2" })];
    const eventSlug = event.slug;
    const { seqs } = await bob.me.results.agree({
      eventSlug,
      result: { seqs: told.map(({ seq }) => seq) },
    });
    expect(await undo(bob.id, event, ...seqs)).toEqual({ retracted: 2 });
    for (const { cellId } of told)
      expect(await cellOf(cellId)).toMatchObject({ state: "reported" });
  });
});

describe("who may not take a result back", () => {
  it("only people of the side that said it; and not what an agent pushed", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const amy = await makeMember(event.entryIds.alpha ?? "");
    const { seq } = await logged(event, ann.id);
    await push(event, await event.tokenOf("alpha"), [item()]);
    const pushed = await db.result.findFirstOrThrow({
      where: { origin: "agent", trackId: event.trackId },
    });
    expect(await refusal(undo(bob.id, event, seq))).toBe(
      "FORBIDDEN: Only the side that said it takes a result back.",
    );
    expect(await refusal(undo(ann.id, event, String(pushed.seq)))).toBe(
      "FORBIDDEN: An agent pushed this: the agent corrects it.",
    );
    expect(await undo(amy, event, seq)).toEqual({ retracted: 1 });
  });

  it("nobody learns so of a restricted track, nor of another event", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ restricted: true, entries });
    const { ann } = await makeBoth(event);
    const cat = await makeMember(event.entryIds.gamma ?? "");
    const { seq } = await logged(event, ann.id);
    expect(await refusal(undo(cat, event, seq))).toBe("NOT_FOUND: There is no such result.");
    const other = await makeEvent();
    const stranger = await makeMember(other.entryIds.alpha ?? "");
    expect(await refusal(undo(stranger, other, seq))).toBe("NOT_FOUND: There is no such result.");
  });

  it("nobody once the event is published", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const { seq } = await logged(event, ann.id);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await refusal(undo(ann.id, event, seq))).toMatch(/^CONFLICT: Not possible while/);
  });
});
