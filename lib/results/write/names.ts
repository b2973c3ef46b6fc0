import type pg from "pg";
import { lockEvent } from "@/lib/cells/write/lock";
import { transaction } from "@/lib/db/transaction";
import { loadDirectory } from "../read/directory";
import type { Directory } from "../rules";
import { createBuilds, type NewBuild, newBuilds } from "./builds";
import type { Accepted } from "./resolve";

/** Thrown inside the transaction when the names it used have changed meanwhile; it begins again. */
class NamesMoved extends Error {
  constructor(readonly version: number) {
    super("The event's names have changed.");
  }
}

/** Thrown when a batch names builds that the event has not seen: they are made first, by themselves. */
class BuildsMissing extends Error {
  constructor(readonly builds: readonly NewBuild[]) {
    super("Builds to be made.");
  }
}

/**
 * One transaction that places results by the event's names. It may name things that another one is
 * just making: then it begins anew, with the names of then.
 */
export async function withNames<T>(
  eventId: string,
  work: (tx: pg.PoolClient, directory: Directory) => Promise<T>,
): Promise<T> {
  for (let version = 0; ; ) {
    const directory = await loadDirectory(eventId, version);
    try {
      return await transaction((tx) => work(tx, directory));
    } catch (error) {
      version = await versionAfter(error, directory);
    }
  }
}

/** What to try again with; anything but a change of names is thrown on. */
async function versionAfter(error: unknown, { eventId, version }: Directory): Promise<number> {
  if (error instanceof NamesMoved) return error.version;
  if (!(error instanceof BuildsMissing)) throw error;
  await transaction((tx) => createBuilds(tx, eventId, error.builds));
  return version + 1;
}

/** Holds the event's names until the end of the transaction; returns the phase as it is then. */
export async function holdNames(
  tx: pg.PoolClient,
  directory: Directory,
  alone: boolean,
): Promise<string> {
  const { catalogueVersion, phase } = await lockEvent(tx, directory.eventId, alone);
  if (catalogueVersion !== directory.version) throw new NamesMoved(catalogueVersion);
  return phase;
}

export function requireBuilds(rows: readonly Accepted[]) {
  const builds = newBuilds(rows);
  if (builds.length > 0) throw new BuildsMissing(builds);
}
