import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { pushResults } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { mintAgentToken } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/rfc8760";

const lead = (page: Page, email: string) => signIn(page, email, "--lead-of", "loopback/rfc8760");
const panel = (page: Page, name: RegExp) => page.getByRole("region", { name });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

type Said = { by: string; test: string; outcome?: string; uac?: string; registrar?: string };

/** What one side says, through the agents' door. */
async function say(request: APIRequestContext, { by, test: name, outcome = "pass", ...who }: Said) {
  const { uac = "jssip", registrar = "kamailio-md5" } = who;
  await pushResults(request, {
    track: "rfc8760",
    token: mintAgentToken("loopback", by),
    results: [{ test: name, parties: { uac, registrar }, outcome }],
  });
}

const said = (page: Page, words: string) =>
  expect(page.getByRole("status").filter({ hasText: words })).toBeVisible();

const expectLive = (page: Page) =>
  expect(page.locator('.live-state[data-connected="true"]')).toBeVisible();
const refused = (page: Page) => page.getByRole("main").getByRole("alert");

test("a dispute appears on the lead's open desk, is settled there by keyboard, and the results stay", async ({
  newPage,
  request,
}) => {
  const page = await newPage();
  await lead(page, "lena-leads@example.org");
  await page.goto(`${TRACK}/lead`);
  await expectLive(page);
  await say(request, { by: "jssip", test: "R8760-02" });
  await say(request, { by: "kamailio-md5", test: "R8760-02", outcome: "fail" });
  const settle = panel(page, /^Disputed/).getByRole("link", { name: /Settle R8760-02/ });
  await expect(settle).toBeVisible();

  await settle.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/R8760-02/);
  await page.getByRole("combobox", { name: "Outcome" }).focus();
  await page.keyboard.type("Fail");
  await page.keyboard.press("Tab");
  await page.keyboard.type("JsSIP");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(refused(page)).toContainText("Fill this in");
  await expect(page.getByRole("combobox", { name: "Outcome" })).toHaveValue("fail");
  await page.getByLabel("Reason").fill("The trace shows a second 401.");
  await press(page, "Settle");
  await said(page, "Settled");
  const ruling = panel(page, /^Ruling$/);
  await expect(ruling).toContainText("Fail, cause: JsSIP");
  await expect(ruling).toContainText("The trace shows a second 401.");
  await expect(page.getByRole("heading", { name: /^Results\s*2$/ })).toBeVisible();

  // Whoever sees the cell reads the ruling, without the forms.
  const visitor = await newPage();
  await visitor.goto(page.url().replace(/\?.*/, ""));
  await expect(panel(visitor, /^Ruling$/)).toContainText("The trace shows a second 401.");
  await expect(visitor.getByRole("button", { name: "Settle" })).toHaveCount(0);
  await visitor.goto(TRACK);
  await expect(
    visitor.getByRole("link", { name: /R8760-02.*JsSIP.*settled fail/i }).first(),
  ).toBeVisible();

  await page.getByText("Add a remark").click();
  await page.getByLabel("Remark").fill("Passes only with `--no-sha`.");
  await press(page, "Save the remark");
  await expect(panel(page, /^Ruling$/)).toContainText("Passes only with --no-sha.");
  await expectAccessible(page);
});

test("nobody settles a dispute of a project of theirs", async ({ newPage, request }) => {
  await say(request, { by: "sipjs", test: "R8760-02", uac: "sipjs" });
  await say(request, { by: "kamailio-md5", test: "R8760-02", uac: "sipjs", outcome: "fail" });
  const page = await newPage();
  await lead(page, "own-leads@example.org");
  // Another entry of the same project is no neutral ground.
  await signIn(page, "own-leads@example.org", "--member-of", "loopback/kamailio-sha256");
  await page.goto(`${TRACK}/lead`);
  await page.getByRole("link", { name: /Settle R8760-02 .*SIP\.js/i }).click();
  await expect(panel(page, /lead’s word/)).toContainText("A project of yours is a party");
  await expect(page.getByRole("button", { name: "Settle" })).toHaveCount(0);
});

test("a silent side is nudged and a raw name mapped, by one click each, without scripts", async ({
  browser,
  request,
}) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await lead(page, "ned-leads@example.org");
  await say(request, { by: "baresip", test: "R8760-02", uac: "baresip" });
  await say(request, {
    by: "baresip",
    test: "register r8760-02 once",
    uac: "baresip",
    outcome: "fail",
  });
  await page.goto(`${TRACK}/lead`);
  await press(page, /Nudge .* about R8760-02 .*baresip/i);
  await said(page, "Nudged");
  await expect(panel(page, /^Awaiting confirmation/)).toContainText("nudged just now");

  const names = panel(page, /^Unmapped names/);
  await expect(names).toContainText("register r8760-02 once");
  await press(page, "Map register r8760-02 once");
  await said(page, "Mapped: 1 of 1 results count now.");
  await expect(names).not.toContainText("1 result by");
});

test("a test is changed, refused where it would lose results, added, moved and retired", async ({
  newPage,
}) => {
  const page = await newPage();
  await lead(page, "paula-leads@example.org");
  await page.goto(`${TRACK}/plan`);
  await page.getByRole("link", { name: /R8760-01/ }).click();
  await page.getByLabel("Variants").fill("algorithm: SHA-256");
  await page.getByLabel("Pass", { exact: true }).fill("401, then 200, in one second.");
  await press(page, "Publish the change");
  await expect(refused(page)).toContainText("There are results of algorithm MD5");
  await page.getByLabel("Variants").fill("algorithm: SHA-256, MD5");
  await press(page, "Publish the change");
  await said(page, "Published as a new version");
  await page.goto(`${TRACK}?test=R8760-01`);
  await expect(page.getByRole("link", { name: /R8760-01.*stale/i }).first()).toBeVisible();

  await page.goto(`${TRACK}/plan`);
  await page.getByRole("link", { name: "Add a test" }).click();
  await page.getByLabel("Key").fill("R8760-19");
  await page.getByLabel("Title").fill("Nothing at all");
  await page.getByLabel("Purpose").fill("Shows nothing.");
  for (const role of ["User agent client", "Registrar"]) {
    await page.getByLabel(`${role}, at least`).fill("1");
    await page.getByLabel(`${role}, at most`).fill("1");
  }
  await page.getByLabel("Steps").fill("look");
  await page.getByLabel("Expected").fill("Nothing.");
  await page.getByLabel("Pass", { exact: true }).fill("Nothing.");
  await page.getByLabel("Fail", { exact: true }).fill("Anything.");
  await press(page, "Add the test");
  await expect(refused(page)).toContainText("Line 1: begin with configure:");
  await expect(page.getByLabel("Title")).toHaveValue("Nothing at all");
  await page.getByLabel("Steps").fill("check: Look.");
  await press(page, "Add the test");
  await expect(page.getByRole("heading", { name: "Change R8760-19" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${TRACK}/plan`);
  await press(page, "Move R8760-19 up");
  await expect(page.getByRole("row", { name: /R8760/ }).nth(17)).toContainText("R8760-19");
  await expectAccessible(page);
  await page.getByRole("link", { name: /R8760-19/ }).click();
  await press(page, "Retire R8760-19");
  await said(page, "Retired");
});

test("a plan is exported, looked at and taken in again", async ({ newPage }) => {
  const page = await newPage();
  await lead(page, "ines-leads@example.org");
  await page.goto(`${TRACK}/plan`);
  const file = await page.request.get(`/api/v1${TRACK}/plan.json`);
  const plan = (await file.json()) as { tests: { key: string; purpose: string }[] };
  const [first] = plan.tests;
  if (first) first.purpose = "Shows what it shows.";
  await page.getByLabel("Or paste it").fill("{");
  await press(page, "Look what it would change");
  await expect(refused(page)).toContainText("This is no JSON");
  await page.getByLabel("A file, as an export has it").setInputFiles({
    name: "plan.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(plan)),
  });
  await press(page, "Look what it would change");
  await expect(page.getByText("reworded, same version")).toBeVisible();
  await press(page, "Take it in");
  await said(page, "Taken in.");
});

test("a day's note is drafted, posted and read on the event page", async ({ newPage, request }) => {
  await say(request, { by: "linphonec", test: "R8760-02", uac: "linphonec" });
  await say(request, { by: "kamailio-md5", test: "R8760-02", uac: "linphonec" });
  const page = await newPage();
  await lead(page, "dora-leads@example.org");
  await page.goto(`${TRACK}/lead`);
  await page.getByRole("link", { name: /the latest$/ }).click();
  const note = page.getByRole("textbox", { name: "Note" });
  await expect(note).toHaveValue(/\*\*R8760-02\*\* .*pass: .*linphone/i);
  await note.fill("# A good day\n\nEverything **registered**.");
  await press(page, "Post on the event page");
  await said(page, "Posted");
  await expectAccessible(page);
  const visitor = await newPage();
  await visitor.goto("/events/loopback");
  await expect(panel(visitor, /^Day by day$/)).toContainText("Everything registered.");
});

test("the desk is accessible, and for nobody but the lead", async ({ newPage }) => {
  const page = await newPage();
  await page.goto(`${TRACK}/lead`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in to see this");
  await signIn(page, "nora-leads@example.org");
  await page.goto(`${TRACK}/lead`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not for you to see");
  expect((await page.goto("/events/loopback/tracks/security/lead"))?.status()).toBe(404);
  await lead(page, "nora-leads@example.org");
  await page.goto(`${TRACK}/lead`);
  await expectLive(page);
  await expectAccessible(page);
});
