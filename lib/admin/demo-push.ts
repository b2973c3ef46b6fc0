import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { SCOPES } from "@/lib/agents/schema";
import { createAgent } from "@/lib/agents/write/create";
import { revokeAgent } from "@/lib/agents/write/tokens";
import { groupBy } from "@/lib/core/group";
import { slugSchema } from "@/lib/core/text";
import { countRuns } from "@/lib/runs/read";
import { mayInEvent } from "./gate";
import { SEED_FOLDER } from "./seed";
import { type Flags, needed } from "./usage";

const EVENT = "loopback";
const AGENT = path.resolve("public/plugfest.mjs");

/** "neutral", or the slug of the entry that reports. */
const reporterSchema = z.object({
  reporter: z.union([z.literal("neutral"), slugSchema]),
  track: slugSchema,
});

type Fixture = { file: string; reporter: string; track: string };

function listFixtures(): Fixture[] {
  const folder = path.join(SEED_FOLDER, EVENT, "runs");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !name.endsWith("provenance.json"))
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      return { file, ...reporterSchema.parse(JSON.parse(readFileSync(file, "utf8"))) };
    });
}

/**
 * Pushes the recorded runs with the agent that the site serves, as each reporter in turn. Their ids
 * come from the files' bytes, so that a second time changes nothing; when all are there it is skipped.
 */
export async function demoPush({ url }: Flags): Promise<string> {
  const site = needed(url, "url");
  const fixtures = listFixtures();
  const permit = await mayInEvent("agent.create", EVENT);
  if ((await countRuns(permit)) >= fixtures.length) return "the demonstration's runs are there";
  const spool = mkdtempSync(path.join(tmpdir(), "plugfest-demo-"));
  try {
    for (const [reporter, own] of groupBy(fixtures, (fixture) => fixture.reporter)) {
      const { agentId, token } = await createAgent(permit, {
        entry: reporter === "neutral" ? null : reporter,
        name: reporter === "neutral" ? "loopback-harness" : `${reporter}-harness`,
        scopes: [...SCOPES],
      });
      for (const [track, files] of groupBy(own, (fixture) => fixture.track)) {
        const env = {
          PLUGFEST_URL: site,
          PLUGFEST_TOKEN: token,
          PLUGFEST_SPOOL: path.join(spool, reporter),
        };
        await push(
          files.map(({ file }) => file),
          track,
          env,
        );
      }
      await revokeAgent(await mayInEvent("agent.revoke", EVENT), agentId);
    }
  } finally {
    rmSync(spool, { recursive: true, force: true });
  }
  return `pushed ${fixtures.length} recorded runs`;
}

function push(files: readonly string[], track: string, env: Record<string, string>): Promise<void> {
  const args = [AGENT, "push", ...files, "--format", "plugfest", "--track", track, "--json"];
  const child = spawn(process.execPath, args, {
    env: { HOME: tmpdir(), NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the agent ended with ${code}: ${said.slice(-2000)}`));
    });
  });
}
