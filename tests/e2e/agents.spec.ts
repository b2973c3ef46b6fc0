import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { readSite } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

const folder = path.resolve("build/e2e-agents");
const agent = path.join(folder, "plugfest.mjs");
const PAGE = "/events/loopback/agents";
const PARTIES = ["--party", "client=openssl", "--party", "server=gnutls"];

const envOf = (token: string) => ({
  ...process.env,
  PLUGFEST_URL: readSite().url,
  PLUGFEST_TOKEN: token,
  PLUGFEST_SPOOL: path.join(folder, "spool"),
});

function run(args: string[], token: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [agent, ...args], {
    env: envOf(token),
    encoding: "utf8",
    cwd: folder,
  });
  return { code: status, out: stdout + stderr };
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

test.beforeAll(async ({ request }) => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(agent, await (await request.get("/plugfest.mjs")).body());
});

test("a member makes a token, pushes with it, sees what became of it, and takes it back", async ({
  page,
}) => {
  await signIn(page, "agnes-agents@example.org", "--member-of", "loopback/openssl");
  await page.goto("/events/loopback");
  await page.getByRole("link", { name: "Agents", exact: true }).click();
  await expect(page).toHaveURL(PAGE);
  await expectAccessible(page);

  // An empty name is told where it was typed.
  await press(page, "Make an agent");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Fill this in.");
  await page.getByLabel("Name", { exact: true }).fill("agnes-vm");
  await press(page, "Make an agent");
  const token = await page.getByLabel("The token", { exact: true }).inputValue();
  expect(token).toMatch(/^pf_agt_/);
  await expectAccessible(page);
  const own = new URL(page.url()).pathname;

  // A command that takes its time tells meanwhile that the agent lives.
  const told = ["exec", "--track", "dtls", "--test", "DTLS-01", ...PARTIES, "--", "sleep", "3"];
  expect(run(told, token).code).toBe(0);

  // Something taken, something not: both are told.
  const items = [
    { test: "DTLS-01", outcome: "pass", startedAt: "2026-11-22T10:00:00Z" },
    // Its roles are others.
    { test: "DTLS-02", outcome: "pass", startedAt: "2026-11-22T10:00:00Z" },
  ];
  const plan = { items: 5 };
  const report = path.join(folder, "report.json");
  fs.writeFileSync(report, JSON.stringify({ plugfest: "1", track: "dtls", plan, items }));
  const pushed = run(["push", report, ...PARTIES], token);
  expect([pushed.code, pushed.out]).toEqual([1, expect.stringContaining("1 accepted, 1 rejected")]);

  await page.goto(PAGE);
  const row = page.getByRole("row", { name: /agnes-vm/ });
  await expect(row).toContainText("right to the second");
  await expect(row).toContainText("truncated");
  await expectAccessible(page);

  await page.goto(own);
  await expect(section(page, "Last runs")).toContainText("truncated");
  await expect(section(page, "Not taken")).toContainText("DTLS-02 has the roles");
  await expectAccessible(page);
  for (const [name, text] of [
    ["CSV", "role_not_in_test"],
    ["NDJSON", '"code":"role_not_in_test"'],
  ] as const) {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name, exact: true }).click(),
    ]);
    expect(fs.readFileSync(await file.path(), "utf8")).toContain(text);
  }

  // Two are good while one takes over; then the first is taken back at once.
  await page.getByText("Rotate: make another token").click();
  await press(page, "Make another token");
  const next = await page.getByLabel("The token", { exact: true }).inputValue();
  expect(next).not.toBe(token);
  await section(page, "Tokens")
    .getByRole("button", { name: /^Revoke the token/ })
    .last()
    .click();
  await expect(page.getByRole("status")).toContainText("the token is refused from now on");
  expect(run(["doctor"], token).code).toBe(4);
  expect(run(["doctor"], next).code).toBe(0);
  await press(page, "Revoke the agent with all its tokens");
  await expect(page.getByRole("status")).toContainText("its tokens are refused");
  const refused = run(["push", report, "--again", ...PARTIES], next);
  expect([refused.code, refused.out]).toEqual([4, expect.stringMatching(/refuses the token/)]);
});

test("an organizer sees everybody's agents; a stranger sees none", async ({ page, newPage }) => {
  await signIn(page, "otto-agents@example.org", "--organizer-of", "loopback");
  await page.goto(PAGE);
  await expect(page.getByRole("heading", { name: "All agents" })).toBeVisible();
  await expect(page.getByRole("row", { name: /loopback-harness/ })).toContainText("neutral");
  const stranger = await newPage();
  await stranger.goto(PAGE);
  await expect(stranger.getByRole("heading", { name: "Sign in to see this" })).toBeVisible();
});

test("the API tells what it takes, to people and to machines", async ({ page, request }) => {
  const document = await request.get("/api/v1/openapi.json");
  expect(await document.json()).toMatchObject({
    openapi: "3.1.1",
    servers: [{ url: `${readSite().url}/api/v1` }],
  });
  await page.goto("/docs/api");
  await page.getByRole("link", { name: "POST /agent/heartbeat" }).click();
  await expect(
    page.getByRole("heading", { name: "POST /api/v1/agent/heartbeat" }),
  ).toBeInViewport();
  await expectAccessible(page);
});
