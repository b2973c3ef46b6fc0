import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { mintAgentToken, mintNeutralToken, readSite } from "@/tests/setup/site";

const folder = path.resolve("build/e2e-push");
const agent = path.join(folder, "plugfest.mjs");
const TRACK = "/events/loopback/tracks/dtls";

type Said = { code: number | null; out: string };

function run(args: string[], token: string, spool = "spool"): Said {
  const env = {
    ...process.env,
    PLUGFEST_URL: readSite().url,
    PLUGFEST_TOKEN: token,
    PLUGFEST_SPOOL: path.join(folder, spool),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [agent, ...args], {
    env,
    encoding: "utf8",
    cwd: folder,
  });
  return { code: status, out: stdout + stderr };
}

/** A report as vitest writes it, of tests that are named as the track names its own. */
function report(name: string, tests: Record<string, "pass" | "fail">): string {
  const cases = Object.entries(tests).map(
    ([title, outcome]) =>
      `test(${JSON.stringify(title)}, () => expect(1).toBe(${outcome === "pass" ? 1 : 2}));`,
  );
  const suite = path.join(folder, `${name}.test.mjs`);
  fs.writeFileSync(suite, `import { expect, test } from "vitest";\n${cases.join("\n")}\n`);
  const file = path.join(folder, `${name}.xml`);
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--root",
    folder,
    "--reporter=junit",
    `--outputFile=${file}`,
    suite,
  ];
  spawnSync(process.execPath, args, { encoding: "utf8" });
  return file;
}

const push = (file: string, ...more: string[]) => [
  "push",
  file,
  "--format",
  "junit",
  "--track",
  "dtls",
  ...more,
];
const PAIR = ["--party", "offerer=rtpengine@10.5.3.5", "--party", "answerer=libdatachannel"];
const cellOf = (page: Page, words: RegExp) => page.getByRole("link", { name: words }).first();

test.beforeAll(async ({ request }) => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const answer = await request.get("/plugfest.mjs");
  expect(answer.headers()["content-type"]).toContain("javascript");
  fs.writeFileSync(agent, await answer.body());
  fs.writeFileSync(path.join(folder, "vitest.config.mjs"), "export default {};\n");
});

test("a report that a runner wrote is pushed, and its cell appears in a page that is open", async ({
  page,
}) => {
  const file = report("first", { "DTLS-16": "pass", "a name that nobody knows": "pass" });
  await page.goto(TRACK);
  await expect(page.locator(".live-state")).toContainText("Live");
  await expect(cellOf(page, /DTLS-16.*rtpengine.*libdatachannel/)).toHaveCount(0);
  await page.evaluate(() => window.scrollTo(0, 300));

  const said = run(push(file, ...PAIR), mintNeutralToken("loopback"));
  expect(said.code, said.out).toBe(0);
  const cell = cellOf(page, /DTLS-16.*rtpengine.*libdatachannel.*confirmed.*pass/i);
  await expect(cell).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(300);
  await expect(page.locator(".live-state")).toContainText("1 change since you looked");

  await page.goto((await cell.getAttribute("href")) ?? "");
  await expect(page).toHaveTitle(/DTLS-16/);
  await expect(page.getByRole("heading", { name: /^Results\s*1$/ })).toBeVisible();
});

test("the same file again changes nothing, and says so", async ({ page }) => {
  const file = report("again", { "DTLS-18": "fail" });
  const token = mintNeutralToken("loopback");
  expect(run(push(file, ...PAIR), token).code).toBe(0);
  const second = run([...push(file, ...PAIR), "--json"], token, "another-spool");
  expect(second.code, second.out).toBe(0);
  expect(second.out).toContain('"duplicate":1');
  await page.goto(TRACK);
  await cellOf(page, /DTLS-18.*rtpengine.*libdatachannel.*fail/i).click();
  await expect(page.getByRole("heading", { name: /^Results\s*1$/ })).toBeVisible();
});

test("one side's word is reported and not confirmed", async ({ page }) => {
  const file = report("mine", { "DTLS-03": "pass" });
  expect(run(push(file, ...PAIR), mintAgentToken("loopback", "rtpengine")).code).toBe(0);
  await page.goto(TRACK);
  await expect(cellOf(page, /DTLS-03.*rtpengine.*libdatachannel.*reported.*pass/i)).toBeVisible();
});

test("a wrong token, an unknown entry and a broken file are told in a sentence each", () => {
  const file = report("refused", { "DTLS-02": "pass" });
  const token = mintNeutralToken("loopback");
  const wrong = run(
    push(file, ...PAIR),
    token.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    "spool-wrong",
  );
  expect([wrong.code, wrong.out]).toEqual([4, expect.stringMatching(/token/i)]);

  const unknown = run(
    push(file, "--party", "offerer=rtpengin", "--party", "answerer=libdatachannel"),
    token,
    "spool-unknown",
  );
  expect(unknown.code).not.toBe(0);
  expect(unknown.out).toContain("Did you mean 'rtpengine'?");

  const broken = path.join(folder, "broken.xml");
  fs.writeFileSync(broken, fs.readFileSync(file, "utf8").slice(0, -30));
  const cut = run(push(broken, ...PAIR), token, "spool-broken");
  expect(cut.code).toBe(1);
  expect(cut.out).toMatch(/broken\.xml.*(line|:)\s?\d+/i);
});
