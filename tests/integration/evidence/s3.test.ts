import { beforeAll, describe, expect, it } from "vitest";
import { makeEvent } from "@/tests/factories/event";
import {
  completeFile,
  fileAsAgent,
  makeCapture,
  makeFile,
  offerOf,
  pushNaming,
  putBytes,
} from "@/tests/factories/evidence";
import { declareRun } from "@/tests/factories/push";
import { startS3 } from "@/tests/setup/s3-server.mjs";

let server: Awaited<ReturnType<typeof startS3>>;

// What it is configured with is read when evidence first comes.
beforeAll(async () => {
  server = await startS3();
  Object.assign(process.env, {
    EVIDENCE_S3_URL: server.url,
    EVIDENCE_S3_KEY: "S3RVER",
    EVIDENCE_S3_SECRET: "S3RVER",
  });
});

/** The same size, and another last byte. */
const spoilt = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from("z")]);

async function open(content = "") {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  const run = await declareRun(event, token);
  const file = makeCapture(`${event.slug}${content}`);
  await pushNaming(event, { token, run }, file);
  const offer = await offerOf(event, token, run, file);
  const url = offer?.url ?? "";
  const send = (body: Buffer, to = url) =>
    fetch(to, { method: "PUT", headers: offer?.headers ?? {}, body: new Uint8Array(body) });
  const complete = () => completeFile(event, { token, run, sha256: file.sha256 });
  return { event, token, run, file, offer, url, send, complete };
}

describe("evidence on S3", () => {
  it("goes to a signed address, is looked at, and comes back whole and in parts", async () => {
    const { token, file, offer, send, complete } = await open("x".repeat(300_000));
    expect(offer).toMatchObject({ method: "PUT", offset: 0, complete: expect.any(String) });
    expect((await complete()).status).toBe(409);
    expect((await send(file.bytes)).status).toBe(200);
    const told = await complete();
    expect([told.status, await told.json()]).toEqual([
      200,
      { sha256: file.sha256, state: "arrived", offset: file.size },
    ]);
    const whole = await fileAsAgent(token, file.sha256);
    expect(Buffer.from(await whole.arrayBuffer()).equals(file.bytes)).toBe(true);
    const part = await fileAsAgent(token, file.sha256, { range: "bytes=24-30" });
    expect([part.status, await part.text()]).toEqual([206, file.bytes.toString("latin1", 24, 31)]);
    expect((await complete()).status).toBe(200);
  });

  it("is thrown away when it is not what was declared", async () => {
    const { token, run, event, file, send, complete } = await open();
    await send(spoilt(file.bytes));
    expect((await complete()).status).toBe(422);
    expect((await complete()).status).toBe(409);
    const log = makeFile(`${event.slug} a log`, "pcap");
    const offer = await offerOf(event, token, run, log);
    await send(log.bytes, offer?.url);
    expect((await completeFile(event, { token, run, sha256: log.sha256 })).status).toBe(415);
    expect((await fileAsAgent(token, file.sha256)).status).toBe(404);
  });

  it("has an address that is signed for one upload, its size, and a quarter of an hour", async () => {
    const { token, run, event, file, url } = await open();
    const { pathname, searchParams: query } = new URL(url);
    expect(pathname).toMatch(new RegExp(`^/plugfest/evidence/incoming/\\d+-${file.sha256}$`));
    expect([query.get("X-Amz-SignedHeaders"), query.get("X-Amz-Expires")]).toEqual([
      "content-length;host",
      "900",
    ]);
    // The site itself takes no bytes then.
    const direct = await putBytes(event, { token, run, sha256: file.sha256 }, file.bytes);
    expect(direct.status).toBe(409);
  });

  it("cannot be changed by its address after it was looked at", async () => {
    const { token, file, send, complete } = await open();
    await send(file.bytes);
    expect((await complete()).status).toBe(200);
    await send(spoilt(file.bytes));
    const got = await fileAsAgent(token, file.sha256);
    expect(Buffer.from(await got.arrayBuffer()).equals(file.bytes)).toBe(true);
  });
});

it("a service that is away is 503, to be tried again", async () => {
  const { token, file, send, complete } = await open();
  await send(file.bytes);
  await server.stop();
  const answer = await complete();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    503,
    "application/problem+json",
  ]);
  expect(await answer.json()).toMatchObject({ retryable: true });
  expect((await fileAsAgent(token, file.sha256)).status).toBe(404);
});
