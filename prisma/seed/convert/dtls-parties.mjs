// Who took part in the DTLS samples, and how the tools' own words are read.
export const BUILDS = {
  openssl: "3.0.22",
  gnutls: "3.7.9",
  werift: "0.24.4",
  libdatachannel: "0.24.5",
  rtpengine: "10.5.3.5",
};

export const party = (role, entry, said = {}) => ({ role, entry, build: BUILDS[entry], ...said });

// What the three tools print of a session: nothing here is more than a line of a log.
const PRINTED = {
  keymat: [
    /Keying material:\s*([0-9A-Fa-f]+)/,
    /Key material:\s*([0-9a-f]+)/,
    /"keymat":"([0-9A-F]+)"/,
  ],
  profile: [
    /SRTP Extension negotiated, profile=(\S+)/,
    /SRTP profile: (\S+)/,
    /"srtpProfile":(\d+)/,
  ],
  cipher: [/(?:Cipher is|CIPHER is) (\S+)/, /Description: (\S+)/, /"cipher":(\d+)/],
};

/** { keymat?, profile?, cipher? } as printed; keying material in upper case. */
export function printed(log) {
  const found = {};
  for (const [name, patterns] of Object.entries(PRINTED)) {
    const hit = patterns.map((pattern) => pattern.exec(log)?.[1]).find(Boolean);
    if (hit) found[name] = name === "keymat" ? hit.toUpperCase() : hit;
  }
  return found;
}

export const said = ({ profile, cipher }) =>
  [profile && `SRTP profile ${profile}`, cipher && `cipher ${cipher}`].filter(Boolean).join(", ");

/** The second in which an openssl session began, from the log that prints it or its encoded session. */
export function opensslSeconds(log) {
  const started = /Start Time: (\d+)/.exec(log);
  if (started) return Number(started[1]);
  const pem = /BEGIN SSL SESSION PARAMETERS-----\s([\s\S]*?)-----END/.exec(log);
  if (!pem) return undefined;
  const session = Buffer.from(pem[1], "base64");
  // SSL_SESSION_ASN1: [1] EXPLICIT INTEGER is the time (ssl/ssl_asn1.c).
  const at = session.indexOf(Buffer.from([0xa1, 6, 2, 4]));
  return at < 0 ? undefined : session.readUInt32BE(at + 4);
}

// Keying material and tickets stay out of the excerpts: they are long and say nothing to a reader.
export const TELLING =
  /SRTP|[Cc]ipher is|CIPHER is|Description:|Handshake was|alert|error|"event"|ECHO-PROBE|Accepted connection|sent 1 certificate|did not return|ACCEPT$|CONNECTED/;
export const shorten = (lines) =>
  lines.map((line) => line.replace(/"keymat":"[0-9A-F]+"/, '"keymat":"…"'));
