import { NextRequest } from "next/server";
import { beforeAll, expect, it, vi } from "vitest";
import { POST as confirm } from "@/app/api/sign-in/confirm/route";
import { POST as signOut } from "@/app/api/sign-out/route";
import { findSession } from "@/lib/auth/sessions";
import { createSignInLink } from "@/lib/auth/sign-in-link";
import { proxy } from "@/proxy";

const SITE = "https://plugfest.example";

// Before anything asks for the environment: it is read once.
beforeAll(() => {
  vi.stubEnv("APP_URL", SITE);
});

it("over https cookies are bound to this host, and pages ask for https ever after", async () => {
  const link = new URL(await createSignInLink({ email: "ann@example.org", hours: 1 }));
  expect(link.origin).toBe(SITE);
  // Behind a proxy that ends TLS the request itself arrives by http.
  const response = await confirm(
    new Request("http://10.0.0.5:3000/api/sign-in/confirm", {
      method: "POST",
      headers: { origin: SITE, "x-forwarded-host": "evil.example", host: "evil.example" },
      body: new URLSearchParams([...link.searchParams]),
    }),
  );
  expect(response.headers.get("location")).toBe(`${SITE}/`);
  const cookies = response.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(
      /^__Host-plugfest\.[a-z]+=.*; Path=\/;.*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(cookie).not.toContain("Domain=");
  }
  const token = /^__Host-plugfest\.session=([^;]+)/.exec(
    cookies.find((cookie) => cookie.includes(".session=")) ?? "",
  )?.[1];
  expect(await findSession(token ?? "")).not.toBeNull();

  const out = await signOut(
    new Request(`${SITE}/api/sign-out`, {
      method: "POST",
      headers: { origin: SITE, cookie: `__Host-plugfest.session=${token}` },
      body: new URLSearchParams(),
    }),
  );
  expect(out.headers.get("set-cookie")).toBe(
    "__Host-plugfest.session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
  );
  expect(await findSession(token ?? "")).toBeNull();

  const page = proxy(new NextRequest(`${SITE}/`));
  expect(page.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
});
