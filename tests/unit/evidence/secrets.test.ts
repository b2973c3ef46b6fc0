import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASK, maskSecrets } from "@/lib/core/secrets";

const masked = (text: string) => maskSecrets(text.split("\n")).join("\n");

describe("masking", () => {
  it.each([
    ['Authorization: Digest username="alice", response="SECRET"', `Authorization: Digest ${MASK}`],
    ["proxy-authorization : Basic SECRET", `proxy-authorization : Basic ${MASK}`],
    ["12:00:01 > Authorization: Bearer SECRET", `12:00:01 > Authorization: Bearer ${MASK}`],
    ['"Authorization": "Digest SECRET",', `"Authorization": "Digest ${MASK}`],
    ["auth_password=SECRET", `auth_password=${MASK}`],
    ['db_url password: "SECRET and more" next', `db_url password: ${MASK} next`],
    ['{"password":"SECRET","user":"alice"}', `{"password":${MASK},"user":"alice"}`],
    ['{\\"token\\": \\"SECRET\\"}', `{\\"token\\": \\${MASK}`],
    [
      "<param name='x'/><auth-password a='1'>SECRET</auth-password>",
      `<param name='x'/><auth-password a='1'>${MASK}</auth-password>`,
    ],
    ["sipp -s alice -ap SECRET -m 1", `sipp -s alice -ap ${MASK} -m 1`],
    ["curl --proxy-password SECRET x", `curl --proxy-password ${MASK} x`],
    ["INVITE sip:alice:SECRET@example.org SIP/2.0", `INVITE sip:alice:${MASK}@example.org SIP/2.0`],
    ["mysql://kamailio:SECRET@127.0.0.1/db", `mysql://kamailio:${MASK}@127.0.0.1/db`],
    [
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:U0VDUkVU|2^20",
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${MASK}|2^20`,
    ],
    ["k=base64:SECRET", `k=base64:${MASK}`],
    [
      `CLIENT_RANDOM ${"ab".repeat(32)} ${"cd".repeat(48)}`,
      `CLIENT_RANDOM ${"ab".repeat(32)} ${MASK}`,
    ],
    ['{"kty":"EC","d":"c2VjcmV0c2VjcmV0c2VjcmV0"}', `{"kty":"EC","d":"${MASK}"}`],
    ["PLUGFEST_TOKEN=pf_agt_abcdefghijklmnopqrstuvwxyz0_000000", `PLUGFEST_TOKEN=${MASK}`],
    ["using pf_agt_abcdefghijklmnopqrstuvwxyz0_000000 now", `using pf_agt_${MASK} now`],
  ])("takes the secret out of %s", (line, expected) => {
    expect(masked(line)).toBe(expected);
    expect(masked(line)).not.toContain("SECRET");
  });

  it.each([
    "SIP/2.0 401 Unauthorized",
    'WWW-Authenticate: Digest realm="x", nonce="abc"',
    "Contact: <sip:alice@192.0.2.1:5060>;expires=60",
    "Via: SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK-1",
    "a=fingerprint:sha-256 AB:CD:EF",
    "compass: north; monkey: banana; tokenizer ready",
    "-----BEGIN CERTIFICATE-----",
    "call took 183 ms, keys 4",
  ])("leaves what is no secret: %s", (line) => {
    expect(masked(line)).toBe(line);
  });

  it("takes what is folded below a header, and no more", () => {
    const lines = ['Authorization: Digest username="a",', '\tresponse="SECRET"', "To: <sip:b@c>"];
    expect(maskSecrets(lines)).toEqual([
      `Authorization: Digest ${MASK}`,
      `\t${MASK}`,
      "To: <sip:b@c>",
    ]);
    expect(maskSecrets(['  "authorization": "x",', '  "method": "INVITE"'])[1]).toBe(
      '  "method": "INVITE"',
    );
  });

  it("takes what stands in a private key, whole, cut off, or on one line", () => {
    const key = [
      "-----BEGIN EC PRIVATE KEY-----",
      "MHcCAQ",
      "-----END EC PRIVATE KEY-----",
      "after",
    ];
    expect(maskSecrets(key)).toEqual([key[0], MASK, key[2], "after"]);
    expect(maskSecrets(["x", "-----BEGIN OPENSSH PRIVATE KEY-----", "b3Bl", "", "bnNz"])).toEqual([
      "x",
      "-----BEGIN OPENSSH PRIVATE KEY-----",
      MASK,
      "",
      MASK,
    ]);
    const oneLine =
      '{"pem": "-----BEGIN PRIVATE KEY-----\\nMIGH\\n-----END PRIVATE KEY-----\\n", "n": 1}';
    expect(masked(oneLine)).toBe(
      `{"pem": "-----BEGIN PRIVATE KEY-----${MASK}-----END PRIVATE KEY-----\\n", "n": 1}`,
    );
  });

  it("is not misled by colours and hidden characters", () => {
    expect(masked("pass\u001b[31mword\u001b[0m=SECRET")).toBe(`password=${MASK}`);
    expect(masked("Author\u200bization: Digest SECRET")).toBe(`Authorization: Digest ${MASK}`);
  });

  const SECRETS = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
  const FORMS = fc.constantFrom<(secret: string) => string>(
    (s) => `Authorization: Digest username="a", response="${s}"`,
    (s) => `Proxy-Authorization: Basic ${s}`,
    (s) => `password=${s}`,
    (s) => `"secret": "${s}"`,
    (s) => `api_key => '${s}'`,
    (s) => `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${s}`,
    (s) => `https://user:${s}@example.org/`,
    (s) => `-----BEGIN RSA PRIVATE KEY-----\n${s}\n-----END RSA PRIVATE KEY-----`,
  );
  const AROUND = fc
    .string({ unit: "grapheme", maxLength: 40 })
    .map((text) => text.replace(/[\r\n"'\\]/g, ""));

  it("never shows a secret, whatever stands before it, and keeps every line", () => {
    fc.assert(
      fc.property(SECRETS, FORMS, fc.array(AROUND), AROUND, (secret, form, others, after) => {
        const text = [...others, form(secret), after].join("\n");
        const told = masked(text);
        expect(told).not.toContain(secret);
        expect(told.split("\n")).toHaveLength(text.split("\n").length);
      }),
    );
  });

  it("looks no further into a line than it must, and still knows where a key began", () => {
    const long = "x".repeat(9000);
    const [first, second] = maskSecrets([`${long}-----BEGIN PRIVATE KEY-----`, "MIGH"]);
    expect([first?.length, second]).toEqual([4001, MASK]);
    expect(
      maskSecrets([`-----BEGIN PRIVATE KEY-----${long}-----END PRIVATE KEY-----`, "after"])[1],
    ).toBe("after");
    expect(maskSecrets([`password=${long}`])).toEqual([`password=${MASK}`]);
  });

  it.each([
    "password",
    "a-",
    '"',
    "<x ",
    "sip:a:",
    "inline:",
    "Authorization",
    "a_b.c-d",
    "=:",
    "-----BEGIN ",
  ])("gets through two megabytes of nothing but %s", (unit) => {
    const line = unit.repeat(Math.ceil(8000 / unit.length));
    expect(maskSecrets(Array.from({ length: 250 }, () => line))).toHaveLength(250);
  });
});
