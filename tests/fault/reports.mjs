// What the agents push: Plugfest files whose every item the script knows, so that it can ask for each.
import fs from "node:fs";
import path from "node:path";
import { pick, uuidFrom } from "./random.mjs";

// Those of the demonstration that play both roles of a DTLS handshake.
const ENTRIES = ["openssl", "gnutls", "werift"];
const OUTCOMES = [
  "pass",
  "pass",
  "pass",
  "pass",
  "degraded",
  "fail",
  "timeout",
  "error",
  "skipped",
];
const BEGAN = Date.UTC(2026, 10, 20, 9);
/** Most files are small, for many requests; every fifth is more than one batch of 1,000. */
const ITEMS = { small: [20, 160], large: [1010, 1400] };

/** The tests between a client and a server, with every declared combination of their variants. */
export async function listTests(url, token) {
  const response = await fetch(`${url}/api/v1/events/loopback/catalogue`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { tracks } = await response.json();
  const { tests } = tracks.find(({ slug }) => slug === "dtls");
  return tests
    .filter(({ roles }) => roles.map(({ key }) => key).join() === "client,server")
    .flatMap(({ key, variants }) => combine(variants).map((variant) => ({ test: key, variant })));
}

const combine = (variants) =>
  Object.entries(variants).reduce(
    (made, [name, values]) =>
      made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

/**
 * Writes the files of one agent, together `results` items, and returns them with their items.
 * @returns {{ file: string, items: { id: string, outcome: string, isMapped: boolean }[] }[]}
 */
export function writeReports({ folder, results, reporter, tests, random }) {
  fs.mkdirSync(folder, { recursive: true });
  const reports = [];
  for (let left = results; left > 0; ) {
    const [least, most] = ITEMS[results >= 2000 && reports.length % 5 === 4 ? "large" : "small"];
    const count = Math.min(left, least + Math.floor(random() * (most - least)));
    const items = Array.from({ length: count }, (_, at) =>
      makeItem({ reporter, tests, random, at: results - left + at }),
    );
    const file = path.join(folder, `report-${reports.length + 1}.json`);
    const startedAt = items[0].startedAt;
    fs.writeFileSync(file, JSON.stringify({ plugfest: "1", track: "dtls", startedAt, items }));
    const isMapped = ({ test }) => test !== UNKNOWN;
    reports.push({
      file,
      items: items.map((item) => ({
        id: item.id,
        outcome: item.outcome,
        isMapped: isMapped(item),
      })),
    });
    left -= count;
  }
  return reports;
}

const UNKNOWN = "a name that no lead has mapped";

function makeItem({ reporter, tests, random, at }) {
  const { test, variant } = pick(random, tests);
  const client = pick(random, ENTRIES);
  // Whoever reports is one of the parties; a neutral harness need not be.
  const server = reporter === null || client === reporter ? pick(random, ENTRIES) : reporter;
  const isUnknown = random() < 0.01;
  return {
    id: uuidFrom(random),
    test: isUnknown ? UNKNOWN : test,
    ...(isUnknown ? {} : { variant }),
    attempt: 1 + Math.floor(random() * 3),
    parties: [
      // Now and then a build that nobody has named before: it is made while others push.
      { role: "client", entry: client, ...(random() < 0.05 && { build: `b${at % 7}` }) },
      { role: "server", entry: server },
    ],
    outcome: pick(random, OUTCOMES),
    startedAt: new Date(BEGAN + Math.floor(random() * 3_600_000)).toISOString(),
    durationMs: Math.floor(random() * 5000),
    ...(random() < 0.2 && { message: "expected 437, got 200 OK" }),
  };
}
