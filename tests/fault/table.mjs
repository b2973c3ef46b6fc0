// Every fault: its number in the research that the reports speak of, what must hold, and who runs it.
import { drownInApi } from "./api.mjs";
import { throwBombs } from "./bombs.mjs";
import { moveCursor } from "./cursor.mjs";
import { fillDisk } from "./disk.mjs";
import { killWhilePushing, PLANS } from "./ingest.mjs";
import { sendMalformed } from "./malformed.mjs";
import { overload } from "./overload.mjs";
import { fuzzParsers } from "./parsers.mjs";
import { silenceDatabase } from "./silence.mjs";
import { beSlow } from "./slow.mjs";
import { storm } from "./storm.mjs";

const killing =
  (name) =>
  (ground, { isShort, ...rest }) =>
    killWhilePushing(ground, { ...rest, plan: isShort ? PLANS.short : PLANS[name] });
const HELD =
  "0 acknowledged lost, 0 stored twice, cells = fold of the results, receipts, log and audit add up, spools empty";

/** `isAlone`: needs no site. `settings` are the site's own; `limitS` is how long it may take. */
export const FAULTS = {
  site: {
    id: "F1",
    title: "kill -9 of the site during ingest",
    must: HELD,
    limitS: 420,
    run: killing("site"),
  },
  database: {
    id: "F2",
    title: "kill -9 of the whole database during ingest",
    must: `${HELD}; the site takes results again within 5 s of the database`,
    limitS: 420,
    run: killing("database"),
  },
  agents: {
    id: "F3",
    title: "kill -9 of agents, then everything pushed twice again",
    must: `${HELD}; all that comes again is told to be a duplicate`,
    limitS: 300,
    run: killing("agents"),
  },
  ingest: {
    id: "F1-F3",
    title: "kill -9 of site, database and agents at once",
    must: HELD,
    limitS: 300,
    run: killing("ingest"),
  },
  silence: {
    id: "F4",
    title: "a database that says nothing, resets, or has no place",
    must: "/readyz 503 and a page within 3 s, ingest 503 and never 500, memory below +100 MB, back within 5 s",
    limitS: 420,
    run: silenceDatabase,
  },
  storm: {
    id: "F7",
    title: "64 writers on ten cells",
    must: "no answer but taken or 503, nothing lost or doubled, cells = fold, no deadlock",
    limitS: 180,
    run: storm,
  },
  malformed: {
    id: "F8",
    title: "malformed requests",
    must: "all 4xx problem+json, 0 5xx, no stack trace, p99 below 250 ms",
    limitS: 300,
    run: sendMalformed,
  },
  bombs: {
    id: "F9",
    title: "bombs",
    must: "refused within 200 ms each, memory below +64 MB, the event loop never held for 100 ms",
    limitS: 120,
    run: throwBombs,
  },
  parsers: {
    id: "F10",
    title: "noise for every reader of files",
    must: "no crash, nothing slower than 50 ms",
    limitS: 600,
    isAlone: true,
    run: fuzzParsers,
  },
  slow: {
    id: "F11",
    title: "2,000 slow clients",
    must: "others' p99 below 500 ms, every slow one closed within 95 s",
    limitS: 240,
    run: beSlow,
  },
  overload: {
    id: "F13",
    title: "five times the capacity",
    must: "80 % of the capacity is still done, the rest is told 429 or 503 with Retry-After, back within 5 s",
    limitS: 240,
    run: overload,
  },
  disk: {
    id: "F14",
    title: "a full, then a read-only disk for evidence",
    must: "results are stored all the same, uploads are told 507 or 503, no half file, all well when there is room",
    limitS: 120,
    isAlone: true,
    run: fillDisk,
  },
  api: {
    id: "F19",
    title: "every operation of the API, by its document",
    must: "every answer is one that the document describes; the table of who may ask is complete",
    limitS: 300,
    run: drownInApi,
  },
  cursor: {
    id: "F20",
    title: "readers of the live stream that come and go",
    must: "0 missed, 0 told twice in one connection",
    limitS: 180,
    run: moveCursor,
  },
};

/** The order matters: the first counts all that is stored. */
export const SHORT = ["ingest", "storm", "malformed", "bombs", "parsers", "api", "cursor"];
export const SHORT_LIMIT_S = 420;
