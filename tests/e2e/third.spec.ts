import { expectAccessible } from "@/tests/setup/accessible";
import { pushResults } from "@/tests/setup/push";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/performance";

test("each third party has a table of its own, and is found by its name", async ({
  page,
  request,
}) => {
  const sides = { generator: "sipp-load", target: "kamailio-proxy" };
  await pushResults(request, {
    track: "performance",
    results: [
      { test: "PERF-02", parties: { ...sides, sink: "rtpengine" } },
      { test: "PERF-04", parties: { ...sides, target: "kamailio-open" } },
    ],
  });
  await page.goto(TRACK);
  await page.getByText("Order, density and what to leave out").press("Enter");
  await page.getByRole("checkbox", { name: "A table for each third party" }).check();
  await page.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await page.waitForURL(/[?&]split=third/);
  const parts = page.locator(".grid-part");
  await expect(parts.filter({ hasText: /^with rtpengine as sink$/i })).toHaveCount(1);
  await expect(parts.filter({ hasText: "with SIPp (load) as sink" }).first()).toBeVisible();
  await expect(parts.filter({ hasText: "without sink" }).first()).toBeVisible();
  await expect(page.getByRole("grid").first()).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  await page.goto(`${TRACK}?entry=rtpengine`);
  await expect(parts).toHaveText([/^rtpengine as sink$/i]);
  await expect(page.getByRole("link", { name: /PERF-02.*kamailio/i }).first()).toBeVisible();

  // An entry's own sheets say with whom it has been in each role.
  await page.goto(`${TRACK}?entry=kamailio-proxy`);
  await expect(page.getByText(/In this role: with 1 of \d+ others? as /).first()).toBeVisible();
});
