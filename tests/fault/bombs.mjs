// F9: little to send, much to unpack, parse or keep. Refused before it costs anything.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  declareRun,
  makeItem,
  openClient,
  quantile,
  rounded,
  slackOf,
  watchSite,
} from "./client.mjs";
import { speak } from "./raw.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const GZIP = { ...JSON_TYPE, "content-encoding": "gzip" };
const LINES = { "content-type": "application/x-ndjson" };
const MB = 1_048_576;
const REFUSED_MS = 200;

function bombs(results) {
  const zeros = gzipSync(Buffer.alloc(400 * MB), { level: 9 });
  const spaces = gzipSync(Buffer.alloc(64 * MB, " "), { level: 9 });
  const line = JSON.stringify(makeItem({ message: "x".repeat(10 * MB) }));
  const keys = `{${Array.from({ length: 60_000 }, (_, at) => `"k${at}":0`).join(",")}}`;
  const many = JSON.stringify({ schema: "1", items: Array(500_000).fill(0) });
  return {
    "gzip of 400 MB of zeros": { body: zeros, headers: GZIP },
    "gzip in gzip": { body: gzipSync(zeros, { level: 9 }), headers: GZIP },
    "gzip of 64 MB of spaces": { body: spaces, headers: GZIP },
    "zip in zip, like 42.zip": {
      body: Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(42_000)]),
      headers: { "content-type": "application/zip" },
    },
    "one line of 10 MB": { body: line, headers: LINES },
    "one line of 10 MB, packed": {
      body: gzipSync(line),
      headers: { ...LINES, "content-encoding": "gzip" },
    },
    "a million empty lines": { body: `${"\n".repeat(1_000_000)}{`, headers: LINES },
    "60,000 fields": { body: keys, headers: JSON_TYPE },
    "500,000 items": { body: many, headers: JSON_TYPE },
    "brackets a million deep": { body: "[".repeat(1_000_000), headers: JSON_TYPE },
    ...Object.fromEntries(
      ["validate"].map((what) => [
        `gzip bomb to ${what}`,
        { body: zeros, headers: GZIP, path: `${results}/${what}` },
      ]),
    ),
  };
}

/** A capture whose first packet says that it is 4 GB long: kept as bytes, and never unpacked. */
async function sendLyingCapture(client, results) {
  const bytes = Buffer.alloc(40);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt32LE(0xffffffff, 32);
  const [, run] = /runs\/([^/]+)\//.exec(results) ?? [];
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const json = { run, sha256, size: bytes.length, kind: "pcap", name: "lie.pcap" };
  const declared = await client.send("/api/v1/events/loopback/evidence", json);
  const { upload } = JSON.parse(declared.text);
  return client.ask(upload.url, { method: "PUT", body: bytes, headers: upload.headers });
}

export async function throwBombs({ site, tokens }, { isShort }) {
  const client = openClient(site.url, { token: tokens[1], sockets: 64 });
  const slack = slackOf(isShort);
  const results = await declareRun(client);
  const all = Object.entries(bombs(results));
  const throwAll = async (rounds) => {
    const told = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, { path = results, ...bomb }] of all) {
        told.push({ name, ...(await client.ask(path, { method: "POST", ...bomb })) });
      }
    }
    return told;
  };
  // For warming up: what is compiled, and the room that the young generation takes, is no bomb's doing.
  await throwAll(4);
  const finish = watchSite(site);
  const told = await throwAll(isShort ? 3 : 20);
  const header = "X-A: b\r\n".repeat(1_000_000);
  told.push({
    name: "a million headers",
    ...(await speak(site.url, [`GET / HTTP/1.1\r\nHost: x\r\n${header}\r\n`])),
  });
  const capture = await sendLyingCapture(client, results);
  const { grownMb, late } = await finish();
  client.close();
  const slow = told.filter(({ ms }) => ms > REFUSED_MS * slack);
  // A server that has said no closes; that cuts off whoever is still sending.
  const taken = told.filter(({ status }) => status >= 500 || (status > 0 && status < 400));
  const slowest = told.toSorted((a, b) => b.ms - a.ms)[0];
  const worst = new Map(told.toSorted((a, b) => a.ms - b.ms).map(({ name, ms }) => [name, ms]));
  return {
    figures: {
      bombs: `${told.length} of ${all.length + 1} kinds`,
      "refused within": `p50 ${rounded(
        quantile(
          told.map(({ ms }) => ms),
          0.5,
        ),
      )} ms, longest ${rounded(slowest.ms)} ms (${slowest.name})`,
      "longest of each": [...worst].map(([name, ms]) => `${name} ${Math.round(ms)} ms`).join(", "),
      "a capture that says it is 4 GB": `${capture.status}, ${rounded(capture.ms)} ms`,
      "memory grown": `${grownMb} MB`,
      "what costs nothing, meanwhile": `p99 ${rounded(quantile(late, 0.99))} ms, longest ${rounded(Math.max(...late))} ms`,
      ...(taken[0] && { "first not refused": `${taken[0].name}: ${taken[0].status}` }),
    },
    faults: {
      "not refused": taken.length,
      [`slower than ${REFUSED_MS} ms`]: slow.length,
      "the capture failed": +(capture.status >= 500 || capture.status === 0),
      "memory grown by 64 MB or more": +(grownMb >= 64 * slack),
      "event loop held for 100 ms": late.filter((ms) => ms >= 100 * slack).length,
    },
  };
}
