import { join } from "node:path";
import { deliver } from "./deliver";
import { EXIT, type ExitCode, Failure, graver } from "./failure";
import type { Output } from "./output";
import type { Session } from "./session";
import { isCode, type Lock, lockRun } from "./spool/lock";
import { findRun, listRuns, runsIn, type SpooledRun } from "./spool/spool";

const POLL_MS = 100;

/** Delivers one run; "gone" when another process has done so meanwhile. Throws Failure as deliver does. */
export async function deliverRun(session: Session, id: string): Promise<ExitCode | "gone"> {
  for (;;) {
    const outcome = await tryRun(session, id);
    if (typeof outcome !== "object") return outcome;
    if (!(await session.link.patience.pause(POLL_MS))) {
      throw new Failure(
        EXIT.unreachable,
        `Process ${outcome.heldBy} is still sending this very run.`,
      );
    }
  }
}

async function tryRun(
  session: Session,
  id: string,
): Promise<ExitCode | "gone" | { heldBy: number }> {
  const lock = await lockIfThere(join(runsIn(session.spool), id));
  if (lock === "gone" || "heldBy" in lock) return lock;
  try {
    const run = await findRun(session.spool, id);
    if (run === undefined) return "gone";
    if (run === "damaged") {
      throw new Failure(EXIT.rejected, `${join(runsIn(session.spool), id)} is damaged.`);
    }
    await refuseElsewhere(session, run);
    const { rejections, refusedFiles } = await deliver(session, run);
    return rejections.length + refusedFiles > 0 ? EXIT.rejected : EXIT.ok;
  } finally {
    await lock.release();
  }
}

async function lockIfThere(directory: string): Promise<Lock | { heldBy: number } | "gone"> {
  try {
    return await lockRun(directory);
  } catch (error) {
    if (isCode(error, "ENOENT")) return "gone";
    throw error;
  }
}

/** Delivers what waits, the oldest first, but not what another process is at, nor `except`. */
export async function deliverBacklog(
  session: Session,
  except: readonly string[] = [],
): Promise<ExitCode> {
  const { runs, damaged } = await listRuns(session.spool);
  const { output } = session.link;
  for (const path of damaged) {
    const text = `${path} is damaged and cannot be sent. Look at it, then remove it.`;
    output.warn({ event: "warning", message: "damaged", path }, text);
  }
  let exit: ExitCode = damaged.length > 0 ? EXIT.rejected : EXIT.ok;
  for (const run of runs.filter(({ id }) => !except.includes(id))) {
    exit = graver(exit, await deliverWaiting(session, run));
    if (exit >= EXIT.unreachable) break;
  }
  return exit;
}

async function deliverWaiting(session: Session, run: SpooledRun): Promise<ExitCode> {
  try {
    const outcome = await tryRun(session, run.id);
    return typeof outcome === "number" ? outcome : EXIT.ok;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    tellKept(session.link.output, run, error.message);
    return error.exit;
  }
}

/** Part of it may be there already: a run ends where it began. */
async function refuseElsewhere({ link, event }: Session, run: SpooledRun) {
  if (run.url !== link.url) {
    throw new Failure(EXIT.rejected, `It was made for ${run.url}: set PLUGFEST_URL to that.`);
  }
  const slug = await event();
  if (run.event !== null && run.event !== slug) {
    throw new Failure(
      EXIT.rejected,
      `It was made for the event ${run.event}, and this token is for ${slug}: set PLUGFEST_TOKEN as it was then.`,
    );
  }
}

export function tellKept(output: Output, run: Pick<SpooledRun, "id" | "label">, reason: string) {
  output.warn(
    { event: "kept", run: run.id, label: run.label, reason },
    `${run.label}: stays in the spool. ${reason}`,
  );
}
