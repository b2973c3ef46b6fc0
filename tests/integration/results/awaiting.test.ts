import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { logged, makeBoth } from "@/tests/factories/log";
import { refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const awaited = async (personId: string, { slug }: MadeEvent) => {
  const { lines, total } = await (await callAs(personId)).results.awaiting({ eventSlug: slug });
  expect(total).toBe(lines.length);
  return lines.map(({ seq, own, outcome, reporter }) => ({
    seq,
    own: own.slug,
    outcome,
    from: reporter?.slug ?? null,
  }));
};

/** A newer build of an entry, current from now on. */
async function newBuild(event: MadeEvent, entry: string, label: string) {
  const caller = await callAs(await makeMember(event.entryIds[entry] ?? ""));
  await caller.entries.addBuild({
    eventSlug: event.slug,
    entrySlug: entry,
    build: { label, note: "", parts: [] },
  });
}

describe("what waits for somebody's word", () => {
  it("is what another side says of their entry, by whatever way, with all that is needed to judge it", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const { seq, cellId } = await logged(event, ann.id, { outcome: "fail", note: "No *ACK*." });
    await push(event, await event.tokenOf("alpha"), [item({ test: "C-2" })]);
    expect(await awaited(ann.id, event)).toEqual([]);
    const { lines, zone } = await bob.me.results.awaiting({ eventSlug: event.slug });
    expect(zone).toBe("UTC");
    expect(lines.find((line) => line.seq === seq)).toMatchObject({
      own: { slug: "beta", name: "beta" },
      track: { slug: "calls", restricted: false },
      cellId,
      test: { key: "C-1", title: "Test C-1" },
      parties: [
        { role: "uac", entry: "alpha", build: "1.0" },
        { role: "uas", entry: "beta", build: "1.0" },
      ],
      outcome: "fail",
      reporter: { slug: "alpha" },
      origin: "person",
      by: "Member",
      message: "No *ACK*.",
    });
    expect(lines.map(({ test, origin }) => [test.key, origin]).sort()).toEqual([
      ["C-1", "person"],
      ["C-2", "agent"],
    ]);
  });

  it("is nothing once they have agreed, said something else, denied it, or said their own", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const eventSlug = event.slug;
    const deeds = [
      (seq: string) => bob.me.results.agree({ eventSlug, result: { seqs: [seq] } }),
      (seq: string) =>
        bob.me.results.dispute({ eventSlug, result: { id: randomUUID(), seq, outcome: "fail" } }),
      (seq: string) => bob.me.results.deny({ eventSlug, result: { id: randomUUID(), seq } }),
      () => logged(event, bob.id),
    ];
    for (const deed of deeds) {
      const { seq } = await logged(event, ann.id);
      expect(await awaited(bob.id, event)).toMatchObject([{ seq, own: "beta" }]);
      await deed(seq);
      expect(await awaited(bob.id, event)).toEqual([]);
      await newBuild(event, "alpha", randomUUID());
    }
  });

  it("comes again with a new build, and is the latest word only", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const first = await logged(event, ann.id, { outcome: "fail" });
    await bob.me.results.agree({ eventSlug: event.slug, result: { seqs: [first.seq] } });
    await newBuild(event, "alpha", "1.1");
    await logged(event, ann.id, { outcome: "fail" });
    const third = await logged(event, ann.id);
    expect(await awaited(bob.id, event)).toEqual([
      { seq: third.seq, own: "beta", outcome: "pass", from: "alpha" },
    ]);
  });

  it("is not what decides nothing, what was taken back, what a neutral harness has confirmed", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    await logged(event, ann.id, { outcome: "error" });
    expect(await awaited(bob.id, event)).toEqual([]);
    const { seq } = await logged(event, ann.id);
    await ann.me.results.retract({ eventSlug: event.slug, seqs: [seq] });
    expect(await awaited(bob.id, event)).toEqual([]);
    await push(event, await event.tokenOf(null), [item({ test: "C-2" })]);
    expect(await awaited(bob.id, event)).toEqual([]);
  });

  it("is not one's own word, of a self-pair, or of a tool", async () => {
    const event = await makeEvent({
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "sipp", kind: "tool" }],
    });
    const { ann } = await makeBoth(event);
    await db.entryMember.create({ data: { entryId: event.entryIds.beta ?? "", personId: ann.id } });
    await logged(event, ann.id);
    await logged(event, ann.id, {
      parties: [
        { role: "uac", entry: "alpha" },
        { role: "uas", entry: "alpha" },
      ],
    });
    expect(await awaited(ann.id, event)).toEqual([]);
    const tool = await makeMember(event.entryIds.sipp ?? "");
    await logged(event, ann.id, {
      test: "C-2",
      as: "alpha",
      parties: [
        { role: "uac", entry: "alpha" },
        { role: "uas", entry: "sipp" },
      ],
    });
    expect(await awaited(tool, event)).toEqual([]);
  });

  it("is told to those who take part, and of their own entries alone", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ entries, restricted: true });
    const { ann, bob } = await makeBoth(event);
    await logged(event, ann.id);
    expect(await awaited(await makeMember(event.entryIds.gamma ?? ""), event)).toEqual([]);
    expect(await awaited(bob.id, event)).toHaveLength(1);
    const ask = async (personId: string | null) =>
      refusal((await callAs(personId)).results.awaiting({ eventSlug: event.slug }));
    expect(await ask(await makePerson())).toMatch(/^FORBIDDEN/);
    expect(await ask(null)).toMatch(/^UNAUTHORIZED/);
  });

  it("is asked in as many queries for three entries as for one", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ entries });
    const { ann, bob } = await makeBoth(event);
    const three = await makePerson();
    for (const entryId of Object.values(event.entryIds))
      await db.entryMember.create({ data: { entryId, personId: three } });
    await logged(event, ann.id);
    await logged(event, ann.id, { test: "C-2" });
    const count = async (personId: string) => {
      const caller = await callAs(personId);
      return queriesOf(() => caller.results.awaiting({ eventSlug: event.slug }));
    };
    expect([await count(bob.id), await count(three)]).toEqual([3, 3]);
  });
});

const stampIn = ({ value }: IteratorResult<unknown>) => (value as [string, string])[1];

describe("whoever has the page open", () => {
  const abort = new AbortController();
  afterEach(() => abort.abort());

  it("hears at once that something waits, and of a cell that it has changed", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const { cellId } = await logged(event, ann.id, { test: "C-2" });
    const caller = await callAs(bob.id, { signal: abort.signal });
    const where = { eventSlug: event.slug, trackSlug: "calls", cellId };
    const { stamp } = await bob.me.results.awaiting({ eventSlug: event.slug });
    const cell = await bob.me.results.cell(where);
    const waits = await caller.results.onAwaiting({ eventSlug: event.slug, known: stamp });
    const changes = await caller.results.onCell({ ...where, known: cell.stamp });
    const heard = Promise.all([
      waits[Symbol.asyncIterator]().next(),
      changes[Symbol.asyncIterator]().next(),
    ]);
    await logged(event, ann.id);
    await logged(event, ann.id, { test: "C-2", outcome: "fail" });
    const [one, two] = await heard;
    const now = await bob.me.results.awaiting({ eventSlug: event.slug });
    expect(stampIn(one)).not.toBe(stamp);
    expect(now.lines).toHaveLength(2);
    expect(stampIn(two)).toBe((await bob.me.results.cell(where)).stamp);
  });
});
