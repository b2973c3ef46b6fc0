// Recorded STIR/SHAKEN runs -> prisma/seed/loopback/runs/stir-shaken.
//
//   node prisma/seed/convert/stir-shaken.mjs SAMPLES/stir && npx biome format --write prisma/seed/loopback
import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { udpPackets } from "./pcapng.mjs";
import { excerpt, linesOf, openSamples, writeProvenance, writeRuns } from "./samples.mjs";
import { CASES, EXCEPTIONS } from "./stir-cases.mjs";

const BUILD = "5.6.3";
const CRAFTED = "2026-11-22";
const PORTS = { open: 5360, strict: 5361 };
const METRIC_TESTS = new Set(["SS-01", "SS-11"]);

const samples = openSamples();

/** The exchanges on one port in the order of sending: [{ callId, at, answer, ms, invite }]. */
function exchanges(port) {
  const packets = udpPackets(samples.bytes("vs.pcapng")).map((packet) => ({
    ...packet,
    text: packet.data.toString("latin1"),
  }));
  const answers = packets.filter(
    ({ from, text }) => from === port && !text.startsWith("SIP/2.0 100"),
  );
  return packets
    .filter(({ to, text }) => to === port && text.startsWith("INVITE"))
    .map(({ at, text }) => {
      const callId = /^Call-ID: (\S+)/m.exec(text)[1];
      const answer = answers.find((one) => one.text.includes(callId));
      return {
        callId,
        at,
        invite: text,
        answer: answer.text.split("\r\n")[0],
        ms: Math.round((answer.at - at) / 1e3) / 1e3,
      };
    });
}

/** The rule: an accepted answer passes, a refusal with another code deviates, the rest fails. */
function judge(codes, code) {
  if (codes.includes(code)) return "pass";
  const mustRefuse = !codes.includes("200");
  return mustRefuse && /^4\d\d$/.test(code) ? "degraded" : "fail";
}

const WORDS = {
  pass: (code, codes) =>
    codes.includes("200")
      ? "Accepted, as it should be."
      : `Refused with ${code}, as the RFC profile expects.`,
  degraded: (code, codes) =>
    `Refused, but with ${code} where the RFC profile expects ${codes.join(" or ")}: the script answers every failure alike.`,
  fail: (code, codes) => `Answered ${code} where the RFC profile expects ${codes.join(" or ")}.`,
};

function verification(config, name, exchange) {
  const { test, variant, codes, plays } = CASES[name];
  const code = exchange.answer.split(" ")[1];
  const ruled = judge(codes, code);
  const { outcome, message } = EXCEPTIONS[name]?.[config] ?? {
    outcome: ruled,
    message: WORDS[ruled](code, codes),
  };
  const log = samples.text(`vs-${config}.log`);
  const crafted = plays ? [{ role: plays, entry: "crafted", build: CRAFTED }] : [];
  return {
    reporter: "neutral",
    files: ["kamailio-secsipid-vs.json", "vs.pcapng", `vs-${config}.log`, `kam-vs-${config}.cfg`],
    test,
    variant,
    attempt: 1,
    parties: [
      ...crafted,
      {
        role: "vs",
        entry: `kamailio-${config}`,
        build: BUILD,
        stage: "answered",
        expected: codes.join(" or "),
        observed: exchange.answer.replace("SIP/2.0 ", ""),
      },
    ],
    outcome,
    rawStatus: exchange.answer,
    startedAt: new Date(exchange.at / 1e6).toISOString(),
    durationMs: exchange.ms,
    message,
    log: excerpt([
      `[capture] ${exchange.answer}`,
      ...linesOf("kamailio", log, new RegExp(exchange.callId)),
    ]),
    ...(METRIC_TESTS.has(test) ? { metrics: [latency(exchange.ms)] } : {}),
    labels: { sample: name },
    exchange: exchange.callId,
  };
}

const latency = (value) => ({
  name: "verification_latency",
  value,
  unit: "ms",
  vantage: "capture between sender and service",
});

function verifications() {
  const { results } = samples.json("kamailio-secsipid-vs.json");
  return Object.keys(PORTS).flatMap((config) => {
    const sent = exchanges(PORTS[config]);
    if (sent.length !== results.length) throw new Error(`${config}: ${sent.length} exchanges`);
    return results.map((row, at) => {
      if (sent[at].answer !== `SIP/2.0 ${row[config]}`)
        throw new Error(`${row.case}: not as captured`);
      return verification(config, row.case, sent[at]);
    });
  });
}

/** Kamailio as authentication service: the captured token is verified here once more. */
function signed() {
  const invite = samples.text("kamailio-as-invite.txt");
  const [token, ...parameters] = /^Identity: (\S+)/m.exec(invite)[1].split(";");
  const [header, payload, signature] = token.split(".");
  const raw = Buffer.from(signature, "base64url");
  const key = createPublicKey(
    new X509Certificate(samples.bytes("sp.pem")).publicKey.export({ type: "spki", format: "pem" }),
  );
  const genuine = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: "ieee-p1363" },
    raw,
  );
  const { x5u, alg, ppt, typ } = JSON.parse(Buffer.from(header, "base64url"));
  const claims = JSON.parse(Buffer.from(payload, "base64url"));
  const sound =
    genuine &&
    raw.length === 64 &&
    alg === "ES256" &&
    ppt === "shaken" &&
    typ === "passport" &&
    parameters.includes(`info=<${x5u}>`) &&
    claims.attest === "A";
  if (!sound)
    throw new Error("kamailio-as-invite.txt does not hold the token that the rows describe");
  const common = {
    reporter: "neutral",
    files: ["kamailio-as-invite.txt", "sp.pem", "kam-as.cfg"],
    attempt: 1,
    parties: [
      {
        role: "as",
        entry: "kamailio-as",
        build: BUILD,
        stage: "signed",
        observed: `attest ${claims.attest}, ${raw.length}-byte signature`,
      },
      { role: "vs", entry: "validator", build: CRAFTED, stage: "verified" },
    ],
    outcome: "pass",
    startedAt: new Date(/^Date: (.*)$/m.exec(invite)[1]).toISOString(),
    exchange: /^Call-ID: (\S+)/m.exec(invite)[1],
  };
  return [
    {
      ...common,
      test: "SS-01",
      variant: { attestation: "A" },
      message:
        "The signature verifies with the event's SP certificate; attest A, dest, iat, orig and origid are there, x5u equals info (http, the harness's choice).",
    },
    {
      ...common,
      test: "SS-09",
      variant: { signature: "raw" },
      message: "The signature decodes from base64url without padding to 64 bytes.",
    },
  ];
}

const items = [...verifications(), ...signed()];
writeRuns(
  samples,
  {
    track: "stir-shaken",
    name: "secsipid",
    runner: "32 crafted Identity headers over UDP; Kamailio's secsipid module",
    environment: { host: "Debian 12, 2 cores", ip: "v4", network: "loopback", transport: "udp" },
  },
  items,
);
writeProvenance(
  samples,
  {
    track: "stir-shaken",
    converter: "prisma/seed/convert/stir-shaken.mjs",
    ranOn: "2026-11-22",
    host: "Debian 12, 2 cores, loopback interface",
    tools: [
      {
        name: "kamailio",
        version: "5.6.3",
        note: "module secsipid; kamailio-open: library defaults, kamailio-strict: libopt CertVerify=5 and the event's CA",
      },
      { name: "libsecsipid", version: "1.2.0" },
      { name: "tshark", version: "4.0.17", note: "vs.pcapng on lo" },
    ],
    clock: [
      "Verification: time of the INVITE in vs.pcapng; duration to the final answer in the same capture.",
      "Signing: the Date header of the captured INVITE, whole seconds.",
    ],
    judgement: [
      "An answer that the rfc profile accepts passes. A refusal with another code is degraded: Kamailio's script answers 438 to every failure of the library and names its return code in the reason phrase. A bad token that is answered 200 fails.",
      "SS-05 with CertVerify=5 is degraded, because the catalogue asks for the default configuration.",
      "SS-09 standard-base64 on kamailio-strict is inconclusive: the signature of that run had no + or / in it, only the padding differed. On kamailio-open it had both and was refused.",
      "SS-14: neither configuration compares the token with From and To; the library leaves that to the script.",
      "Kamailio as authentication service: the converter verifies the captured token again before it writes the result; the entry validator stands for that check.",
      "Both the sender's view and the service's log line of each exchange were kept, so the neutral harness reports.",
    ],
    leftOut: [
      "own-validator.json: the same 32 headers through a prototype of this product's validator, no implementation under test.",
    ],
  },
  items.flatMap(({ files }) => files),
);
