import { expectAccessible } from "@/tests/setup/accessible";
import { expect, test } from "@/tests/setup/test";

test("two projects: the answer in a sentence, every cell of the two, and one address", async ({
  page,
}) => {
  await page.goto("/projects/openssl");
  const partners = page.getByRole("region", { name: "Tested with" });
  await expect(partners).toBeVisible();
  await expectAccessible(page);
  await partners.getByRole("link", { name: "GnuTLS" }).click();
  await expect(page).toHaveURL(/\/projects\/gnutls\/with\/openssl$/);
  await expect(page).toHaveTitle(/^GnuTLS with OpenSSL/);
  await expect(page.getByText(/^Of \d+ cells tested together in \d+ tracks? of/)).toBeVisible();
  await expectAccessible(page);
  const data = await page.request.get(
    (await page.getByRole("link", { name: "JSON" }).getAttribute("href")) ?? "",
  );
  const told = (await data.json()) as { answer: string };
  await expect(page.getByText(told.answer)).toBeVisible();
  const cell = page.getByRole("row").filter({ hasText: "DTLS-" }).getByRole("link").first();
  await cell.click();
  await expect(page).toHaveURL(/\/events\/[^/]+\/tracks\/dtls\/cells\//);

  await page.goto("/projects/openssl/with/gnutls");
  await expect(page).toHaveURL(/\/projects\/gnutls\/with\/openssl$/);
  const missing = await page.goto("/projects/openssl/with/nobody-at-all");
  expect(missing?.status()).toBe(404);
});

test.describe("without scripts, on a phone", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 720 } });

  test("it is all there, and nothing is wider than the screen", async ({ page }) => {
    await page.goto("/projects/openssl/with/gnutls");
    await expect(page).toHaveURL(/\/projects\/gnutls\/with\/openssl$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Does GnuTLS work with OpenSSL?",
    );
    await expect(page.getByRole("rowheader").first()).toBeVisible();
    await expect(page.getByText("Outcome").first()).toBeAttached();
    const width = () => document.documentElement.scrollWidth;
    expect(await page.evaluate(width)).toBeLessThanOrEqual(320);
  });
});
