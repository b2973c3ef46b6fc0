// The recorded SIPREC call -> prisma/seed/loopback/runs/siprec.
//
//   node prisma/seed/convert/siprec.mjs SAMPLES/siprec && npx biome format --write prisma/seed/loopback
import { udpPackets } from "./pcapng.mjs";
import { excerpt, openSamples, writeProvenance, writeRuns } from "./samples.mjs";

const METADATA = new Set(["NAMESPACE", "ID-ATTR", "DANGLING"]);
const BUILD = "2026-11-22";

const samples = openSamples();
const findings = samples.json("srs-findings.json");
const messages = udpPackets(samples.bytes("src-srs.pcapng")).map(({ at, data }) => ({
  at,
  line: data.toString("latin1").split("\r\n")[0],
}));
const order = ["INVITE ", "SIP/2.0 200", "ACK ", "BYE ", "SIP/2.0 200"];
if (!order.every((head, at) => messages[at].line.startsWith(head))) {
  throw new Error("src-srs.pcapng does not hold one complete dialog");
}

const graver = (sev) => findings.filter((finding) => finding.sev === sev);
const errors = graver("error").filter(({ code }) => METADATA.has(code));
const told = (list) =>
  list.map(({ sev, code, msg, ref }) => `[checker] ${sev} ${code}: ${msg} (${ref})`);
const src = (said) => ({ role: "src", entry: "sipp-metaswitch", build: "3.6.1", ...said });
const srs = (said) => ({ role: "srs", entry: "own-srs", build: BUILD, ...said });
const common = {
  reporter: "neutral",
  attempt: 1,
  startedAt: new Date(messages[0].at / 1e6).toISOString(),
  durationMs: Math.round((messages.at(-1).at - messages[0].at) / 1e3) / 1e3,
  exchange: /^Call-ID: (\S+)/m.exec(samples.text("srs-received-invite.txt"))[1],
};

const items = [
  {
    ...common,
    files: ["src-srs.pcapng", "srs-findings.json", "srs-received-invite.txt", "sipp.txt"],
    test: "SREC-01",
    variant: { transport: "udp" },
    parties: [
      src({
        stage: "confirmed",
        observed: "Contact without closing bracket, metadata application/rs-metadata",
      }),
      srs({ stage: "confirmed", observed: "200 OK, recvonly" }),
    ],
    outcome: "inconclusive",
    message:
      "INVITE, 200, ACK, BYE, 200: the dialog came up and ended. Media was not captured, so nobody knows whether anything would have been recorded.",
    log: excerpt([
      ...messages.map(({ line }) => `[capture] ${line}`),
      ...told(graver("error").slice(0, 2)),
    ]),
  },
  {
    ...common,
    files: ["srs-findings.json", "srs-received-invite.txt"],
    test: "SREC-03",
    variant: {},
    parties: [src({ expected: "0 errors", observed: `${errors.length} errors` })],
    outcome: "fail",
    message:
      "Metadata in the namespace of a draft, with id in place of stream_id; four references lead nowhere.",
    log: excerpt(told([...errors, ...graver("warn")])),
    metrics: [
      { name: "validator_errors", value: errors.length, unit: "count", vantage: "validator" },
      {
        name: "validator_warnings",
        value: graver("warn").length,
        unit: "count",
        vantage: "validator",
      },
    ],
  },
  {
    ...common,
    files: ["src-srs.pcapng", "srs-findings.json"],
    test: "SREC-15",
    variant: { dialect: "metaswitch" },
    parties: [src({}), srs({ stage: "answered", observed: "200 OK, dialect named" })],
    outcome: "pass",
    message:
      "The server answers 200 and stays alive to the BYE; the checker names the dialect: application/rs-metadata, pre-RFC namespace, id attributes.",
    log: excerpt(told(findings)),
  },
];
if (errors.length !== 6) throw new Error(`${errors.length} metadata errors; the rows speak of six`);

writeRuns(
  samples,
  {
    track: "siprec",
    name: "metaswitch-dialect",
    runner: "SIPp with a Metaswitch scenario, own recording server",
    environment: { host: "Debian 12, 2 cores", ip: "v4", network: "loopback", transport: "udp" },
  },
  items,
);
writeProvenance(
  samples,
  {
    track: "siprec",
    converter: "prisma/seed/convert/siprec.mjs",
    ranOn: "2026-11-22",
    host: "Debian 12, 2 cores, loopback interface",
    tools: [
      {
        name: "sipp",
        version: "3.6.1",
        note: "plays a recorded Metaswitch client (scenario of miarecdev/sipp-siprec)",
      },
      {
        name: "own SRS",
        version: BUILD,
        note: "the trial's own program with a metadata checker: a tool, not under test",
      },
      { name: "tshark", version: "4.0.17", note: "src-srs.pcapng on lo, the two signalling ports" },
    ],
    clock: ["Time of the INVITE in src-srs.pcapng."],
    judgement: [
      "Both ends are tools: the cells have no side of a project, and the neutral harness reports what the capture and the checker show.",
      "SREC-01 is inconclusive: the dialog came up, media was not captured.",
      "SREC-03 counts the checker's findings about the metadata only; the malformed Contact and the missing direction in the SDP are told under SREC-01.",
    ],
    leftOut: [
      "SREC-16: an INVITE of 2,880 bytes over UDP on a loopback interface is never fragmented.",
    ],
  },
  items.flatMap(({ files }) => files),
);
