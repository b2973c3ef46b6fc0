// How the logs of the RFC 8760 runs are read: one small reader for each kind of witness.

export const CLIENTS = {
  sipp: { build: "3.6.1", ua: "sipp-3.6.1" },
  sipsak: { build: "0.9.8.1", ua: "sipsak 0.9.8.1" },
  baresip: { build: "1.0.0", ua: "baresip v1.0.0 (x86_64/linux)" },
  linphonec: { build: "5.1.65", ua: "Linphonec/5.1.65" },
  "own-uac": { build: "2026-11-22", ua: "own-rfc8760-uac" },
};

/** What the challenge UAS saw of one client: { startedAt, durationMs?, registers, accepted?, algorithm? }. */
export function seenByUas(jsonl, ua) {
  const rows = jsonl
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const own = rows.filter((row) => row.ua === ua && row.method === "REGISTER");
  if (own.length === 0) throw new Error(`The UAS never saw ${ua}`);
  const answered = own.find((row) => row.authorizations);
  return {
    startedAt: own[0].t,
    registers: own.length,
    ...(answered
      ? {
          durationMs: Date.parse(answered.t) - Date.parse(own[0].t),
          accepted: answered.verdict === "accepted",
          algorithm: answered.authorizations[0].algorithm,
        }
      : {}),
    lines: own.slice(0, 4).map((row) => `[uas] ${JSON.stringify(row)}`),
  };
}

/** Kamailio's own lines about one client: each request and what the script made of it. */
export function seenByKamailio(log, ua) {
  const notices = log.split("\n").filter((line) => line.includes("NOTICE: <script>"));
  const lines = notices.flatMap((line, at) =>
    line.endsWith(`ua=${ua}`) ? [line, notices[at + 1]] : [],
  );
  if (lines.length === 0) throw new Error(`Kamailio never saw ${ua}`);
  return {
    accepted: lines.some((line) => line.includes("AUTHOK")),
    lines: lines.slice(0, 4).map((line) => `[kamailio] ${line.trim()}`),
  };
}

/** Kamailio's nonce begins with two times in seconds: expiry and issue (auth module, nonce.c). */
export function issuedAt(log) {
  const nonce = /WWW-Authenticate: Digest realm="[^"]*", nonce="([^"]+)"/.exec(log)?.[1];
  return new Date(Buffer.from(nonce, "base64").readUInt32BE(4) * 1000).toISOString();
}

/** SIPp's message log: time of the first request and of the final answer 200. */
export function sippTimes(log) {
  const parts = log.split(/^-{20,} /m).slice(1);
  const time = (part) => `${part.slice(0, 10)}T${part.slice(11, 26)}Z`;
  const micros = (part) =>
    Date.parse(`${part.slice(0, 10)}T${part.slice(11, 19)}Z`) * 1e3 + Number(part.slice(20, 26));
  const ok = parts.find((part) => /^SIP\/2.0 200/m.test(part));
  return {
    startedAt: new Date(time(parts[0])).toISOString(),
    ...(ok ? { durationMs: (micros(ok) - micros(parts[0])) / 1e3 } : {}),
  };
}

/** linphonec's log: from "registration in progress" to its answer, in the log's milliseconds. */
export function linphonecTimes(log) {
  const at = (pattern) => {
    const [, day, clock] = pattern.exec(log) ?? [];
    return day && Date.parse(`${day}T${clock.slice(0, 8)}.${clock.slice(9)}Z`);
  };
  const began = at(
    /^(\S+) (\S+) liblinphone-message-Account .* to \[LinphoneRegistrationProgress\]/m,
  );
  const ended = at(/^(\S+) (\S+) liblinphone-message-Account .* to \[LinphoneRegistrationOk\]/m);
  return {
    startedAt: new Date(began).toISOString(),
    ...(ended ? { durationMs: ended - began } : {}),
  };
}
