// Recorded RFC 8760 runs -> prisma/seed/loopback/runs/rfc8760.
//
//   node prisma/seed/convert/rfc8760.mjs SAMPLES/rfc8760 && npx biome format --write prisma/seed/loopback
import {
  CLIENTS,
  issuedAt,
  linphonecTimes,
  seenByKamailio,
  seenByUas,
  sippTimes,
} from "./rfc8760-evidence.mjs";
import { alone } from "./rfc8760-one-sided.mjs";
import { ROWS } from "./rfc8760-rows.mjs";
import { excerpt, linesOf, openSamples, writeProvenance, writeRuns } from "./samples.mjs";

const samples = openSamples();
const TELLING = {
  sipp: /createAuthHeader|^SIP\/2.0|^Authorization/,
  sipsak: /^error|^SIP\/2.0|^Authorization/,
  baresip: /SIP\/2.0 \d|WWW-Authenticate|Authorization:|reg:/,
  linphonec:
    /SIP\/2.0 \d|WWW-Authenticate|Authorization:|unsupported algo|to \[LinphoneRegistration/,
};
const CREDENTIALS = /(response|cnonce|nonce)="([^"]{0,8})[^"]*"/g;

/** The two witnesses of a row; throws where the logs do not show what the row says. */
function witnesses(row) {
  const log = row.files.map(samples.text).join("\n");
  if (row.shows && !row.shows.test(log))
    throw new Error(`${row.client} ${row.test}: not in its log`);
  const { ua } = CLIENTS[row.client];
  const server = row.server.endsWith(".jsonl")
    ? seenByUas(samples.text(row.server), ua)
    : seenByKamailio(samples.text(row.server), ua);
  const wanted = row.outcome === "pass" && !row.counts;
  if (wanted !== (server.accepted ?? false))
    throw new Error(`${row.client} ${row.test}: server disagrees`);
  if (row.picks && row.picks !== server.algorithm)
    throw new Error(`${row.client} ${row.test}: ${server.algorithm}`);
  return { log, server };
}

function times(row, { log, server }) {
  if (row.client === "sipp") return sippTimes(log);
  if (row.client === "linphonec") return linphonecTimes(log);
  return { startedAt: server.startedAt ?? issuedAt(log), ...durationOf(server) };
}
const durationOf = ({ durationMs }) => (durationMs === undefined ? {} : { durationMs });

function metricsOf(row, found, { durationMs }) {
  const metrics = [];
  if (row.counts) {
    metrics.push({
      name: "attempts",
      value: found.server.registers,
      unit: "count",
      vantage: "UAS",
    });
  }
  const timedByClient = row.client === "sipp" || row.client === "linphonec";
  if (timedByClient && durationMs !== undefined && row.test === "R8760-01") {
    metrics.push({
      name: "registration_request_delay",
      value: Math.round(durationMs * 1e3) / 1e3,
      unit: "ms",
      vantage: "registering client",
    });
  }
  return metrics.length > 0 ? { metrics } : {};
}

function observedOf({ outcome, counts, refused }) {
  if (counts) return "error at once, 1 REGISTER";
  if (refused) return "403";
  return { pass: "registered", unsupported: "declined", fail: "no second REGISTER" }[outcome];
}

function itemOf(row) {
  const found = witnesses(row);
  const clock = times(row, found);
  const lines = [
    ...(TELLING[row.client] ? linesOf(row.client, found.log, TELLING[row.client]).slice(0, 8) : []),
    ...found.server.lines,
  ].map((line) => line.replace(CREDENTIALS, '$1="$2…"'));
  const observed = row.picks ?? observedOf(row);
  return {
    reporter: "neutral",
    files: [...row.files, row.server],
    test: row.test,
    variant: row.variant,
    attempt: 1,
    parties: [
      { role: "uac", entry: row.client, build: CLIENTS[row.client].build, observed },
      { ...row.peer, build: row.peer.entry === "challenge-uas" ? "2026-11-22" : "5.6.3" },
    ],
    outcome: row.outcome,
    ...(row.unsupportedBy ? { unsupportedBy: row.unsupportedBy } : {}),
    startedAt: clock.startedAt,
    ...durationOf(clock),
    message: row.message,
    log: excerpt(lines),
    ...metricsOf(row, found, clock),
    exchange: `${row.client} ${row.server}`,
  };
}

const items = [...ROWS.map(itemOf), ...alone(samples)];
writeRuns(
  samples,
  {
    track: "rfc8760",
    name: "register",
    runner: "sipp, sipsak, baresip, linphonec, JsSIP, SIP.js and an own UAC",
    environment: { host: "Debian 12, 2 cores", ip: "v4", network: "loopback" },
  },
  items,
);
writeProvenance(
  samples,
  {
    track: "rfc8760",
    converter: "prisma/seed/convert/rfc8760.mjs",
    ranOn: "2026-11-22",
    host: "Debian 12, 2 cores, loopback interface",
    tools: [
      {
        name: "kamailio",
        version: "5.6.3",
        note: "auth module; one configuration with algorithm unset (MD5), one with SHA-256",
      },
      { name: "sipp", version: "3.6.1", note: "Debian package, without TLS" },
      { name: "sipsak", version: "0.9.8.1" },
      { name: "baresip", version: "1.0.0" },
      { name: "linphonec", version: "5.1.65" },
      {
        name: "JsSIP",
        version: "3.13.8",
        note: "over WebSocket, Node with ws as the browser side",
      },
      {
        name: "SIP.js",
        version: "0.21.2",
        note: "over WebSocket, Node with ws as the browser side",
      },
      {
        name: "own UAC and challenge UAS",
        version: "2026-11-22",
        note: "the trial's own programs: tools, not under test",
      },
    ],
    clock: [
      "Challenge UAS: its own log line for the client's first REGISTER. SIPp: its message log. linphonec: its log.",
      "sipsak and baresip against Kamailio: the time of issue inside Kamailio's nonce, whole seconds.",
      "Own UAC against Kamailio, JsSIP, SIP.js and the refused configuration: modification time of the sample; label clock. The runs were before it.",
    ],
    judgement: [
      "Where the client's log and the server's log were both kept, the neutral harness reports; of the own UAC against the challenge UAS only the UAS's log was kept, and both are tools.",
      "One exchange with three challenges, strongest first, answers R8760-03 for every client and R8760-04 for those that do not know all three algorithms.",
      "Unsupported only where the tool says so itself: SIPp's must use MD5 or AKAv1-MD5, sipsak's unsupported authentication algorithm, linphonec's unsupported algo, baresip's Function not implemented (ENOSYS). Giving up although MD5 was offered is a failure, not a lack of support.",
      "JsSIP and SIP.js give 401 as the cause and no word about algorithms: a failure, reported by the client alone.",
      "R8760-06 asks an MD5-only client for a clear error at once: that is what sipp, sipsak and baresip did, so they pass this case.",
      "Kamailio 5.6.3 refuses to start with SHA-512-256 and names what it supports: declared unsupported by the registrar, reported by itself; nothing was exchanged with the client named in the cell.",
    ],
    leftOut: [
      "Three challenges in one header field (strong-first-oneline): SIP wants one per field; the own UAC read them as one.",
      "linphonec against strongest-first at 19:58:16: its log was overwritten by the second run.",
      "Kamailio with SHA-512: not an algorithm of RFC 8760.",
    ],
  },
  items.flatMap(({ files }) => files),
);
