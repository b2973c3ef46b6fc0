import { test as plain } from "@playwright/test";
import { addressOf, findCellId, ROUTES } from "@/tests/setup/routes";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

/** The address of every page and route; one without an example for a name in it fails here. */
const ADDRESSES = ROUTES.map((route) => addressOf(route, { cellId: "none" }));

const OTHERS = ["/plugfest.mjs", "/icon.svg", "/no-such-page", "/api/no-such-route"];

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()") as unknown,
};

/** Headers only: a stream would never end. */
async function headersOf(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(url, { headers, redirect: "manual", signal: stop.signal });
  const found = Object.fromEntries(response.headers);
  stop.abort();
  return found;
}

test("every page and route has the security headers", async ({ page, baseURL }) => {
  await page.goto("/");
  const scripts = page.locator('script[src^="/_next/static/"]');
  const chunk = (await scripts.first().getAttribute("src")) ?? "";
  expect(ADDRESSES.length).toBeGreaterThan(20);
  for (const route of [...ADDRESSES, ...OTHERS, chunk]) {
    const headers = await headersOf(`${baseURL}${route}`);
    const isPicture = /\/(badge|matrix)\.svg$/.test(route);
    expect(headers, route).toMatchObject({
      ...EVERYWHERE,
      "cross-origin-resource-policy": isPicture ? "cross-origin" : "same-origin",
    });
    expect(headers["x-powered-by"], route).toBeUndefined();
    expect(headers["strict-transport-security"], route).toBeUndefined();
    const policy = headers["content-security-policy"] ?? "";
    if (route.startsWith("/embed/"))
      expect(policy, route).toMatch(/^default-src .none.; img-src .self.;.* frame-ancestors \*$/);
    else if (route.startsWith("/api/"))
      expect(policy, route).toMatch(/^default-src 'none'.*; sandbox$/);
    else if (!/^\/_next\/|\.mjs$/.test(route)) {
      expect(policy, route).toMatch(
        /^default-src 'none'; script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'/,
      );
      expect(policy, route).toContain("require-trusted-types-for 'script'; trusted-types default");
      expect(policy, route).not.toMatch(/unsafe|\*/);
    }
  }
});

test("behind https every answer asks for https ever after", async ({ baseURL }) => {
  for (const route of ["/", "/api/v1/agent", "/plugfest.mjs"]) {
    const headers = await headersOf(`${baseURL}${route}`, { "x-forwarded-proto": "https" });
    expect(headers["strict-transport-security"], route).toBe("max-age=63072000; includeSubDomains");
  }
});

test("each answer has a nonce of its own, and all its scripts carry it", async ({ baseURL }) => {
  const nonces = new Set<string>();
  for (const route of ["/", "/", "/sign-in", "/events/loopback"]) {
    // A nonce that comes with the request is not believed.
    const response = await fetch(`${baseURL}${route}`, {
      headers: { "content-security-policy": "script-src 'nonce-mine'" },
    });
    const html = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    const tags = html.match(/<script\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(1);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(4);
});

test("pages are walked without one violation of their own policy", async ({ page, request }) => {
  test.slow();
  await page.goto("/");
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await page
    .getByRole("navigation", { name: "Site" })
    .getByRole("link", { name: "Events" })
    .click();
  await expect(page).toHaveURL(/\/$/);
  await signIn(page, "walker@example.org", "--organizer-of", "loopback");
  const cellId = await findCellId(request);
  for (const route of ROUTES.filter(({ pattern }) => !pattern.startsWith("/api/"))) {
    await page.goto(addressOf(route, { cellId })).catch((error: unknown) => {
      // A file that is downloaded is no page.
      if (!String(error).includes("Download is starting")) throw error;
    });
  }
});

plain("what slips into a page does not run", async ({ page }) => {
  await page.goto("/");
  const outcome = await page.evaluate(async () => {
    const nameOfFailure = (attempt: () => void) => {
      try {
        attempt();
        return "nothing";
      } catch (error) {
        return (error as Error).name;
      }
    };
    // Told in a task of its own, on a busy machine after the next frame.
    const violation = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) =>
        resolve(event.effectiveDirective),
      );
    });
    const tries = [
      () => document.body.insertAdjacentHTML("beforeend", '<img src="/x" onerror="window.hit=1">'),
      () => {
        const fromText: unknown = new Function("window.hit=1");
        if (typeof fromText === "function") Reflect.apply(fromText, null, []);
      },
      () => {
        const script = document.createElement("script");
        script.text = "window.hit=1";
        document.body.append(script);
      },
      () => {
        const script = document.createElement("script");
        script.src = "https://evil.example/x.js";
        document.body.append(script);
      },
    ];
    const link = document.createElement("a");
    tries.push(() => link.setAttribute("onclick", "window.hit=1"));
    // Later, for what the debugger evaluates at once is let through.
    const thrown = await new Promise<string[]>((resolve) =>
      setTimeout(() => resolve(tries.map(nameOfFailure))),
    );
    link.click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return { thrown, violated: await violation, hit: "hit" in window };
  });
  expect(outcome.hit).toBe(false);
  expect(outcome.thrown).not.toContain("nothing");
  expect(outcome.violated).toMatch(/^(script-src|require-trusted-types-for)/);
});
