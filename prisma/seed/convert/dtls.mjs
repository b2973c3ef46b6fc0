// Recorded DTLS runs -> prisma/seed/loopback/runs/dtls.
//
//   node prisma/seed/convert/dtls.mjs SAMPLES/dtls && npx biome format --write prisma/seed/loopback
import { handshakes } from "./dtls-handshakes.mjs";
import { BUILDS } from "./dtls-parties.mjs";
import { peerConnections } from "./dtls-peer-connections.mjs";
import { variations } from "./dtls-variations.mjs";
import { openSamples, writeProvenance, writeRuns } from "./samples.mjs";

const samples = openSamples();
const about = {
  track: "dtls",
  environment: { host: "Debian 12, 2 cores", ip: "v4", network: "loopback", transport: "udp" },
};
const groups = [
  ["handshakes", "openssl s_server/s_client, gnutls-serv/gnutls-cli, werift", handshakes(samples)],
  ["variations", "openssl s_server/s_client, gnutls-cli, werift", variations(samples)],
  ["peer-connections", "werift, node-datachannel, rtpengine", peerConnections(samples)],
];
for (const [name, runner, items] of groups) writeRuns(samples, { ...about, name, runner }, items);

const provenance = {
  track: "dtls",
  converter: "prisma/seed/convert/dtls.mjs",
  ranOn: "2026-11-22",
  host: "Debian 12, 2 cores, loopback interface",
  tools: [
    {
      name: "openssl",
      version: BUILDS.openssl,
      note: "s_server and s_client, -keymatexport EXTRACTOR-dtls_srtp",
    },
    {
      name: "gnutls-bin",
      version: BUILDS.gnutls,
      note: "gnutls-serv --udp prints no session information",
    },
    { name: "werift", version: BUILDS.werift, note: "npm" },
    {
      name: "node-datachannel",
      version: "0.33.4",
      note: `libdatachannel ${BUILDS.libdatachannel}`,
    },
    { name: "rtpengine", version: BUILDS.rtpengine, note: "user space, ng protocol" },
    { name: "tshark", version: "4.0.17", note: "captures on lo" },
  ],
  clock: [
    "Nine handshakes: time of the first ClientHello in the capture.",
    "Openssl variations: the session's own time, from the line Start Time or from the encoded SSL session in the log; whole seconds.",
    "Runs whose logs carry no time (werift against a client that fails) have the time of the run before them in the same script, a lower bound; label clock.",
    "Peer connections and rtpengine: modification time of the sample; label clock. The runs were before it.",
  ],
  judgement: [
    "DTLS-01 passes when both sides print the same 60 bytes of EXTRACTOR-dtls_srtp: the neutral harness reports it. Where the server prints nothing (gnutls-serv) the client reports alone.",
    "DTLS-06 fails whenever the handshake completes without an SRTP profile on either side: the tools have no media that they could refuse, but they report success.",
    "A side that hangs until a limit expires is timeout; that the other side noticed an error and sent no alert is told in the message.",
    "DTLS-02 passes on the signalled roles, the state connected on both sides and data that arrived; no capture shows who sent the ClientHello.",
    "rtpengine against werift: werift did not reach connected with the right fingerprint either (timeout), so the run with the wrong one is inconclusive. rtpengine's own log is not among the samples.",
    "dtls_handshake_time and dtls_retransmitted_flights are read from the captures; gnutls and werift wait between flights, so the times are those of the command-line tools, not of the libraries.",
  ],
  leftOut: [
    "sdp-oa-findings.json synthetic-bad: made up to try the checker, no exchange.",
    "mtu1200 and mtu300 with openssl or werift against gnutls: not run.",
  ],
};
writeProvenance(
  samples,
  provenance,
  groups.flatMap(([, , items]) => items.flatMap((item) => item.files)),
);
