// Requests that no agent of ours would send: made by hand, and by damaging good ones by chance.
import { gzipSync } from "node:zlib";
import { makeItem, manifest } from "./client.mjs";
import { pick } from "./random.mjs";

const NUL = "\u0000";
const LONE = "\ud800";
const deep = (levels, open = "[", close = "]") => open.repeat(levels) + close.repeat(levels);
const VALUES = [
  ...[
    "null",
    "true",
    "{}",
    "[]",
    "[[]]",
    '"\\u0000"',
    '"\\ud800"',
    '""',
    '" "',
    "-0",
    "1e400",
    "-1e400",
  ],
  ...["1e-400", "0.1", "9007199254740993", '{"__proto__":{}}', '{"a":1,"a":2}', '{"toString":1}'],
  ...[
    '"+275760-09-13T00:00:00.001Z"',
    '"-275760-01-01T00:00:00Z"',
    '"2026-02-30T00:00:00Z"',
    '"12:00"',
  ],
  ...[
    JSON.stringify("x".repeat(70_000)),
    deep(5000),
    `"${"\\u202e".repeat(300)}"`,
    '"%00"',
    '"../../etc"',
  ],
];
const ITEM_FIELDS = [
  "id",
  "test",
  "outcome",
  "startedAt",
  "parties",
  "variant",
  "attempt",
  "durationMs",
].concat(
  [
    "message",
    "log",
    "metrics",
    "labels",
    "evidence",
    "exchange",
    "supersedes",
    "void",
    "rawStatus",
    "unsupportedBy",
  ],
  ["__proto__", "constructor", "noSuchField"],
);
const RUN_FIELDS = [
  "schema",
  "track",
  "agent",
  "source",
  "parties",
  "environment",
  "plan",
  "startedAt",
  "sentAt",
].concat(["__proto__", "noSuchField"]);

/** JSON with one field's value replaced by a text that need not be JSON. */
const withField = (value, field, text) => {
  const { [field]: _, ...rest } = value;
  return `${JSON.stringify(rest).slice(0, -1)},${JSON.stringify(field)}:${text}}`;
};
const batchOf = (item) => `{"schema":"1","items":[${item}]}`;

const BROKEN = [
  ...[
    "",
    " ",
    "{",
    "}",
    "[",
    "null",
    "true",
    "1",
    '"',
    "{,}",
    '{"a"}',
    "[1,]",
    "NaN",
    "undefined",
    "\ufeff{}",
  ],
  ...[
    "{}",
    "[]",
    '{"schema":"1"}',
    '{"schema":"2","items":[]}',
    '{"schema":"1","items":[]}',
    '{"schema":"1","items":{}}',
  ],
  ...[
    '{"schema":"1","items":[null]}',
    '{"schema":"1","items":[[]]}',
    '{"schema":"1","items":[1]}',
    "<x/>",
    NUL,
    `"${LONE}"`,
  ],
  ...[
    deep(100_000),
    deep(100_000, '{"a":', "}"),
    `{"schema":"1","items":${deep(100_000)}}`,
    '{"__proto__":{"schema":"1"}}',
  ],
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
];
const TYPES = [
  "",
  "text/plain",
  "application/xml",
  "application/json2",
  "multipart/form-data",
  "\t",
  "application/jsonx; a=b",
].concat([
  "application/x-www-form-urlencoded",
  "*/*",
  "application/x-msgpack",
  "text/html; charset=utf-7",
]);
const SEGMENTS = [
  "%00",
  "..%2f..",
  "%ff",
  "-1",
  "1e9",
  "' OR 1=1--",
  "%F0%9F%98%80",
  "a".repeat(3000),
  "__proto__",
  "%2e%2e",
  "{}",
];

const JSON_TYPE = { "content-type": "application/json" };

/** Requests by hand: every field with every odd value, bodies, types, encodings and paths. */
export function handMade(results) {
  const run = results.replace(/\/results$/, "");
  return [
    ...oddFields(run),
    ...brokenBodies(run),
    ...oddTypes(results),
    ...SEGMENTS.flatMap((segment) => oddPaths(segment)),
  ];
}

const oddFields = (run) =>
  VALUES.flatMap((text) => [
    ...ITEM_FIELDS.map((field) => ({
      path: `${run}/results`,
      method: "POST",
      body: batchOf(withField(makeItem(), field, text)),
    })),
    ...RUN_FIELDS.map((field) => ({
      path: run,
      method: "PUT",
      body: withField(manifest(), field, text),
    })),
  ]).map((asked) => ({ ...asked, headers: JSON_TYPE, mayPass: true }));

const brokenBodies = (run) =>
  [
    [`${run}/results`, "POST"],
    [run, "PUT"],
    [`${run}/results/validate`, "POST"],
    [`${run}/finish`, "POST"],
    ["/api/v1/agent/heartbeat", "POST"],
    ["/api/v1/events/loopback/evidence", "POST"],
  ].flatMap(([path, method]) => BROKEN.map((body) => ({ path, method, headers: JSON_TYPE, body })));

function oddTypes(path) {
  const good = JSON.stringify({ schema: "1", items: [makeItem()] });
  const zip = gzipSync(good);
  const halves = [good, zip.subarray(0, -9), zip.subarray(3), zip.subarray(0, 12)];
  const post = (body, headers) => ({ path, method: "POST", body, headers });
  return [
    ...TYPES.map((type) => post(good, { "content-type": type })),
    ...["br", "deflate", "gzip, gzip", "x", "gzip"].flatMap((encoding) =>
      halves.map((body) => post(body, { ...JSON_TYPE, "content-encoding": encoding })),
    ),
  ];
}

const oddPaths = (segment) =>
  [
    `/api/v1/events/${segment}/catalogue`,
    `/api/v1/events/loopback/runs/${segment}`,
    `/api/v1/events/loopback/tracks/${segment}/matrix.json`,
    `/api/v1/evidence/${segment}`,
  ].map((path) => ({
    path: encodeURI(path).replaceAll("%25", "%"),
    method: "GET",
    headers: {},
    // Dots and double slashes are taken out of a path before anybody looks at it.
    mayPass: true,
    mayLeave: /^\.\.|^%2e|^%ff/.test(segment),
  }));

/** A request whose text has been damaged somewhere: bytes cut out, doubled or overwritten. */
export function byChance(results, random) {
  const field = pick(random, ITEM_FIELDS);
  const text =
    random() < 0.5
      ? batchOf(withField(makeItem(), field, pick(random, VALUES)))
      : batchOf(JSON.stringify(makeItem()));
  const bytes = Buffer.from(text);
  const at = Math.floor(random() * bytes.length);
  const noise = Buffer.from(
    Array.from({ length: 1 + Math.floor(random() * 6) }, () => Math.floor(random() * 256)),
  );
  const body = Buffer.concat([
    bytes.subarray(0, at),
    noise,
    bytes.subarray(at + Math.floor(random() * 12)),
  ]);
  return {
    path: results,
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    mayPass: true,
  };
}
