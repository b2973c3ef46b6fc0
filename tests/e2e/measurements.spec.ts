import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/performance";

/** No violation of WCAG 2.2 AA, light and dark, and nothing wider than a phone. */
async function expectGood(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  const wide = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 390, height: 844 });
  const room = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(room).toBeLessThanOrEqual(390);
  await page.setViewportSize(wide);
}

test("the recorded figures are read with unit, conditions and place, and two conditions side by side", async ({
  page,
}) => {
  await page.goto(TRACK);
  await page
    .getByRole("navigation", { name: "This track" })
    .getByRole("link", { name: "Measurements" })
    .click();
  await expect(page).toHaveTitle(/^Measurements/);

  const delay = page.getByRole("region", { name: /^session_request_delay/ });
  const lossy = delay.getByRole("row", { name: /PERF-08/ });
  await expect(lossy).toContainText("Kamailio (proxy)");
  await expect(lossy).toContainText("21 ± 101");
  await expect(lossy).toContainText("504");
  await expect(lossy).toContainText("loss 5 %, lost at the generator");
  await expect(lossy).toContainText("generator");
  await expect(lossy.getByRole("img")).toHaveAccessibleName(
    /^mean 21 ± 101, p50 0, p95 4, max 504 ms/,
  );
  const rate = page.getByRole("region", { name: /^call_rate_achieved/ });
  await expect(
    rate.getByRole("img", { name: /2 attempts in order of time: 19.5008, 19.5017/ }),
  ).toBeVisible();

  const compared = page.getByRole("region", { name: "Two conditions side by side" });
  await compared
    .getByRole("combobox", { name: "Under", exact: true })
    .selectOption({ label: "calls 400, rate 20 CPS" });
  await compared
    .getByRole("combobox", { name: "and under" })
    .selectOption({ label: "calls 200, loss 5 %, lost at the generator, rate 20 CPS" });
  await compared.getByRole("button", { name: "Compare" }).click();
  await expect(compared).toContainText("loss (not told and 5 %, lost at the generator)");
  const row = compared.getByRole("row", { name: /session_disconnect_delay/ });
  await expect(row).toContainText("mean 0 ± 0");
  await expect(row).toContainText("mean 42 ± 187");
  await expectGood(page);
});

test("the plan is on one page for paper, and as a file to be taken in again", async ({
  page,
  request,
}) => {
  const answer = await request.get(`/api/v1${TRACK}/plan.json`);
  const plan = catalogueTrackSchema.parse(await answer.json());
  await page.goto(`${TRACK}/tests`);
  await page.getByRole("link", { name: /Every case on one page/ }).click();
  await expect(page.getByRole("article")).toHaveCount(plan.tests.length);
  for (const { key, title, passCriteria } of plan.tests) {
    const one = page.getByRole("article", { name: `${key} ${title}` });
    await expect(one).toContainText(passCriteria);
  }
  const unverified = plan.tests.flatMap(({ references }) =>
    references.filter(({ verified }) => !verified),
  );
  await expect(page.getByText("not verified against the text")).toHaveCount(unverified.length);
  await expectGood(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.locator("html")).toHaveCSS("color-scheme", "light");

  await page.goto("/events/loopback/tracks/security/tests/print");
  await expect(page.getByRole("heading", { name: "Rules of engagement" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("kill switch held by the target");
});
