import { expectAccessible } from "@/tests/setup/accessible";
import { pushResult } from "@/tests/setup/push";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/dtls";
const PAIR = { client: "gnutls", server: "rtpengine" };

test("a link to a snapshot goes on showing what was there; one to the query, what is there", async ({
  page,
  request,
}) => {
  await page.goto(`${TRACK}?test=DTLS-01`);
  await expect(page.locator(".live-state")).toContainText("Live");
  const mark = page.getByRole("link", { name: /DTLS-01.*GnuTLS.*rtpengine/ });
  await expect(mark).toHaveCount(0);
  const href = await page.getByRole("link", { name: "this snapshot" }).getAttribute("href");
  expect(href).toMatch(/[?&]asOf=\d+/);
  expect(href).toContain("test=DTLS-01");
  await pushResult(request, { track: "dtls", test: "DTLS-01", parties: PAIR });
  await expect(mark).toBeVisible();

  await page.goto(`${TRACK}${href}`);
  const note = page.getByRole("note").filter({ hasText: "A snapshot." });
  await expect(note).toContainText("as it was after the change of");
  await expect(page.getByRole("grid").first()).toBeVisible();
  await expect(mark).toHaveCount(0);
  await expect(page.locator(".live-state")).not.toContainText(/Live|Connecting/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  // A filter narrows the snapshot, and the data beside it is of the same moment.
  await page.getByRole("combobox", { name: "Show only" }).fill("state:confirmed");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/q=state/);
  await expect(note).toBeVisible();
  const data = page.getByRole("list", { name: "The same as data" });
  await expect(data.getByRole("link", { name: "JSON", exact: true })).toHaveAttribute(
    "href",
    /asOf=\d+/,
  );
  await expect(data.getByRole("link", { name: "Atom feed of changes" })).toHaveCount(0);

  await note.getByRole("link", { name: "Show the matrix as it is now" }).click();
  await expect(note).toHaveCount(0);
  await expect(page.locator(".live-state")).toContainText("Live");
});
