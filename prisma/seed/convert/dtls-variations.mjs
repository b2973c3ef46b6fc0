// Negative runs and variations: DTLS-05 to DTLS-09. Each row says what its two logs showed; the
// converter checks that they do before it writes the row.
import { opensslSeconds, party, shorten, TELLING } from "./dtls-parties.mjs";
import { excerpt, fromSeconds, linesOf } from "./samples.mjs";

const HANGS =
  "werift's client waits for a CertificateRequest that does not come: waitForReady timeout after 9 s, no alert.";

// [file stem, test, variant, client, server, outcome, what each side showed, message, evidence]
const ROWS = [
  {
    id: "neg1-srtp-profile-mismatch_openssl-server_gnutls-client",
    test: "DTLS-06",
    variant: { client: "other-profile" },
    client: ["gnutls", "handshake completed, no SRTP profile"],
    server: ["openssl", "handshake completed, no SRTP profile"],
    expected: "media refused",
    outcome: "fail",
    message:
      "No common SRTP profile, yet the handshake completes and neither side reports a failure.",
    proof: {
      client: /Handshake was completed/,
      server: /CIPHER is/,
      neither: /SRTP Extension negotiated|SRTP profile:/,
    },
  },
  {
    id: "neg2-dtls1.0-client_werift-server",
    test: "DTLS-08",
    variant: { client: "dtls1.0-only" },
    client: ["openssl", "silence"],
    server: ["werift", "cipher suite negotiation failed, no alert"],
    expected: "alert protocol_version (70)",
    outcome: "timeout",
    message:
      "The server notices the failure but sends no alert: the DTLS 1.0 client hears nothing until the limit.",
    proof: { server: /cipher suite negotiation failed/, neither: /alert/ },
  },
  {
    id: "neg3-no-client-cert_werift-server",
    test: "DTLS-07",
    variant: { certificate: "missing" },
    client: ["openssl", "no alert received"],
    server: ["werift", "error event, no alert"],
    expected: "alert within 1 s",
    outcome: "timeout",
    message:
      "werift's server reports an error inside and sends no alert; both sides wait until the limit.",
    proof: { server: /"event":"timeout"/, neither: /alert/ },
  },
  {
    id: "neg4-no-use_srtp-client_openssl-server",
    test: "DTLS-06",
    variant: { client: "no-use-srtp" },
    client: ["openssl", "handshake completed, no SRTP profile"],
    server: ["openssl", "handshake completed, no SRTP profile"],
    expected: "media refused",
    outcome: "fail",
    message:
      "A client without use_srtp completes the handshake with a server that has an SRTP profile; nobody reports a failure.",
    proof: { client: /Cipher is/, server: /CIPHER is/, neither: /SRTP Extension negotiated/ },
  },
  {
    id: "neg5-no-client-cert_openssl-server-Verify",
    test: "DTLS-07",
    variant: { certificate: "missing" },
    client: ["openssl", "alert 40 received"],
    server: ["openssl", "peer did not return a certificate"],
    expected: "alert handshake_failure (40)",
    outcome: "pass",
    message:
      "The server that requires a certificate ends the handshake with alert 40. The time to the alert was not measured.",
    proof: { client: /SSL alert number 40/, server: /peer did not return a certificate/ },
  },
  {
    id: "var6-mtu300_openssl-server_werift-client",
    test: "DTLS-07",
    variant: { certificate: "not-requested" },
    client: ["werift", "timeout after 9 s"],
    server: ["openssl", "no session"],
    expected: "completes or alerts",
    outcome: "timeout",
    message: `${HANGS} The server ran with an MTU of 300 here.`,
    labels: { mtu: "300" },
    proof: { client: /"event":"timeout"/, neither: /"connected"|alert/ },
  },
  {
    id: "var7-aead-gcm_openssl_openssl",
    test: "DTLS-05",
    variant: { server: "both-profiles" },
    client: ["openssl", "SRTP_AEAD_AES_256_GCM"],
    server: ["openssl", "SRTP_AEAD_AES_256_GCM"],
    expected: "one common profile",
    outcome: "pass",
    message: "Both sides report SRTP_AEAD_AES_256_GCM, the first of the two that both have.",
    proof: { client: /profile=SRTP_AEAD_AES_256_GCM/, server: /profile=SRTP_AEAD_AES_256_GCM/ },
  },
  fragmented("300", "openssl", "SRTP Extension negotiated"),
  fragmented("300", "werift", '"event":"connected"'),
  fragmented("1200", "openssl", "SRTP Extension negotiated"),
  fragmented("1200", "werift", '"event":"connected"'),
  {
    id: "mtu1200-certreq0_openssl-server_openssl-client",
    test: "DTLS-07",
    variant: { certificate: "not-requested" },
    client: ["openssl", "established"],
    server: ["openssl", "established"],
    expected: "completes or alerts",
    outcome: "pass",
    message: "A server that asks for no certificate, and a client that goes on without one.",
    proof: { client: /SRTP Extension negotiated/, server: /SRTP Extension negotiated/ },
  },
  {
    id: "mtu1200-certreq0_openssl-server_werift-client",
    test: "DTLS-07",
    variant: { certificate: "not-requested" },
    attempt: 2,
    client: ["werift", "timeout after 9 s"],
    server: ["openssl", "no session"],
    expected: "completes or alerts",
    outcome: "timeout",
    message: `${HANGS} Same set-up as the run that passes with a request.`,
    labels: { mtu: "1200" },
    proof: { client: /waitForReady timeout/, neither: /"connected"|alert/ },
  },
];

function fragmented(mtu, client, sign) {
  return {
    id: `mtu${mtu}-certreq1_openssl-server_${client}-client`,
    test: "DTLS-09",
    variant: { mtu, certificate: "ecdsa-p256" },
    client: [client, "established"],
    server: ["openssl", "established"],
    expected: "established",
    outcome: "pass",
    message: `Handshake completes on both sides with a server MTU of ${mtu} bytes.`,
    proof: { client: new RegExp(sign), server: /SRTP Extension negotiated/ },
  };
}

export function variations(samples) {
  const items = [];
  let lastSeconds;
  for (const row of ROWS) {
    const files = [`${row.id}.client.log`, `${row.id}.server.log`];
    const logs = { client: samples.text(files[0]), server: samples.text(files[1]) };
    prove(row, logs);
    const own = opensslSeconds(logs.client) ?? opensslSeconds(logs.server);
    lastSeconds = own ?? lastSeconds;
    items.push({ ...itemOf(row, logs), files, ...clockOf(row, own, lastSeconds) });
  }
  return items;
}

function prove({ id, proof }, logs) {
  const shown =
    (proof.client?.test(logs.client) ?? true) &&
    (proof.server?.test(logs.server) ?? true) &&
    !(proof.neither?.test(logs.client) || proof.neither?.test(logs.server));
  if (!shown) throw new Error(`${id}: the logs do not show what the row says`);
}

function clockOf(row, own, lastSeconds) {
  const labels = { ...row.labels, ...(own ? {} : { clock: "run before it in the same script" }) };
  return {
    startedAt: fromSeconds(lastSeconds),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

function itemOf(row, logs) {
  const lines = [
    ...linesOf("client", logs.client, TELLING),
    ...linesOf("server", logs.server, TELLING),
  ];
  const side = (role) =>
    party(role, row[role][0], { expected: row.expected, observed: row[role][1] });
  return {
    reporter: "neutral",
    test: row.test,
    variant: row.variant,
    attempt: row.attempt ?? 1,
    parties: [side("client"), side("server")],
    outcome: row.outcome,
    message: row.message,
    log: excerpt(shorten(lines)),
    exchange: row.id,
  };
}
