import { parseArgs } from "node:util";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { agentToken } from "./agent-token";
import { demoPush } from "./demo-push";
import { makeEvent } from "./make-event";
import { rebuild } from "./rebuild";
import { seed } from "./seed";
import { signInLink } from "./sign-in-link";
import { type Flags, OPTIONS, UsageError } from "./usage";

const USAGE = `usage: npm run -s admin -- COMMAND

  make-event --series SLUG --event SLUG --name NAME
      makes an event, a draft with the tracks of the built-in catalogue; sign-in-link then appoints its organizer
  agent-token --event SLUG (--entry SLUG | --neutral) [--name NAME]
      makes an agent of the event and prints its token, once
  sign-in-link --email ADDRESS [--hours N] [--organizer-of SLUG | --lead-of SLUG/TRACK | --member-of SLUG/ENTRY]
      prints a link that signs this address in, once
  seed
      loads the demonstration events, where they are missing
  demo-push --url URL
      pushes the demonstration's recorded runs through the API of the running site
  rebuild-cells --event SLUG
      makes the event's cells anew from its results`;

const COMMANDS: Record<string, (flags: Flags) => Promise<string>> = {
  "make-event": makeEvent,
  "agent-token": agentToken,
  "sign-in-link": signInLink,
  seed,
  "demo-push": demoPush,
  "rebuild-cells": rebuild,
};

async function main(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [name = "", ...rest] = positionals;
  const command = COMMANDS[name];
  if (values.help) return USAGE;
  if (!command || rest.length > 0) throw new UsageError(USAGE);
  return command(values);
}

try {
  const said = await main(process.argv.slice(2));
  if (said) console.log(said);
} catch (error) {
  const isUsage =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  // A refusal and a wrong flag are said in a sentence; a bug shows where it is.
  console.error(error instanceof Refusal || isUsage ? (error as Error).message : error);
  process.exitCode = isUsage ? 2 : 1;
} finally {
  const { prisma, pool } = database();
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
}
