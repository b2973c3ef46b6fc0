import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const EVENT = "/events/loopback";
const presets = (testKey: string) =>
  `${EVENT}/log?track=dtls&test=${testKey}&offerer=rtpengine&answerer=libdatachannel`;

const asMember = (page: Page, email: string, entry: string) =>
  signIn(page, email, "--member-of", `loopback/${entry}`);

const status = (page: Page) => page.locator(".log-status");
const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const keysAwake = (page: Page) => expect(page.getByLabel(/One key chooses/)).toBeChecked();

test("one logs by keys alone, the other sees it at once and disagrees; a slip is undone", async ({
  newPage,
}) => {
  test.slow();
  const [ann, bob] = [await newPage(), await newPage()];
  await asMember(ann, "ann-logs@example.org", "rtpengine");
  await asMember(bob, "bob-logs@example.org", "libdatachannel");
  await bob.goto(`${EVENT}/awaiting`);
  const mine = bob.locator("li.card", { hasText: "DTLS-04" });
  await expect(mine).toHaveCount(0);

  // From the event to the partner to the test, then two keys.
  await ann.goto(EVENT);
  await ann.getByRole("link", { name: "Meet libdatachannel in DTLS" }).click();
  await ann
    .getByRole("row", { name: /DTLS-04/ })
    .getByRole("link", { name: /offerer rtpengine, answerer libdatachannel/ })
    .click();
  await keysAwake(ann);
  await ann.keyboard.press("f");
  await ann.keyboard.press("Enter");
  await expect(status(ann)).toHaveText("Logged: Fail.");

  // A slip: one more key takes it back, and what was said stands in the form again.
  await ann.keyboard.press("z");
  await expect(status(ann)).toHaveText("Taken back. It stays in the history.");
  await expect(ann.getByRole("radio", { name: "Fail" })).toBeChecked();
  await ann.keyboard.press("p");
  await ann.keyboard.press("Enter");
  await expect(status(ann)).toHaveText("Logged: Pass.");
  await ann.getByRole("link", { name: "To its cell" }).click();
  await expect(region(ann, "What is known")).toContainText("Reported pass");

  // The other side hears of it without doing anything, and says what it saw.
  await expect(mine).toContainText("says rtpengine");
  await mine.getByRole("link", { name: "We saw something else" }).click();
  await keysAwake(bob);
  await bob.keyboard.press("t");
  await bob.keyboard.press("Tab");
  await bob.keyboard.press("Tab");
  await bob.keyboard.type("No answer within **32 s**.");
  await bob.keyboard.press("Tab");
  await bob.keyboard.press("Tab");
  await bob.keyboard.press("Enter");
  await expect(region(bob, "What is known")).toContainText("Disputed");
  await expect(region(ann, "What is known")).toContainText("Disputed");
  await expect(region(ann, "What each side says").getByText("32 s")).toHaveCSS(
    "font-weight",
    /[67]00/,
  );

  // On a second thought they agree.
  await bob.goto(bob.url().replace("#log", ""));
  await expect(bob.getByRole("list", { name: "Attempts, by builds" })).toContainText("rtpengine");
});

test("the other side agrees to all that a partner has said, and takes it back", async ({
  newPage,
}) => {
  const [ann, bob] = [await newPage(), await newPage()];
  await asMember(ann, "amy-logs@example.org", "rtpengine");
  await asMember(bob, "ben-logs@example.org", "libdatachannel");
  for (const change of ["none", "attended-transfer"]) {
    await ann.goto(`${presets("DTLS-14")}&v.change=${change}`);
    await keysAwake(ann);
    await ann.keyboard.press("p");
    await ann.keyboard.press("Enter");
    await expect(status(ann)).toHaveText("Logged: Pass.");
  }
  await bob.goto(EVENT);
  await bob.getByRole("link", { name: /Awaiting you: \d+ result/ }).click();
  await expect(bob).toHaveTitle(/Awaiting you/);
  await bob
    .getByRole("button", { name: /Agree to all \d+ shown/ })
    .first()
    .click();
  await expect(bob.getByRole("status").first()).toHaveText(/Agreed to \d+ results/);
  await expect(bob.locator("li.card", { hasText: "DTLS-14" })).toHaveCount(0);
  await bob.getByRole("button", { name: "Undo" }).click();
  await expect(bob.getByRole("status").first()).toHaveText("Taken back. It stays in the history.");
  await expect(bob.locator("li.card", { hasText: "DTLS-14" })).toHaveCount(2);
  await bob
    .locator("li.card", { hasText: "DTLS-14" })
    .first()
    .getByRole("button", { name: "Not us" })
    .click();
  await expect(bob.getByRole("status").first()).toContainText("it was not you");
});

test("what is typed survives a reload and a lost connection, and says that it is not saved", async ({
  newPage,
}) => {
  const page = await newPage();
  await asMember(page, "cat-logs@example.org", "rtpengine");
  await page.goto(presets("DTLS-02"));
  await keysAwake(page);
  await page.keyboard.press("s");
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("The VM is down, psst");
  await expect(status(page)).toHaveText("Not saved yet. It is kept in this browser.");
  await page.reload();
  await expect(status(page)).toHaveText("Not saved yet. It is kept in this browser.");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("The VM is down, psst");
  await expect(page.getByRole("radio", { name: "Skipped" })).toBeChecked();

  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(status(page)).toContainText("Not saved yet: no answer from the site.");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(status(page)).toHaveText("Logged: Skipped.");
  await page.reload();
  await expect(status(page)).toHaveText("");

  // The keys can be turned off, for whom they are in the way.
  await page.getByLabel(/One key chooses/).uncheck();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("p");
  await expect(page.getByRole("radio", { name: "Pass" })).not.toBeChecked();
});

test("without scripts it is a plain form: what is missing is told at its field, and undone by a button", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await asMember(page, "dan-logs@example.org", "rtpengine");
  await page.goto(`${presets("DTLS-12")}&v.early=media`);
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("group", { name: "Outcome" })).toContainText(
    "Choose one of the list.",
  );
  await page.getByRole("radio", { name: "Unsupported" }).check();
  await page.getByRole("textbox", { name: "Note" }).fill("Not *yet*.");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("group", { name: "Which role" })).toContainText("Say which role");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Not *yet*.");
  await page.getByRole("checkbox", { name: /Answerer/i }).check();
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("status").first()).toHaveText("Logged: Unsupported.");
  await expect(region(page, "What is known")).toContainText("Reported unsupported");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(region(page, "What is known")).toContainText("Untested");
  await context.close();
});

test("a link from a mail leads through signing in to the very result, and confirms nothing", async ({
  newPage,
}) => {
  const page = await newPage();
  await page.goto(`${EVENT}/awaiting?result=1`);
  await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toHaveAttribute(
    "href",
    "/sign-in?callbackUrl=%2Fevents%2Floopback%2Fawaiting%3Fresult%3D1",
  );
  await asMember(page, "eva-logs@example.org", "libdatachannel");
  await page.goto(`${EVENT}/awaiting?result=1`);
  await expect(page.getByRole("main")).toContainText("waits no more");
  const response = await page.request.post(`${EVENT}/results/agree`, {
    form: { "result.seqs": "1" },
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    maxRedirects: 0,
  });
  expect(response.status()).toBe(403);
});

test("the pages by which one logs and confirms are accessible", async ({ newPage }) => {
  test.slow();
  const page = await newPage();
  await asMember(page, "fay-logs@example.org", "rtpengine");
  await asMember(page, "gus-logs@example.org", "libdatachannel");
  for (const path of [
    EVENT,
    `${EVENT}/awaiting`,
    `${EVENT}/log`,
    `${EVENT}/log?track=dtls`,
    `${EVENT}/log?track=dtls&with=rtpengine`,
    `${presets("DTLS-11")}&v.mux=agreed`,
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await keysAwake(page);
  await page.keyboard.press("u");
  await expectAccessible(page);
  await page.getByRole("checkbox").first().check();
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("Logged: Unsupported.");
  await page.getByRole("link", { name: "To its cell" }).click();
  await expect(region(page, "What is known")).toContainText("unsupported");
  await expectAccessible(page);
});
