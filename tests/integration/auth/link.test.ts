import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as confirm } from "@/app/api/sign-in/confirm/route";
import { POST as ask } from "@/app/api/sign-in/route";
import { POST as signOut } from "@/app/api/sign-out/route";
import { findSession } from "@/lib/auth/sessions";
import { createSignInLink } from "@/lib/auth/sign-in-link";
import { db } from "@/lib/db/client";
import { makeAccount, makeSession } from "@/tests/factories/person";

const SITE = "http://localhost:3000";
const own = { "sec-fetch-site": "same-origin", "user-agent": "Firefox/145.0 (X11; Linux)" };

type Headers = Record<string, string>;

const post = (url: string, fields: Record<string, string>, headers: Headers) =>
  new Request(SITE + url, { method: "POST", headers, body: new URLSearchParams(fields) });

/** Presses the button of the page that a link leads to. */
const use = (link: string, headers: Headers = own) =>
  confirm(post("/api/sign-in/confirm", Object.fromEntries(new URL(link).searchParams), headers));

const sessionCookie = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith("plugfest.session="));

const tokenIn = (response: Response) => /=([^;]+)/.exec(sessionCookie(response) ?? "")?.[1];

const address = () => `${randomUUID()}@example.org`;
const linkFor = (email: string, callbackPath = "/events") =>
  createSignInLink({ email, hours: 1, callbackPath });

describe("a sign-in link", () => {
  it("signs in once, and makes the account of somebody new", async () => {
    const email = address();
    const link = await linkFor(email);
    const response = await use(link);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`${SITE}/events`);
    expect(sessionCookie(response)).toMatch(/; Path=\/;.*Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const session = await findSession(tokenIn(response) ?? "");
    const person = await db.person.findUnique({ where: { email }, include: { sessions: true } });
    expect(session?.personId).toBe(person?.id);
    expect(person?.emailVerified).not.toBeNull();
    expect(person?.sessions).toMatchObject([
      { method: "email", userAgent: "Firefox/145.0 (X11; Linux)" },
    ]);
    const again = await use(link);
    expect(again.headers.get("location")).toBe("/sign-in?error=link-used&callbackUrl=%2Fevents");
    expect(tokenIn(again)).toBeUndefined();
  });

  it("leads to the account that the address has, however it is written", async () => {
    const { id, email } = await makeAccount();
    const response = await use(await linkFor(` ${email.toUpperCase()} `));
    expect((await findSession(tokenIn(response) ?? ""))?.personId).toBe(id);
  });

  it("opens one session when ten use it at once", async () => {
    const email = address();
    const link = await linkFor(email);
    const responses = await Promise.all(Array.from({ length: 10 }, () => use(link)));
    expect(responses.filter((response) => tokenIn(response) !== undefined)).toHaveLength(1);
    expect(await db.session.count({ where: { user: { email } } })).toBe(1);
  });

  it("is kept as a digest that only the site's secret can make", async () => {
    const email = address();
    const token = new URL(await linkFor(email)).searchParams.get("token") ?? "";
    const [row] = await db.verificationToken.findMany({ where: { identifier: email } });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.token).not.toBe(token);
    expect(row?.token).not.toBe(createHash("sha256").update(token).digest("hex"));
  });

  it("does nothing once it has expired", async () => {
    const email = address();
    const link = await linkFor(email);
    await db.verificationToken.updateMany({
      where: { identifier: email },
      data: { expires: new Date(Date.now() - 1) },
    });
    expect((await use(link)).headers.get("location")).toContain("error=link-used");
    expect(await db.person.count({ where: { email } })).toBe(0);
  });

  it("does nothing for another address, or with another token", async () => {
    const [email, other] = [address(), address()];
    const link = new URL(await linkFor(email));
    const wrong = (name: string, value: string) => {
      const changed = new URL(link);
      changed.searchParams.set(name, value);
      return use(changed.toString());
    };
    const answers = await Promise.all([
      wrong("email", other),
      wrong("email", `${email}\u0000`),
      wrong("email", ""),
      wrong("token", "0".repeat(64)),
      wrong("token", "'; --"),
      wrong("token", ""),
    ]);
    for (const answer of answers) {
      expect(answer.headers.get("location")).toContain("/sign-in?error=link-used");
    }
    expect(tokenIn(await use(link.toString()))).toBeDefined();
  });

  it("is not used up for another site", async () => {
    const link = await linkFor(address());
    const foreign: Headers[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { referer: "http://localhost:3000.evil.example/" },
      {},
    ];
    for (const headers of foreign) expect((await use(link, headers)).status).toBe(403);
    expect(tokenIn(await use(link, { origin: SITE }))).toBeDefined();
  });

  it("ends the session that the browser had before, whoever's it was", async () => {
    const [ann, bob] = [await makeAccount(), await makeAccount()];
    const before = await makeSession(ann.id);
    const response = await use(await linkFor(bob.email), {
      ...own,
      cookie: `plugfest.session=${before}`,
    });
    expect(await findSession(before)).toBeNull();
    const after = tokenIn(response) ?? "";
    expect(after).not.toBe(before);
    expect((await findSession(after))?.personId).toBe(bob.id);
  });

  it("that fails leaves the browser signed in as before", async () => {
    const ann = await makeAccount();
    const before = await makeSession(ann.id);
    const link = new URL(await linkFor(address()));
    link.searchParams.set("token", "0".repeat(64));
    await use(link.toString(), { ...own, cookie: `plugfest.session=${before}` });
    expect(await findSession(before)).not.toBeNull();
  });
});

describe("the e-mail form", () => {
  // Without a mail server every link is written to the log.
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  beforeEach(() => written.mockClear());
  afterAll(() => written.mockRestore());

  const send = (email: string, more: Record<string, string> = {}) =>
    ask(post("/api/sign-in", { email, ...more }, own));

  it("answers the same for an address that is known and one that is not", async () => {
    const [known, unknown] = [(await makeAccount()).email, address()];
    const answers = [await send(known), await send(unknown)];
    for (const answer of answers) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toBe("/sign-in/sent");
    }
    expect(await db.person.count({ where: { email: unknown } })).toBe(0);
  });

  it("without a mail server leaves the mail in the outbox and a line in the log", async () => {
    const email = address();
    await send(email, { callbackUrl: "/events/x" });
    const log = written.mock.calls.map(([text]) => String(text)).join("");
    const [mail] = await db.mail.findMany({ where: { recipient: email } });
    const link = /http\S+/.exec(mail?.text ?? "")?.[0] ?? "";
    expect(log).toContain(email);
    expect(log).toContain(link);
    expect(mail?.failure).toBeNull();
    expect((mail?.expiresAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(590_000);
    const [row] = await db.verificationToken.findMany({ where: { identifier: email } });
    expect(Math.round(((row?.expires.getTime() ?? 0) - Date.now()) / 1000)).toBeCloseTo(600, -1);
    const response = await use(link);
    expect(response.headers.get("location")).toBe(`${SITE}/events/x`);
  });

  it("sends at most five links that are still good to one address", async () => {
    const email = address();
    for (let time = 0; time < 7; time += 1) {
      expect((await send(email)).headers.get("location")).toBe("/sign-in/sent");
    }
    expect(await db.mail.count({ where: { recipient: email } })).toBe(5);
  });

  it("refuses what is no address", async () => {
    for (const text of [
      "",
      "ann",
      "ann@",
      "a@b@c.org",
      "ann@example.org\r\nBcc: x@y.org",
      "ä@b.de",
    ]) {
      expect((await send(text)).headers.get("location")).toBe("/sign-in?error=address-invalid");
    }
  });
});

describe("what is no form of ours", () => {
  const doors = { ask, confirm, signOut };
  const wrong: [string, RequestInit][] = [
    ["JSON", { body: "{}", headers: { ...own, "content-type": "application/json" } }],
    ["plain text", { body: "email=a@b.org", headers: { ...own, "content-type": "text/plain" } }],
    ["a form with files", { body: new FormData(), headers: own }],
    ["nothing", { headers: own }],
    ["far too much", { body: new URLSearchParams({ email: "a".repeat(200_000) }), headers: own }],
  ];

  it.each(wrong)("%s is refused by every door", async (_, init) => {
    for (const door of Object.values(doors)) {
      const response = await door(new Request(`${SITE}/api`, { method: "POST", ...init }));
      expect(response.status).toBe(400);
    }
  });
});
