// The 32 crafted Identity headers of the trial, each as a case of the catalogue: which test and
// variant it is, what the crafting tool plays there, and which answers the RFC profile accepts.
const at = (test, variant, codes) => ({ test, variant, codes, plays: "as" });
const served = (variant, codes) => ({ ...at("SS-11", variant, codes), plays: "cr" });

export const CASES = {
  "SS-01 valid": at("SS-01", { attestation: "A" }, ["200"]),
  "SS-02 no Identity": at("SS-10", { policy: "require" }, ["428"]),
  "SS-03 flipped signature bit": at("SS-08", { change: "bit-flipped" }, ["438"]),
  "SS-04 DER-encoded ECDSA signature": at("SS-09", { signature: "der" }, ["438"]),
  "SS-05 truncated signature 60B": at("SS-09", { signature: "truncated" }, ["438"]),
  "SS-06 std base64 signature": at("SS-09", { signature: "standard-base64" }, ["438"]),
  "SS-07 iat 10y in past": at("SS-03", { stale: "iat-years" }, ["403"]),
  "SS-08 iat +2min": at("SS-04", { iat: "plus-2-minutes" }, ["403"]),
  "SS-09 iat year 2150": at("SS-04", { iat: "year-2150" }, ["403"]),
  "SS-10 iat missing": at("SS-03", { stale: "iat-missing" }, ["403", "438"]),
  "SS-11 iat as string": at("SS-04", { iat: "string" }, ["438"]),
  "SS-12 Date header 2150, iat ok": at("SS-02", {}, ["403"]),
  "SS-13 self-signed cert": at("SS-05", { tnauthlist: "with" }, ["437", "438"]),
  "SS-14 expired cert": at("SS-07", { validity: "expired" }, ["437", "438"]),
  "SS-15 not-yet-valid cert": at("SS-07", { validity: "not-yet-valid" }, ["437", "438"]),
  "SS-16 cert 404": served({ credential: "not-found" }, ["436"]),
  "SS-17 empty cert": served({ credential: "empty" }, ["436"]),
  "SS-18 garbage cert": served({ credential: "garbage" }, ["436", "437"]),
  "SS-19 slow cert 4s": served({ credential: "timeout" }, ["436"]),
  "SS-20 alg=HS256 hdr param": at("SS-12", { defect: "alg-parameter" }, ["437", "438"]),
  "SS-21 JWT alg none": at("SS-12", { defect: "alg-none" }, ["437", "438"]),
  "SS-22 ppt=foobar": at("SS-12", { defect: "ppt-unknown" }, ["428", "438"]),
  "SS-23 no info param": served({ credential: "info-missing" }, ["436"]),
  "SS-24 x5u != info": served({ credential: "x5u-differs" }, ["436"]),
  "SS-25 typ wrong": at("SS-12", { defect: "typ-wrong" }, ["437", "438"]),
  "SS-26 orig mismatch with From": at("SS-14", { numbers: "orig-differs" }, ["438"]),
  "SS-27 dest mismatch with To": at("SS-14", { numbers: "dest-differs" }, ["438"]),
  "SS-28 attest W": at("SS-13", { claim: "attest-invalid" }, ["438"]),
  "SS-29 attest missing": at("SS-13", { claim: "attest-missing" }, ["438"]),
  "SS-30 dest/orig as JSON strings (libstirshaken ref form)": at(
    "SS-13",
    { claim: "orig-dest-strings" },
    ["438"],
  ),
  // SS-20 has no authentication service: the tool only throws the header at the service.
  "SS-31 garbage identity": {
    ...at("SS-20", { subject: "malformed-header" }, ["400", "438"]),
    plays: null,
  },
  'SS-32 ppt quoted "shaken"': at("SS-12", { defect: "ppt-quoted" }, ["200"]),
};

/** What a row needs beyond the rule, by configuration: why, and what that makes of it. */
export const EXCEPTIONS = {
  "SS-13 self-signed cert": {
    strict: {
      outcome: "degraded",
      message:
        "Refused, but only with libopt CertVerify=5: the catalogue asks for the default configuration.",
    },
  },
  "SS-06 std base64 signature": {
    strict: {
      outcome: "inconclusive",
      message:
        "Accepted, but this signature happened to contain neither + nor /: only its padding differed from base64url, so the stimulus was not the one meant.",
    },
  },
};
