import type { Page } from "@playwright/test";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

// The whole of it, from an empty edition to what a visitor reads: everybody does their part with the
// keyboard alone, wherever there is a button or a field.

const EVENT = "/events/week";

type Reached = ReturnType<Page["getByRole"]>;

/** By the keyboard: Enter on what has the focus. */
async function press(wanted: Reached) {
  await wanted.focus();
  await expect(wanted).toBeFocused();
  await wanted.press("Enter");
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const known = (page: Page) => region(page, "What is known");
const status = (page: Page) => page.locator(".log-status");
const done = (page: Page, words: string | RegExp) =>
  expect(page.getByRole("status").filter({ hasText: words }).first()).toBeVisible();

async function tick(page: Page, names: readonly (string | RegExp)[]) {
  for (const name of names) {
    const box = page.getByRole("checkbox", { name });
    await box.focus();
    await box.press("Space");
    await expect(box).toBeChecked();
  }
}

/** Enters a project in both roles of the handshakes, and agrees to publication. */
async function enter(page: Page, project: string): Promise<string> {
  await page.goto(`${EVENT}/join`);
  await page.getByLabel("Project", { exact: true }).fill(project);
  await page.getByLabel("Version you will run").fill("1.0");
  await tick(page, [/DTLS client/, /DTLS server/]);
  await press(button(page, "Join"));
  await page.waitForURL(/\/entries\//);
  const slug = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.goto(`${EVENT}/entries/${slug}/edit`);
  await tick(page, [
    "Name this entry",
    "Show its results that passed",
    /Show its results that did/,
  ]);
  await press(button(page, "Save consent"));
  return slug;
}

/** One key for the outcome, one to send it. */
async function log(page: Page, key: string, word: string) {
  await expect(page.getByLabel(/One key chooses/)).toBeChecked();
  await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText(`Logged: ${word}.`);
}

test("a week: logged, disputed, settled, mended, tried again, published and read", async ({
  newPage,
}) => {
  test.slow();
  const [olga, ann, bob, lea] = [
    await newPage(),
    await newPage(),
    await newPage(),
    await newPage(),
  ];
  await signIn(olga, "olga-week@example.org", "--organizer-of", "loopback");
  await olga.goto("/events/loopback/settings");
  await olga.getByLabel("Its name").fill("The week");
  await olga.getByLabel("Short name in addresses").fill("week");
  await press(button(olga, "Make the next edition"));
  await done(olga, "The next edition is made");
  await olga.getByLabel("A project that enters").selectOption("open");
  await press(button(olga, "Save the settings"));
  await done(olga, "The settings are saved.");
  await press(button(olga, "Open registration"));
  await press(button(olga, "Start testing"));
  await expect(region(olga, "Phase")).toContainText("Back to registration");

  await signIn(ann, "ann-week@example.org");
  await signIn(bob, "bob-week@example.org");
  const [client, server] = [await enter(ann, "OpenSSL"), await enter(bob, "GnuTLS")];
  await signIn(lea, "lea-week@example.org", "--lead-of", "week/dtls");

  // Ann saw it work; Bob, who hears of it in his open page, did not.
  const place = `${EVENT}/log?track=dtls&test=DTLS-01&client=${client}&server=${server}`;
  await bob.goto(`${EVENT}/awaiting`);
  await ann.goto(place);
  await log(ann, "p", "Pass");
  const awaited = bob.locator("li.card", { hasText: "DTLS-01" });
  await expect(awaited).toContainText("says OpenSSL");
  await press(awaited.getByRole("link", { name: "We saw something else" }));
  await expect(bob.getByLabel(/One key chooses/)).toBeChecked();
  await bob.keyboard.press("f");
  await bob.keyboard.press("Enter");
  await expect(known(bob)).toContainText("Disputed");
  const cell = new URL(bob.url()).pathname;

  // The lead settles it, and says whose fault it was.
  await lea.goto(`${EVENT}/tracks/dtls/lead`);
  await press(region(lea, /^Disputed/).getByRole("link", { name: /Settle DTLS-01/ }));
  await lea.waitForURL(/\/cells\//);
  await lea.getByRole("combobox", { name: "Outcome" }).selectOption("fail");
  await lea
    .getByRole("combobox", { name: "Cause of the dispute" })
    .selectOption({ label: "GnuTLS" });
  await lea.getByLabel("Reason").fill("The capture shows an alert of the server.");
  await press(button(lea, "Settle"));
  await done(lea, "Settled");
  await expect(region(lea, /^Ruling$/)).toContainText("Fail, cause: GnuTLS");

  // An issue comes of it, mended while the event runs.
  await ann.goto(cell);
  await expect(known(ann)).toContainText("Settled");
  await press(ann.getByRole("link", { name: "Raise an issue" }));
  await ann.waitForURL(/\/issues\/raise/);
  await press(button(ann, "Raise the issue"));
  await done(ann, "The issue is raised");
  await ann.getByLabel("State", { exact: true }).selectOption("fixedLive");
  await ann.getByLabel("Commit that fixes it").fill("75a168a9");
  await press(button(ann, "Save the state"));
  await done(ann, "The state is saved.");

  // A new build of Bob's passes, and both say so.
  await bob.goto(`${EVENT}/entries/${server}/edit`);
  await bob.getByLabel("New build").fill("1.1");
  await press(button(bob, "Add and make current"));
  await expect(bob.getByText("1.1", { exact: true }).first()).toBeVisible();
  await ann.goto(cell);
  await log(ann, "p", "Pass");
  await expect(known(ann)).toContainText("Reported pass");
  await bob.goto(cell);
  await press(button(bob, /^Agree/).first());
  await expect(known(bob)).toContainText("Confirmed pass");
  await expect(known(ann)).toContainText("Confirmed pass");

  await olga.goto(`${EVENT}/settings`);
  await press(button(olga, "End testing"));
  await expect(region(olga, "Phase")).toContainText("Testing ended");
  await olga.goto(`${EVENT}/summary/preview`);
  await tick(olga, [/I have looked at/]);
  await press(button(olga, "Publish version 1"));
  await done(olga, "Published.");

  const visitor = await newPage();
  await visitor.goto(`${EVENT}/summary`);
  const dtls = visitor.getByRole("region", { name: "DTLS", exact: true });
  await expect(dtls).toContainText("1 of 1 confirmed outcome passed (100 %).");
  await expect(dtls.getByRole("link", { name: /^#1 / })).toBeVisible();
  await expect(dtls).toContainText("75a168a9");
});
