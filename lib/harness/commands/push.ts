import { loadConfig } from "../config";
import type { Context } from "../context";
import { dryRun } from "../dry-run";
import { EXIT, type ExitCode, Failure, FormatError, graver } from "../failure";
import { readSource } from "../formats/formats";
import { findSources, type Source } from "../formats/source";
import type { Output } from "../output";
import { deliverOwn, type Own, spoolOwn } from "../publish";
import { prepareRun } from "../run";
import { openSession } from "../session";
import { formatTold, toldBy } from "../told";

/**
 * Every file is read and spooled before the first word is sent. A broken file does not stop the
 * others.
 */
export async function push(context: Context): Promise<ExitCode> {
  const { flags, output, operands } = context;
  const told = toldBy(flags);
  const format = formatTold(flags);
  if (operands.length === 0) throw new Failure(EXIT.usage, "Which files? plugfest push FILE...");
  const sources = await findSources(operands);
  const prepare = async (source: Source) => prepareRun(await readSource(source, format), told);
  if (flags["dry-run"]) {
    return eachSource(output, sources, async (source) =>
      dryRun(output, source.path, await prepare(source)),
    );
  }
  const session = await openSession(await loadConfig(context.env, flags.config), context);
  const own: Own[] = [];
  const exit = await eachSource(output, sources, async (source) => {
    own.push(await spoolOwn(session, source.path, () => prepare(source)));
    return EXIT.ok;
  });
  return graver(exit, await deliverOwn(session, own));
}

async function eachSource(
  output: Output,
  sources: readonly Source[],
  work: (source: Source) => Promise<ExitCode>,
): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  for (const source of sources) {
    try {
      exit = graver(exit, await work(source));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const { place, message } = error;
      output.warn(
        { event: "failed", file: source.path, ...place, message, exit: EXIT.rejected },
        `${error.in(source.path)}\n  Nothing of this file was sent.`,
      );
      exit = graver(exit, EXIT.rejected);
    }
  }
  return exit;
}
