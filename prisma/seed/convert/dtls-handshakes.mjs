// The nine handshakes of three stacks as server and client: DTLS-01 and DTLS-07 (certificate sent).
import { readHandshake } from "./dtls-capture.mjs";
import { party, printed, said, shorten, TELLING } from "./dtls-parties.mjs";
import { excerpt, linesOf } from "./samples.mjs";

const CERTIFICATE_REQUEST = 13;
const CERTIFICATE_VERIFY = 15;

export const handshakes = (samples) =>
  samples.json("matrix.json").results.flatMap((run) => handshake(samples, run));

function handshake(samples, run) {
  const files = ["matrix.json", run.pcap, `${run.id}.client.log`, `${run.id}.server.log`];
  const logs = { client: samples.text(files[2]), server: samples.text(files[3]) };
  const wire = readHandshake(samples.bytes(run.pcap), run.port);
  const facts = { client: printed(logs.client), server: printed(logs.server) };
  const equal = facts.client.keymat !== undefined && facts.client.keymat === facts.server.keymat;
  if (wire.finished.length !== 2 || !facts.client.keymat)
    throw new Error(`${run.id}: not completed`);
  const common = {
    files,
    reporter: equal ? "neutral" : run.client,
    attempt: 1,
    parties: [
      sideOf("client", run.client, facts.client),
      sideOf("server", run.server, facts.server),
    ],
    outcome: "pass",
    startedAt: new Date(wire.startedAtNs / 1e6).toISOString(),
    exchange: run.id,
  };
  return [keysItem({ common, logs, wire, equal }), ...certificateItem(common, wire)];
}

function sideOf(role, entry, facts) {
  return facts.keymat
    ? party(role, entry, {
        stage: "established",
        expected: "equal keying material",
        observed: said(facts),
      })
    : party(role, entry);
}

function keysItem({ common, logs, wire, equal }) {
  const echoed = /^ECHO-PROBE/m.test(logs.client);
  const alone = `Client established and exported 60 bytes; ${echoed ? "its probe was echoed" : "no probe was sent"}. gnutls-serv prints no session, so the server's keys were not compared.`;
  return {
    ...common,
    test: "DTLS-01",
    variant: {},
    durationMs: wire.handshakeMs,
    message: equal ? "Both sides exported the same 60 bytes of EXTRACTOR-dtls_srtp." : alone,
    log: excerpt(
      shorten([
        ...linesOf("client", logs.client, TELLING),
        ...linesOf("server", logs.server, TELLING),
      ]),
    ),
    metrics: [
      metric("dtls_handshake_time", wire.handshakeMs, "ms"),
      metric("dtls_retransmitted_flights", wire.repeats, "count"),
    ],
  };
}

const metric = (name, value, unit) => ({ name, value, unit, vantage: "capture between the peers" });

/** Both the request and the proof are on the wire in clear in DTLS 1.2. */
function certificateItem(common, wire) {
  const asked = wire.sent.server.includes(CERTIFICATE_REQUEST);
  const proved = wire.sent.client.includes(CERTIFICATE_VERIFY);
  if (!asked || !proved) return [];
  return [
    {
      ...common,
      test: "DTLS-07",
      variant: { certificate: "sent" },
      parties: common.parties.map(({ role, entry, build }) => ({ role, entry, build })),
      message:
        "Capture: CertificateRequest, then Certificate and CertificateVerify; the handshake completed.",
    },
  ];
}
