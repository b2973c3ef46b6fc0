import { expect, test } from "@/tests/setup/test";

test("a matrix keeps shape and letter of its signs where the system decides all colours", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/events/loopback/tracks/rfc8760");
  const signs = page.locator(".mark .sign[data-state='confirmed']:not([data-stale])");
  await expect(signs.first()).toBeVisible();
  const fills = await signs.evaluateAll((all) =>
    all.map((sign) => {
      const fillOf = (part: string) => {
        const found = sign.querySelector(part);
        return found ? getComputedStyle(found).fill : null;
      };
      return [fillOf(".sign-solid"), fillOf(".sign-letter")];
    }),
  );
  expect(fills.length).toBeGreaterThan(0);
  const alike = fills.filter(([shape, letter]) => !shape || !letter || shape === letter);
  expect(alike).toEqual([]);
  // Two colours are left for all outcomes: the letter and the silhouette say which it is.
  expect(new Set(fills.map(String)).size).toBeLessThanOrEqual(2);
});
