import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const EVENT = "/events/loopback";

const section = (page: Page, name: string) => page.getByRole("region", { name });

/** Goes on by the Tab key until this has the focus. */
async function tabTo(page: Page, role: "button" | "link" | "textbox", name: string | RegExp) {
  const wanted = page.getByRole(role, { name }).first();
  await expect(wanted).toBeVisible();
  for (let steps = 0; steps < 200; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} is not reached by Tab`);
}

test("an issue is raised from a cell, mended live and spoken of, by the keyboard alone", async ({
  newPage,
}) => {
  test.slow();
  const page = await newPage();
  await signIn(page, "org-issues@example.org", "--organizer-of", "loopback");
  await page.goto(`${EVENT}/tracks/dtls?test=DTLS-06&outcome=fail`);
  const cell = (await page.locator('a[href*="/cells/"]').first().getAttribute("href")) ?? "";
  await page.goto(cell);

  // Everything that is known is filled in: the button is all that is left.
  await tabTo(page, "link", "Raise an issue");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/issues\/raise/);
  await expect(page.getByLabel("What is wrong, in a few words")).toHaveValue(/^DTLS-\d+: fail, /);
  await expect(page.getByLabel("What happened")).toHaveValue(/build .*\n/);
  await expect(page.getByLabel("What happened")).toHaveValue(/\[The cell\]\(http.*\/cells\//);
  await expectAccessible(page);
  await tabTo(page, "textbox", "What is wrong, in a few words");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("The handshake stops");
  await tabTo(page, "button", "Raise the issue");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("The issue is raised");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/#\d+ The handshake stops/);
  await expect(section(page, "Cells").getByRole("link", { name: /DTLS-/ })).toHaveCount(1);
  await expectAccessible(page);
  const issue = page.url().replace(/\?.*/, "");

  // Fixed live without a fix is refused where it was typed.
  const state = page.getByLabel("State", { exact: true });
  await state.focus();
  await page.keyboard.type("Fixed live");
  await tabTo(page, "button", "Save the state");
  await page.keyboard.press("Enter");
  await expect(section(page, "Change the state").getByRole("alert")).toContainText(
    "Say what fixed it",
  );
  await expect(state).toHaveValue("fixedLive");
  await tabTo(page, "textbox", "Commit that fixes it");
  await page.keyboard.type("75a168a9");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("The state is saved.");
  await expect(page.getByText("Fixed live", { exact: true }).first()).toBeVisible();
  await expect(section(page, "Links")).toContainText("75a168a9");

  await tabTo(page, "textbox", "Comment");
  await page.keyboard.type("Seen **twice**.");
  await tabTo(page, "button", "Comment");
  await page.keyboard.press("Enter");
  await expect(section(page, "Comments").locator("strong")).toHaveText("twice");

  // Known: the cell is marked with it.
  await page.getByLabel("State", { exact: true }).focus();
  await page.keyboard.type("Known");
  await tabTo(page, "button", "Save the state");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Known", { exact: true }).first()).toBeVisible();
  await page.goto(cell);
  await expect(page.getByRole("region", { name: "What is known" })).toContainText("known issue");
  await expect(section(page, "Issues")).toContainText("The handshake stops");
  await expectAccessible(page);

  // The list: slash searches, j goes to the first, Enter opens it.
  await page.goto(`${EVENT}/issues`);
  await expect(page.getByRole("link", { name: /The handshake stops/ })).toBeVisible();
  await expectAccessible(page);
  const keys = page.getByText("go from issue to issue");
  await expect(keys).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search")).toBeFocused();
  await page.keyboard.type("handshake 75a168a9");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=handshake/);
  await expect(keys).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: /The handshake stops/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(issue);

  const twin = await page.request.get("/api/v1/events/loopback/issues.csv?state=known");
  expect(twin.headers()["content-type"]).toContain("text/csv");
  expect(await twin.text()).toContain("The handshake stops");
});

test("OpenSIPIt'03 tells its issues to everybody, with their commits", async ({ newPage }) => {
  const page = await newPage();
  await page.goto("/events/opensipit-03/issues?target=opensips");
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: /Date in the far future/ }).click();
  await expect(section(page, "Links")).toContainText("75a168a9");
  await expect(section(page, "Credits")).toContainText("OpenSIPS team");
  await expect(page.getByText("Taken over from")).toBeVisible();
  await expectAccessible(page);
  expect((await page.goto("/events/opensipit-03/issues/99"))?.status()).toBe(404);
  expect((await page.goto("/events/opensipit-03/issues/x1"))?.status()).toBe(404);
});

test("an issue is raised from no cell that is not there, and by nobody who takes no part", async ({
  newPage,
}) => {
  const page = await newPage();
  const raise = `${EVENT}/issues/raise`;
  await page.goto(raise);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in to see this");
  await signIn(page, "org-raises@example.org", "--organizer-of", "loopback");
  for (const cell of ["nothing", "00000000-0000-4000-8000-000000000000"]) {
    expect((await page.goto(`${raise}?cell=${cell}`))?.status(), cell).toBe(404);
  }
  // What is refused comes back as it was typed.
  await page.goto(`${raise}?track=dtls`);
  await page.getByLabel("What is wrong, in a few words").fill("A title");
  await page.getByLabel("Against").fill("SIPp");
  await page.getByLabel("Found by").evaluate((field) => field.removeAttribute("maxlength"));
  await page.getByLabel("Found by").fill("x".repeat(81));
  await page.getByRole("button", { name: "Raise the issue" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("At most 80 characters.");
  await expect(page.getByLabel("Against")).toHaveValue("SIPp");
  await page.getByLabel("Found by").fill("");
  await page.getByRole("button", { name: "Raise the issue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^#\d+ A title$/);
  await expect(page.getByRole("main")).toContainText("SIPp");
});

test("a form of another site raises nothing", async ({ newPage, baseURL }) => {
  const page = await newPage();
  await signIn(page, "eve-issues@example.org", "--organizer-of", "loopback");
  for (const form of ["raise/send", "1/comment"]) {
    const response = await page.request.post(`${baseURL}${EVENT}/issues/${form}`, {
      form: { "issue.title": "Evil" },
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      maxRedirects: 0,
    });
    expect(response.status(), form).toBe(403);
  }
});

test("two who change one issue do not write over each other unread", async ({ page }) => {
  await signIn(page, "two-tabs@example.org", "--organizer-of", "loopback");
  await page.goto(`${EVENT}/issues/raise`);
  await page.getByLabel("What is wrong, in a few words").fill("First words");
  await page.getByRole("button", { name: "Raise the issue" }).press("Enter");
  await expect(page.getByRole("status")).toContainText("The issue is raised");
  const other = await page.context().newPage();
  await other.goto(page.url().replace(/\?.*/, ""));
  const change = async (tab: Page, title: string) => {
    await tab.getByText("Change title, kind, target or text").click();
    await tab.getByLabel("What is wrong, in a few words").fill(title);
    await tab.getByRole("button", { name: "Save what is said" }).press("Enter");
  };
  await change(page, "Second words");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Second words$/);

  await change(other, "Third words");
  await expect(other.getByText("Somebody else changed this issue")).toBeVisible();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/Second words$/);
  await expect(other.getByLabel("What is wrong, in a few words")).toHaveValue("Third words");
  await other.getByRole("button", { name: "Save what is said" }).press("Enter");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/Third words$/);
});
