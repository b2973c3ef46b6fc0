import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { pushResults } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { test } from "@/tests/setup/test";

const COMPARE = "/events/loopback/tracks/dtls/compare";
// Cells that no other journey pushes to.
const TESTS = [
  { test: "DTLS-10", variant: { impairment: "swap" } },
  { test: "DTLS-17", variant: { certificate: "ecdsa-p384", hash: "sha-512" } },
];

/** What a neutral harness saw of two builds of OpenSSL. */
async function pushBuilds(request: APIRequestContext) {
  for (const [build, ...outcomes] of [
    ["cmp-1", "pass", "fail"],
    ["cmp-2", "fail", "pass"],
  ]) {
    const parties = { client: `openssl@${build}`, server: "gnutls" };
    const results = TESTS.map((told, at) => ({ ...told, parties, outcome: outcomes[at] ?? "" }));
    expect(await pushResults(request, { track: "dtls", results })).toMatchObject({ unmapped: 0 });
  }
}

/** The value of the choice that is called so: a side with a build's id. */
const sideCalled = (page: Page, label: RegExp) =>
  page.getByLabel("Before").locator("option").filter({ hasText: label }).getAttribute("value");

async function compareBuilds(page: Page) {
  await page.goto(COMPARE);
  await page.getByLabel("Before").selectOption(await sideCalled(page, /cmp-1$/));
  await page.getByLabel("After").selectOption(await sideCalled(page, /cmp-2$/));
  await page.getByRole("button", { name: "Compare", exact: true }).press("Enter");
  await page.waitForURL(/from=build/);
  await expect(page.getByText("1 regressed, 1 fixed, 0 changed, 0 new, 0 gone")).toBeVisible();
}

test("two builds of an entry are compared, and the address and the data say the same", async ({
  page,
  request,
}) => {
  await pushBuilds(request);
  await signIn(page, "builds-one@example.org", "--member-of", "loopback/openssl");
  await compareBuilds(page);
  await expect(page.getByRole("heading", { name: "2 of 2 cells differ" })).toBeVisible();
  await expectAccessible(page);
  const data = await page.request.get(
    (await page.getByRole("link", { name: "JSON" }).getAttribute("href")) ?? "",
  );
  expect(await data.json()).toMatchObject({ compared: 2, counts: { regressed: 1, fixed: 1 } });
  await page.getByRole("link", { name: "A link that follows the clock" }).press("Enter");
  await expect(page.getByLabel("Before").locator("option:checked")).toHaveText(/cmp-1$/);

  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.getByRole("heading", { name: "2 of 2 cells differ" })).toBeVisible();
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
});

test("the same without scripts", async ({ browser, request }) => {
  await pushBuilds(request);
  const quiet = await browser.newContext({ javaScriptEnabled: false });
  const page = await quiet.newPage();
  await signIn(page, "builds-two@example.org", "--member-of", "loopback/openssl");
  await compareBuilds(page);
  await quiet.close();
});
