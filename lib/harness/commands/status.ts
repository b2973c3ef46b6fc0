import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { findBeat } from "../beat";
import { loadConfig } from "../config";
import type { Context } from "../context";
import { EXIT, type ExitCode } from "../failure";
import { plural } from "../output";
import { holderOfRun } from "../spool/lock";
import { findSettled } from "../spool/settled";
import {
  bytesUnder,
  listRuns,
  openSpool,
  rejectedIn,
  runsIn,
  type Spool,
  type SpooledRun,
} from "../spool/spool";

/** What waits and what was rejected, without asking a server. */
export async function status(context: Context): Promise<ExitCode> {
  const { output } = context;
  const config = await loadConfig(context.env, context.flags.config);
  const spool = await openSpool(config.spool, config.spoolMaxBytes);
  const { runs, damaged } = await listRuns(spool);
  for (const run of runs) await tellRun(context, spool, run);
  for (const path of damaged) {
    output.warn({ event: "warning", message: "damaged", path }, `${path} is damaged.`);
  }
  const rejected = await listRejected(spool);
  for (const path of rejected) {
    output.tell({ event: "rejected", file: path }, `rejected: ${path}`);
  }
  const bytes = await bytesUnder(spool.root);
  const heartbeat = await findBeat(spool);
  output.tell(
    {
      event: "read",
      spool: spool.root,
      runs: runs.length,
      rejected: rejected.length,
      bytes,
      heartbeat,
    },
    `${spool.root}: ${plural(runs.length, "run")} waiting, ${plural(rejected.length, "file")} of rejected results, ${(bytes / 1_048_576).toFixed(1)} of ${(spool.maxBytes / 1_048_576).toFixed(0)} MiB.${beatWords(heartbeat)}`,
  );
  return EXIT.ok;
}

async function tellRun({ output }: Context, spool: Spool, run: SpooledRun) {
  const directory = join(runsIn(spool), run.id);
  let done = 0;
  for (let batch = 1; batch <= run.batches.length; batch += 1) {
    if (await findSettled(directory, batch)) done += 1;
  }
  const pid = await holderOfRun(directory).catch(() => undefined);
  const { id, label, url, event, items, batches, createdAt } = run;
  const busy = pid === undefined ? "" : `, being sent by process ${pid}`;
  output.tell(
    {
      event: "run",
      run: id,
      label,
      url,
      for: event,
      items,
      batches: batches.length,
      done,
      createdAt,
      pid,
    },
    `${label}: ${plural(items, "result")}, ${done} of ${plural(batches.length, "batch", "batches")} acknowledged, since ${createdAt}, for ${event ?? "an event not yet asked"} at ${url}${busy}`,
  );
}

/** What the server was told last by a `watch` or an `exec`, and whether it heard. */
function beatWords(heartbeat: Awaited<ReturnType<typeof findBeat>>): string {
  if (heartbeat === undefined) return "";
  const { at, skewMs, reason } = heartbeat;
  const answer =
    skewMs === null
      ? `not answered: ${reason ?? "no reason"}`
      : `answered; this clock is ${(skewMs / 1000).toFixed(1)} s ahead of the server's`;
  return `\nThe last heartbeat, ${at}, was ${answer}.`;
}

async function listRejected(spool: Spool): Promise<string[]> {
  const names = await readdir(rejectedIn(spool));
  return names
    .filter((name) => name.endsWith(".json") && !name.endsWith(".problems.json"))
    .sort()
    .map((name) => join(rejectedIn(spool), name));
}
