import { loadConfig } from "../config";
import type { Context } from "../context";
import { deliverBacklog } from "../courier";
import type { ExitCode } from "../failure";
import { openSession } from "../session";
import { listRuns } from "../spool/spool";

/** Delivers what waits. An empty spool needs no server. */
export async function flush(context: Context): Promise<ExitCode> {
  const session = await openSession(await loadConfig(context.env, context.flags.config), context);
  const { runs, damaged } = await listRuns(session.spool);
  if (runs.length + damaged.length === 0) {
    context.output.tell({ event: "read", items: 0, runs: 0 }, "Nothing waits in the spool.");
  }
  return deliverBacklog(session);
}
