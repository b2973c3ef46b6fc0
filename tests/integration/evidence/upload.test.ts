import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import {
  completeFile,
  declareFile,
  fileAsAgent,
  makeCapture,
  makeFile,
  offerOf,
  pendingOf,
  pushNaming,
  pushWithFile,
  putBytes,
  sendFile,
} from "@/tests/factories/evidence";
import { declareRun } from "@/tests/factories/push";

const folder = (name: string) => path.join(process.env.PLUGFEST_DATA ?? "", "evidence", name);
const filesIn = (name: string) => readdirSync(folder(name), { recursive: true, encoding: "utf8" });

async function open(content = "line 1\nline 2\n") {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  const run = await declareRun(event, token);
  return { event, token, run, file: makeFile(`${event.slug}\n${content}`) };
}

const problemOf = async (response: Response) => {
  const { errors, detail } = (await response.json()) as {
    detail: string;
    errors: { pointer: string; code: string }[];
  };
  return [response.status, errors[0]?.pointer, errors[0]?.code, detail];
};

describe("a file in two steps", () => {
  it("is declared, sent, stored by its hash, and given back byte for byte", async () => {
    const { event, token, run, file } = await open();
    await pushNaming(event, { token, run }, file);
    const offer = await offerOf(event, token, run, file);
    expect(offer).toEqual({
      method: "PUT",
      url: `/api/v1/events/${event.slug}/runs/${run}/evidence/${file.sha256}`,
      headers: { "content-type": "application/octet-stream", "upload-offset": "0" },
      offset: 0,
      complete: null,
    });
    const sent = await putBytes(event, { token, run, sha256: file.sha256 }, file.bytes);
    expect([sent.status, await sent.json()]).toEqual([
      200,
      { sha256: file.sha256, state: "arrived", offset: file.size },
    ]);
    expect(filesIn("stored")).toContain(path.join(file.sha256.slice(0, 2), file.sha256));
    const got = await fileAsAgent(token, file.sha256);
    expect(Buffer.from(await got.arrayBuffer()).equals(file.bytes)).toBe(true);
    expect(await offerOf(event, token, run, file)).toBe(null);
    const trail = await db.audit.findMany({
      where: { eventId: event.eventId, action: "evidence.push" },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ subject, detail }) => [subject, detail])).toEqual([
      [file.sha256, { run, name: "trace.log", size: file.size, state: "pending" }],
      [file.sha256, { run, name: "trace.log", size: file.size, state: "arrived" }],
    ]);
    expect(await db.eventLog.count({ where: { eventId: event.eventId, kind: "evidence" } })).toBe(
      1,
    );
  });

  it("goes on where the connection was cut", async () => {
    const { event, token, run, file } = await open("x".repeat(5000));
    await offerOf(event, token, run, file);
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(file.bytes.subarray(0, 2000))),
      pull: (controller) => controller.error(new Error("the line is dead")),
    });
    const sending = { token, run, sha256: file.sha256 };
    expect((await putBytes(event, sending, cut)).status).toBe(400);
    expect(await offerOf(event, token, run, file)).toMatchObject({ offset: 2000 });
    const early = await putBytes(event, { ...sending, offset: 2001 }, file.bytes.subarray(2001));
    expect(await problemOf(early)).toEqual([
      409,
      "/Upload-Offset",
      "wrong_offset",
      "2000 bytes are here, and these begin at 2001.",
    ]);
    const part = await putBytes(
      event,
      { ...sending, offset: 2000 },
      file.bytes.subarray(2000, 3000),
    );
    expect([part.status, await part.json()]).toEqual([
      202,
      { sha256: file.sha256, state: "pending", offset: 3000 },
    ]);
    // A part whose answer was lost is sent again.
    const again = await putBytes(event, { ...sending, offset: 2000 }, file.bytes.subarray(2000));
    expect(again.status).toBe(200);
    expect((await fileAsAgent(token, file.sha256)).status).toBe(200);
  });

  it("arrives once, though two connections bring it at the same time", async () => {
    const { event, token, run, file } = await open("y".repeat(200_000));
    await offerOf(event, token, run, file);
    const sending = { token, run, sha256: file.sha256 };
    const both = await Promise.all([1, 2, 3].map(() => putBytes(event, sending, file.bytes)));
    expect(both.some(({ status }) => status === 200)).toBe(true);
    expect(await offerOf(event, token, run, file)).toBe(null);
    expect(filesIn("incoming").filter((name) => name.includes(file.sha256))).toEqual([]);
  });
});

describe("what is not what was declared is thrown away", () => {
  it("with another hash", async () => {
    const { event, token, run, file } = await open();
    await offerOf(event, token, run, file);
    const other = Buffer.from(file.bytes).fill("z", 3, 4);
    const sent = await putBytes(event, { token, run, sha256: file.sha256 }, other);
    expect((await problemOf(sent)).slice(0, 3)).toEqual([422, "/sha256", "wrong_hash"]);
    expect(await offerOf(event, token, run, file)).toMatchObject({ offset: 0 });
    expect((await fileAsAgent(token, file.sha256)).status).toBe(404);
  });

  it("with more bytes", async () => {
    const { event, token, run, file } = await open();
    await offerOf(event, token, run, file);
    const more = Buffer.concat([file.bytes, Buffer.from("!")]);
    const sent = await putBytes(event, { token, run, sha256: file.sha256 }, more);
    expect(sent.status).toBe(413);
    expect(await offerOf(event, token, run, file)).toMatchObject({ offset: 0 });
  });

  it("with another size than the same bytes had before", async () => {
    const { event, token, run, file } = await open();
    await sendFile(event, token, run, file);
    const second = await declareRun(event, token);
    const told = await declareFile(event, { token, run: second, ...file, size: file.size + 1 });
    expect((await problemOf(told)).slice(0, 3)).toEqual([422, "/size", "wrong_size"]);
  });

  it("with another kind by its bytes", async () => {
    const { event, token, run, file } = await open();
    const wrong = { ...file, kind: "pcap", name: "capture.pcap" };
    await offerOf(event, token, run, wrong);
    const sent = await putBytes(event, { token, run, sha256: file.sha256 }, file.bytes);
    expect(await problemOf(sent)).toEqual([
      415,
      "/kind",
      "wrong_kind",
      "'capture.pcap' was declared as pcap, and is one of these by its bytes: log. Nothing was kept.",
    ]);
    await sendFile(event, token, run, file);
  });

  it("with bytes of no kind that is kept, or with an encoding", async () => {
    const { event, token, run } = await open();
    const program = makeFile(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]));
    await offerOf(event, token, run, program);
    const sending = { token, run, sha256: program.sha256 };
    expect((await putBytes(event, sending, program.bytes)).status).toBe(415);
    const zipped = { "content-encoding": "gzip" };
    expect((await putBytes(event, sending, program.bytes, zipped)).status).toBe(415);
    expect((await putBytes(event, { ...sending, offset: "x" }, program.bytes)).status).toBe(400);
  });
});

describe("a declaration is refused", () => {
  it("beyond 64 MiB a file and 512 MiB a run, with the limit in words", async () => {
    const { event, token, run, file } = await open();
    const mib = 1_048_576;
    const large = await declareFile(event, { token, run, ...file, size: 64 * mib + 1 });
    expect(await problemOf(large)).toEqual([
      413,
      "/size",
      "too_large",
      "Evidence is at most 64 MiB a file; cut the capture, for example with editcap.",
    ]);
    const declare = (at: number) =>
      declareFile(event, { token, run, ...makeFile(`file ${at}`), size: 64 * mib });
    for (let at = 0; at < 8; at += 1) expect((await declare(at)).status).toBe(200);
    const over = await declareFile(event, { token, run, ...file, size: 1 });
    expect((await problemOf(over))[3]).toContain("at most 512 MiB a run");
    // What is declared again is not counted twice, and another run has room of its own.
    expect((await declare(3)).status).toBe(200);
    const second = await declareRun(event, token);
    expect((await declareFile(event, { token, run: second, ...file })).status).toBe(200);
  });

  it("of a kind that is not kept, an empty file, a name with a NUL, an unknown field", async () => {
    const { event, token, run, file } = await open();
    const wrong = [{ kind: "exe" }, { size: 0 }, { name: "a\u0000b" }, { colour: "red" }];
    for (const over of wrong) {
      const told = await declareFile(event, { token, run, ...file, ...over });
      expect([over, told.status]).toEqual([over, 422]);
    }
  });

  it("for a run of another reporter or event, after the event, and without the scope", async () => {
    const { event, token, run, file } = await open();
    const stranger = await event.tokenOf("beta");
    expect((await declareFile(event, { token: stranger, run, ...file })).status).toBe(404);
    const foreign = await makeEvent();
    const foreigner = await foreign.tokenOf("alpha");
    expect((await declareFile(event, { token: foreigner, run, ...file })).status).toBe(404);
    expect((await declareFile(foreign, { token: foreigner, run, ...file })).status).toBe(404);
    const sending = { token: stranger, run, sha256: file.sha256 };
    expect((await putBytes(event, sending, file.bytes)).status).toBe(404);
    await db.agentToken.updateMany({
      where: { agent: { eventId: event.eventId, entryId: event.entryIds.beta ?? "" } },
      data: { scopes: ["results:write"] },
    });
    expect((await declareFile(event, { token: stranger, run, ...file })).status).toBe(403);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect((await declareFile(event, { token, run, ...file })).status).toBe(409);
  });

  it("and bytes that nobody declared are not taken", async () => {
    const { event, token, run, file } = await open();
    const sending = { token, run, sha256: file.sha256 };
    expect((await putBytes(event, sending, file.bytes)).status).toBe(404);
    await offerOf(event, token, run, file);
    expect((await completeFile(event, sending)).status).toBe(409);
  });
});

describe("to know a hash is not to have the file", () => {
  it("whoever has not sent the bytes is asked for them, by the same words as for any other file", async () => {
    const { event, token, file } = await open();
    await pushWithFile(event, token, file);
    const foreign = await makeEvent();
    const strangers = [
      { where: event, token: await event.tokenOf("beta") },
      { where: event, token: await event.tokenOf(null) },
      { where: foreign, token: await foreign.tokenOf("alpha") },
    ];
    for (const stranger of strangers) {
      const run = await declareRun(stranger.where, stranger.token);
      const offer = await offerOf(stranger.where, stranger.token, run, file);
      const unknown = await offerOf(stranger.where, stranger.token, run, makeFile("never seen"));
      const plain = (text: string) => text.replaceAll(/[0-9a-f]{64}/g, "SUM");
      expect(plain(JSON.stringify(offer))).toBe(plain(JSON.stringify(unknown)));
    }
  });

  it("naming somebody else's hash in a result of one's own opens nothing", async () => {
    const { event, token, file } = await open();
    await pushWithFile(event, token, file, { test: "nobody-knows-this-test" });
    const foreign = await makeEvent();
    const thief = await foreign.tokenOf("alpha");
    const run = await declareRun(foreign, thief);
    await pushNaming(foreign, { token: thief, run }, file);
    await offerOf(foreign, thief, run, file);
    expect((await fileAsAgent(thief, file.sha256)).status).toBe(404);
    expect(await pendingOf(foreign, thief, run)).toEqual([file.sha256]);
  });

  it("but the same bytes of two are stored once, and each has them by their own claim", async () => {
    const { event, token, file } = await open();
    await pushWithFile(event, token, file);
    const foreign = await makeEvent();
    const other = await foreign.tokenOf("alpha");
    await pushWithFile(foreign, other, { ...file, name: "ours.log" });
    expect(filesIn("stored").filter((name) => name.endsWith(file.sha256))).toHaveLength(1);
    const got = await fileAsAgent(other, file.sha256);
    expect(got.headers.get("content-disposition")).toContain('filename="ours.log"');
  });

  it("the same reporter sends them once for all their runs of an event", async () => {
    const { event, token, file } = await open();
    await pushWithFile(event, token, file);
    const second = await declareRun(event, token);
    expect(await offerOf(event, token, second, file)).toBe(null);
  });
});

describe("a receipt", () => {
  it("names what results name or the run declared, until it is there", async () => {
    const { event, token, run, file } = await open();
    const capture = makeCapture(event.slug);
    await pushNaming(event, { token, run }, file);
    expect(await pendingOf(event, token, run)).toEqual([file.sha256]);
    await offerOf(event, token, run, capture);
    expect(await pendingOf(event, token, run)).toEqual([file.sha256, capture.sha256].sort());
    await sendFile(event, token, run, capture);
    await sendFile(event, token, run, file);
    expect(await pendingOf(event, token, run)).toEqual([]);
  });
});
