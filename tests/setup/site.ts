import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { E2E_HAND_OVER } from "@/tests/setup/e2e";

type Site = { url: string; env: Record<string, string> };

/** The running site, and what its operator's commands need: its database and its secret. */
export const readSite = (): Site => JSON.parse(fs.readFileSync(E2E_HAND_OVER, "utf8")) as Site;

/** Runs one of the operator's commands (lib/admin) beside the site; returns what it prints. */
export function admin(...args: string[]): string {
  const env = { ...process.env, ...readSite().env };
  return execFileSync(process.execPath, ["build/admin.mjs", ...args], {
    env,
    encoding: "utf8",
  }).trim();
}

/** A token for an agent of one entry. */
export const mintAgentToken = (eventSlug: string, entrySlug: string): string =>
  admin("agent-token", "--event", eventSlug, "--entry", entrySlug);

/** A token for a harness that belongs to no entry. */
export const mintNeutralToken = (eventSlug: string): string =>
  admin("agent-token", "--event", eventSlug, "--neutral");

/** A link that signs in once; opening it is the way in for every journey: there is no mail server. */
export const mintSignInLink = (email: string, ...more: string[]): string =>
  admin("sign-in-link", "--email", email, ...more);
