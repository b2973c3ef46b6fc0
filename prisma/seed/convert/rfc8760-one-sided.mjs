// RFC 8760 runs of which one side alone left a trace: that side reports.
import { CLIENTS, seenByKamailio } from "./rfc8760-evidence.mjs";
import { excerpt, linesOf } from "./samples.mjs";

const CLOCK = { clock: "modification time of the sample" };
const party = (role, entry, build) => ({ role, entry, build });

export const alone = (samples) => [
  ...ownUac(samples),
  ...browserClients(samples),
  refusedConfiguration(samples),
];

/** The own UAC's output against Kamailio was not kept, Kamailio's log was. */
function ownUac(samples) {
  return ["md5", "sha256"].map((config) => {
    const file = `run-${config}.log`;
    const { ua, build } = CLIENTS["own-uac"];
    const seen = seenByKamailio(samples.text(file), ua);
    if (!seen.accepted) throw new Error(`${file}: the own UAC was not accepted`);
    return {
      reporter: `kamailio-${config}`,
      files: [file],
      test: "R8760-01",
      variant: { algorithm: config === "md5" ? "MD5" : "SHA-256" },
      attempt: 1,
      parties: [party("uac", "own-uac", build), party("registrar", `kamailio-${config}`, "5.6.3")],
      outcome: "pass",
      startedAt: samples.modifiedAt(file),
      message: "Kamailio verified the response; the client's own output was not kept.",
      log: excerpt(seen.lines),
      labels: { ...CLOCK, transport: "udp" },
    };
  });
}

const BROWSERS = { jssip: "3.13.8", sipjs: "0.21.2" };
const CONFIGURED = {
  "kam-md5-ws": { algorithm: "MD5", entry: "kamailio-md5" },
  "kam-sha256-ws": { algorithm: "SHA-256", entry: "kamailio-sha256" },
};

function browserClients(samples) {
  return Object.keys(BROWSERS).flatMap((entry) => {
    const file = `${entry}-ws.jsonl`;
    const lines = samples.text(file).trim().split("\n");
    const startedAt = samples.modifiedAt(file);
    return lines.map((line) => ({
      ...browserItem(entry, JSON.parse(line)),
      files: [file],
      startedAt,
    }));
  });
}

function browserItem(entry, row) {
  const { algorithm, entry: registrar } = CONFIGURED[row.label];
  const failed = `Registration failed with ${row.code}; the client says nothing of algorithms.`;
  return {
    reporter: entry,
    test: "R8760-16",
    variant: { algorithm },
    attempt: 1,
    parties: [
      {
        ...party("uac", entry, BROWSERS[entry]),
        expected: "200",
        observed: row.code ? `${row.code} ${row.cause ?? ""}`.trim() : "registered",
      },
      party("registrar", registrar, "5.6.3"),
    ],
    outcome: row.verdict,
    message: row.verdict === "pass" ? "Registered over WebSocket." : failed,
    log: excerpt([`[${entry}] ${JSON.stringify(row)}`]),
    labels: { ...CLOCK, transport: "ws" },
  };
}

function refusedConfiguration(samples) {
  const file = "run-sha512256.log";
  const lines = linesOf("kamailio", samples.text(file), /Invalid algorithm provided/);
  if (lines.length !== 1) throw new Error(`${file}: no refusal`);
  return {
    reporter: "kamailio-sha512-256",
    files: [file, "kamailio-sha512256.cfg"],
    test: "R8760-02",
    variant: {},
    attempt: 1,
    parties: [
      party("uac", "own-uac", CLIENTS["own-uac"].build),
      { ...party("registrar", "kamailio-sha512-256", "5.6.3"), stage: "refused to start" },
    ],
    outcome: "unsupported",
    unsupportedBy: ["registrar"],
    startedAt: samples.modifiedAt(file),
    message:
      'Kamailio 5.6.3 does not start with this algorithm: possible values are "", MD5 or SHA-256. Nothing was exchanged.',
    log: excerpt(lines),
    labels: CLOCK,
  };
}
