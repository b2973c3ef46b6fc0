import { loadConfig } from "../config";
import type { Context } from "../context";
import { dryRun } from "../dry-run";
import { prepareGroup } from "../evidence/reports";
import { EXIT, type ExitCode, Failure, FormatError, graver } from "../failure";
import { type Group, groupSources } from "../formats/formats";
import { findSources } from "../formats/source";
import type { Output } from "../output";
import { deliverOwn, type Own, spoolOwn } from "../publish";
import { openSession } from "../session";
import { askedBy, formatTold, toldBy } from "../told";

/**
 * Every file is read and spooled before the first word is sent. A broken file does not stop the
 * others.
 */
export async function push(context: Context): Promise<ExitCode> {
  const { flags, output, operands } = context;
  const told = await toldBy(flags);
  const format = formatTold(flags);
  if (operands.length === 0) throw new Failure(EXIT.usage, "Which files? plugfest push FILE...");
  const groups = groupSources(await findSources(operands), format);
  if (told.exitCode !== undefined && !groups.some((group) => group.format === "sipp")) {
    throw new Failure(
      EXIT.usage,
      "--exit-code is SIPp's; none of these files is. Is it --format sipp?",
    );
  }
  const prepare = (group: Group) => prepareGroup(group, told, askedBy(told));
  if (flags["dry-run"]) {
    return eachGroup(output, groups, async (group) =>
      dryRun(output, group.label, await prepare(group)),
    );
  }
  const session = await openSession(await loadConfig(context.env, flags.config), context);
  const own: Own[] = [];
  const exit = await eachGroup(output, groups, async (group) => {
    own.push(await spoolOwn(session, group.label, () => prepare(group)));
    return EXIT.ok;
  });
  return graver(exit, await deliverOwn(session, own));
}

async function eachGroup(
  output: Output,
  groups: readonly Group[],
  work: (group: Group) => Promise<ExitCode>,
): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  for (const group of groups) {
    try {
      exit = graver(exit, await work(group));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const { place, message } = error;
      output.warn(
        { event: "failed", file: group.label, ...place, message, exit: EXIT.rejected },
        `${error.in(group.label)}\n  Nothing of this file was sent.`,
      );
      exit = graver(exit, EXIT.rejected);
    }
  }
  return exit;
}
