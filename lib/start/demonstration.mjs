// The demonstration event *Loopback plugfest*, by the operator's own commands (lib/admin).
import { ADMIN } from "./bundle.mjs";
import { runNode } from "./processes.mjs";

const ORGANIZER = "organizer@loopback.example";
const EVENT = "loopback";
const LINK_HOURS = 24;

/** Before the site starts: the event, its entries and catalogue. */
export async function seedDemonstration(env) {
  await runNode([ADMIN, "seed"], env);
}

/** When it answers: the recorded runs, pushed by the agent it serves, through its own API. */
export async function pushDemonstration(env, url) {
  await runNode([ADMIN, "demo-push", "--url", url], env);
}

/** A new link at every start: each can be used once. */
export async function mintSignInLink(env) {
  const args = ["--email", ORGANIZER, "--organizer-of", EVENT, "--hours", String(LINK_HOURS)];
  const link = await runNode([ADMIN, "sign-in-link", ...args], env);
  return link.trim();
}
