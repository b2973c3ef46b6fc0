import { deliverBacklog, deliverRun, tellKept } from "./courier";
import { EXIT, type ExitCode, Failure, graver } from "./failure";
import { plural } from "./output";
import type { Prepared } from "./run";
import type { Session } from "./session";
import { spoolRun } from "./spool/writer";
import { tellWarnings } from "./tell";

/** A run of ours in the spool, and how to make it again should another process take it away. */
export type Own = {
  readonly id: string;
  readonly label: string;
  readonly prepare: () => Promise<Prepared>;
};

const TRIES = 3;

export async function spoolOwn(session: Session, label: string, prepare: Own["prepare"]) {
  const prepared = await prepare();
  await spoolPrepared(session, label, prepared);
  return { id: prepared.id, label, prepare } satisfies Own;
}

async function spoolPrepared({ spool, link }: Session, label: string, prepared: Prepared) {
  const { id, run, state, files } = prepared;
  const header = { id, run, state, url: link.url, label, files };
  const { items, batches, evidence } = await spoolRun(spool, header, prepared.judged());
  link.output.tell(
    {
      event: "spooled",
      run: id,
      label,
      format: run.source.format,
      track: run.track,
      items,
      batches: batches.length,
      evidence: evidence.length,
    },
    `${label}: ${plural(items, "result")} for ${run.track}, read as ${run.source.format}`,
  );
  tellWarnings(link.output, label, prepared);
}

/** Delivers our own runs, then what waited from before; only our own decide the exit code. */
export async function deliverOwn(session: Session, own: readonly Own[]): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  session.link.patience.renew();
  for (const [at, one] of own.entries()) {
    exit = graver(exit, await deliverOne(session, one));
    if (exit >= EXIT.unreachable) {
      tellRest(session, own.length - at - 1);
      return exit;
    }
  }
  await deliverBacklog(
    session,
    own.map(({ id }) => id),
  );
  return exit;
}

/** Another process with the same file may deliver it first; our own answer comes from sending it again. */
async function deliverOne(session: Session, { id, label, prepare }: Own): Promise<ExitCode> {
  try {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const outcome = await deliverRun(session, id);
      if (outcome !== "gone") return outcome;
      await spoolPrepared(session, label, await prepare());
    }
    throw new Failure(EXIT.unreachable, "Other processes keep sending this very run.");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    tellKept(session.link.output, { id, label }, error.message);
    return error.exit;
  }
}

function tellRest({ link }: Session, rest: number) {
  if (rest === 0) return;
  link.output.warn(
    { event: "warning", message: "waiting", runs: rest },
    `${plural(rest, "run")} more wait in the spool; plugfest flush sends them.`,
  );
}
