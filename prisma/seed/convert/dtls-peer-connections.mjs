// Whole peer connections (offer, answer, ICE, DTLS) of werift and libdatachannel, and rtpengine's
// offer: DTLS-02, DTLS-04, DTLS-16, and what werift saw of rtpengine (DTLS-01, DTLS-04).
import { party } from "./dtls-parties.mjs";
import { excerpt, linesOf } from "./samples.mjs";

const CLOCK = { clock: "modification time of the sample" };
const RTPENGINE = "rtpengine-server_werift-client";

export const peerConnections = (samples) => [
  ...samples.json("pc-matrix.json").map((run) => connection(samples, run)),
  ...hygiene(samples),
  ...seenByWerift(samples),
];

const sides = (id) =>
  id.startsWith("pc-werift-offer") ? ["werift", "libdatachannel"] : ["libdatachannel", "werift"];
const KEY = { werift: "werift", libdatachannel: "ndc" };

function connection(samples, run) {
  const spoiled = run.id.includes("bad-fingerprint");
  const [offerer, answerer] = sides(run.id);
  const states = (entry) => run[KEY[entry]].join(", ");
  const connected = (entry) => run[KEY[entry]].includes("connected");
  const met = spoiled
    ? run[KEY[answerer]].includes("failed") && !connected(offerer)
    : connected(offerer) && connected(answerer) && run.message !== null;
  if (!met || run.answer_setup !== "active") throw new Error(`${run.id}: not as the row says`);
  return {
    reporter: "neutral",
    files: ["pc-matrix.json", `${run.id}.offer.sdp`, `${run.id}.answer.sdp`],
    test: spoiled ? "DTLS-04" : "DTLS-02",
    variant: {},
    attempt: 1,
    parties: [
      party("offerer", offerer, { stage: "setup:actpass", observed: states(offerer) }),
      party("answerer", answerer, {
        stage: "setup:active",
        expected: spoiled ? "failed" : "connected",
        observed: states(answerer),
      }),
    ],
    outcome: "pass",
    startedAt: samples.modifiedAt("pc-matrix.json"),
    message: spoiled
      ? "One octet of the offer's fingerprint was changed: the answerer, who checks it, reports failed; no data passed."
      : "Both sides reached connected and data arrived; roles as signalled, the ClientHello itself was not captured.",
    labels: CLOCK,
    exchange: run.id,
  };
}

function hygiene(samples) {
  const findings = samples.json("sdp-oa-findings.json");
  const runs = [
    ["pc-werift-offer_ndc-answer", "werift", "libdatachannel"],
    ["pc-ndc-offer_werift-answer", "libdatachannel", "werift"],
    ["rtpengine-offer", "rtpengine", "werift"],
  ];
  return runs.map(([id, offerer, answerer]) => {
    const errors = findings[id].filter(({ sev }) => sev === "error");
    const codes = errors.map(({ code, msg }) => `${code}: ${msg}`).join("; ");
    const sdp =
      id === "rtpengine-offer"
        ? [`${RTPENGINE}.rtpengine-offer.sdp`]
        : [`${id}.offer.sdp`, `${id}.answer.sdp`];
    const mixed = samples.text(sdp[0]).match(/^a=crypto:/gm)?.length ?? 0;
    const offered = errors.length > 0 ? { expected: "0 errors", observed: codes } : {};
    return {
      reporter: "neutral",
      files: ["sdp-oa-findings.json", ...sdp],
      test: "DTLS-16",
      variant: {},
      attempt: 1,
      parties: [party("offerer", offerer, offered), party("answerer", answerer)],
      outcome: errors.length > 0 ? "fail" : "pass",
      startedAt: samples.modifiedAt("sdp-oa-findings.json"),
      message:
        errors.length > 0
          ? `The offer has ${mixed} a=crypto lines inside a DTLS-SRTP m-line, beside a=fingerprint. The answer was not recorded.`
          : "Offer and answer: no errors; both leave out a=tls-id.",
      metrics: [
        {
          name: "sdp_errors",
          value: errors.length,
          unit: "count",
          vantage: "SDP offer/answer checker",
        },
      ],
      labels: CLOCK,
      exchange: id,
    };
  });
}

/** rtpengine's own log was not kept: werift alone can speak, and only of what it waited for. */
function seenByWerift(samples) {
  const rows = [
    {
      id: RTPENGINE,
      test: "DTLS-01",
      roles: ["client", "server"],
      outcome: "timeout",
      message:
        "werift's client did not reach connected within 9 s. The cause was not found; rtpengine's side is not recorded.",
    },
    {
      id: `${RTPENGINE}_bad-fingerprint`,
      test: "DTLS-04",
      roles: ["answerer", "offerer"],
      outcome: "inconclusive",
      message:
        "werift did not reach connected, but neither did it with the right fingerprint: this says nothing about the check.",
    },
  ];
  return rows.map(({ id, roles, ...row }) => {
    const log = samples.text(`${id}.werift.log`);
    if (!/"event":"timeout"/.test(log)) throw new Error(`${id}: no timeout in the log`);
    return {
      ...row,
      reporter: "werift",
      files: [`${id}.werift.log`, `${id}.rtpengine-offer.sdp`],
      variant: {},
      attempt: 1,
      parties: [
        party(roles[0], "werift", { stage: "ready", observed: "timeout after 9 s" }),
        party(roles[1], "rtpengine"),
      ],
      startedAt: samples.modifiedAt(`${id}.werift.log`),
      log: excerpt(linesOf("werift", log, /./)),
      labels: CLOCK,
      exchange: id,
    };
  });
}
