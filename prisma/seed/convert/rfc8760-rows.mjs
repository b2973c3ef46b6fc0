// What each RFC 8760 run is in the catalogue, and what its logs must show before a row is written.
// `log` is the client's own log; `shows` must be found in it.

const sipp = (id) => [`sipp-${id}.messages.log`];
const sippError = (id) => [`sipp-${id}.messages.log`, `sipp-${id}.errors.log`];
const MUST_MD5 = /authentication must use MD5 or AKAv1-MD5/;
const SIPSAK_NO = /error: unsupported authentication algorithm/;
const BARESIP_NO = /Register: Function not implemented/;
const linphonec = (id) => [`linphonec-${id}.log`, `linphonec-${id}.txt`];

const said = (words) => `${words}.`;
const GIVES_UP = "Gives up at the first challenge that it does not know, although MD5 was offered";

/** Runs against Kamailio: [client, configuration, outcome, files, shows, observed, message]. */
const registrar = (client, config, rest) => ({
  client,
  test: "R8760-01",
  variant: { algorithm: config === "md5" ? "MD5" : "SHA-256" },
  peer: { role: "registrar", entry: `kamailio-${config === "md5" ? "md5" : "sha256"}` },
  server: `run-${config}.log`,
  ...rest,
});
const registered = (client, config, rest) =>
  registrar(client, config, {
    outcome: "pass",
    message: "Registered; Kamailio verified the response.",
    ...rest,
  });
const declines = (client, rest) =>
  registrar(client, "sha256", { outcome: "unsupported", unsupportedBy: ["uac"], ...rest });

const KAMAILIO = [
  registered("sipp", "md5", { files: sipp("kam-md5"), shows: /^SIP\/2.0 200 OK/m }),
  registered("sipsak", "md5", { files: ["sipsak-kam-md5.txt"], shows: /algorithm=MD5/ }),
  registered("baresip", "md5", { files: ["baresip-kam-md5.txt"], shows: /^SIP\/2.0 200 OK/m }),
  registered("linphonec", "md5", { files: linphonec("kam-md5"), shows: /RegistrationOk/ }),
  registered("linphonec", "sha256", {
    files: linphonec("kam-sha256"),
    shows: /algorithm=SHA-256, username="alice",.*response="[0-9a-f]{64}"/,
  }),
  declines("sipp", {
    files: sippError("kam-sha256"),
    shows: MUST_MD5,
    message: said('SIPp ends with "authentication must use MD5 or AKAv1-MD5"'),
  }),
  declines("sipsak", {
    files: ["sipsak-kam-sha256.txt"],
    shows: SIPSAK_NO,
    message: said('sipsak ends with "unsupported authentication algorithm"'),
  }),
  declines("baresip", {
    files: ["baresip-kam-sha256.txt"],
    shows: BARESIP_NO,
    message: said('baresip ends with "Function not implemented"'),
  }),
];

/** Runs against the challenge UAS, by order of its challenges. */
const uas = (client, order, rest) => ({
  client,
  variant: {},
  peer: { role: "uas", entry: "challenge-uas" },
  server: `uas-${order}.jsonl`,
  ...rest,
});
/** One exchange answers two questions of the catalogue. */
const strongFirst = (client, rest) =>
  ["R8760-03", "R8760-04"].map((test) =>
    uas(client, "strong-first", { test, outcome: "fail", message: said(GIVES_UP), ...rest }),
  );
const own = (order, test, rest) =>
  uas("own-uac", order, { test, outcome: "pass", files: [], ...rest });

const ORDERS = [
  own("strong-first", "R8760-03", {
    picks: "SHA-512-256",
    message: "Takes SHA-512-256, the topmost.",
  }),
  ...strongFirst("sipp", { files: sippError("strong-first"), shows: MUST_MD5 }),
  ...strongFirst("sipsak", { files: ["sipsak-strong-first.txt"], shows: SIPSAK_NO }),
  ...strongFirst("baresip", { files: ["baresip-strong-first.txt"], shows: BARESIP_NO }),
  ...strongFirst("linphonec", {
    files: linphonec("strong-first"),
    shows: /unsupported algo \[SHA-512-256\]/,
    message: "Gives up at SHA-512-256 and does not go on to SHA-256, which it knows.",
    last: true,
  }),
  own("md5-first", "R8760-05", {
    picks: "MD5",
    message: "Takes MD5, the topmost: a downgrade by order.",
  }),
  ...[
    ["sipp", sipp("md5-first"), /^SIP\/2.0 200 OK/m],
    ["sipsak", ["sipsak-md5-first.txt"], /algorithm=MD5, realm/],
    ["linphonec", linphonec("md5-first"), /algorithm=MD5, username/],
  ].map(([client, files, shows]) =>
    uas(client, "md5-first", {
      test: "R8760-05",
      outcome: "pass",
      picks: "MD5",
      files,
      shows,
      message:
        client === "linphonec"
          ? "Takes MD5, the topmost, although it knows SHA-256: a downgrade by order."
          : "Takes MD5, the topmost.",
    }),
  ),
  uas("baresip", "md5-first", {
    test: "R8760-05",
    outcome: "fail",
    files: ["baresip-md5-first.txt"],
    shows: BARESIP_NO,
    message: "Aborts at the unknown algorithms below, although MD5 stands first.",
  }),
  ...[
    ["sipp", sippError("sha256-only"), MUST_MD5],
    ["sipsak", ["sipsak-sha256-only.txt"], SIPSAK_NO],
    ["baresip", ["baresip-sha256-only.txt"], BARESIP_NO],
  ].map(([client, files, shows]) =>
    uas(client, "sha256-only", {
      test: "R8760-06",
      outcome: "pass",
      files,
      shows,
      counts: true,
      message: "One REGISTER, then an error at once; MD5 was not sent.",
    }),
  ),
  ...[
    ["linphonec", linphonec("sha256-only"), /algorithm=SHA-256, username/],
    ["own-uac", [], undefined],
  ].map(([client, files, shows]) =>
    uas(client, "sha256-only", {
      test: "R8760-01",
      variant: { algorithm: "SHA-256" },
      peer: { role: "registrar", entry: "challenge-uas" },
      outcome: "pass",
      picks: "SHA-256",
      files,
      shows,
      message: "Registered with SHA-256; the response was verified.",
    }),
  ),
  own("sha512256-only", "R8760-02", {
    peer: { role: "registrar", entry: "challenge-uas" },
    picks: "SHA-512-256",
    message: "Registered with SHA-512-256; the response was verified.",
  }),
  uas("linphonec", "sha512256-only", {
    test: "R8760-02",
    peer: { role: "registrar", entry: "challenge-uas" },
    outcome: "unsupported",
    unsupportedBy: ["uac"],
    files: linphonec("sha512256-only"),
    shows: /unsupported algo \[SHA-512-256\]/,
    message: 'linphonec ends with "unsupported algo [SHA-512-256]".',
  }),
  own("md5sess-only", "R8760-07", {
    variant: { algorithm: "MD5-sess" },
    picks: "MD5-sess",
    message: "Registered with MD5-sess; the response was verified.",
  }),
  own("sha256sess-only", "R8760-07", {
    variant: { algorithm: "SHA-256-sess" },
    picks: "SHA-256-sess",
    message: "Registered with SHA-256-sess; the response was verified.",
  }),
  uas("sipp", "md5sess-only", {
    test: "R8760-07",
    variant: { algorithm: "MD5-sess" },
    outcome: "fail",
    refused: true,
    files: sippError("md5sess-only"),
    shows: /received 'SIP\/2.0 403 Forbidden/,
    message: "Sends algorithm=MD5-sess with a response that does not compute; refused with 403.",
  }),
  ...[
    ["baresip", ["baresip-md5sess-only.txt"], BARESIP_NO, "Function not implemented"],
    [
      "linphonec",
      linphonec("md5sess-only"),
      /unsupported algo \[MD5-sess\]/,
      "unsupported algo [MD5-sess]",
    ],
  ].map(([client, files, shows, words]) =>
    uas(client, "md5sess-only", {
      test: "R8760-07",
      variant: { algorithm: "MD5-sess" },
      outcome: "unsupported",
      unsupportedBy: ["uac"],
      files,
      shows,
      message: `${client} ends with "${words}".`,
    }),
  ),
];

export const ROWS = [...KAMAILIO, ...ORDERS];
