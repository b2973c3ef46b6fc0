import { type CatalogueReply, catalogueReplySchema } from "@/lib/agents/schema";
import { agentToken, loadConfig, serverUrl } from "../config";
import type { Context } from "../context";
import { EXIT, type ExitCode, Failure } from "../failure";
import { call, type Link } from "../http";
import { plural } from "../output";
import { askWhoIAm, eventPath, parseReply } from "../server";
import { trackOf } from "../told";

/** The names that this event knows: tracks, roles, tests with their aliases, entries with builds. */
export async function catalogue(context: Context): Promise<ExitCode> {
  const { output } = context;
  const { tracks, entries } = await askCatalogue(context);
  for (const track of tracks) {
    const roles = track.roles.map(({ key, label }) => `${key} (${label})`).join(", ");
    output.tell(
      { event: "catalogue", track },
      [`${track.slug}: ${track.title}. Roles: ${roles}`, ...track.tests.map(testLine)].join("\n"),
    );
  }
  for (const entry of entries) {
    const { entry: slug, name, kind, builds, currentBuild } = entry;
    const build = currentBuild === null ? "no build yet" : `current ${currentBuild}`;
    const others = builds.filter((label) => label !== currentBuild);
    const more = others.length > 0 ? `; also ${others.join(", ")}` : "";
    const text = `entry ${slug}: ${name}, ${kind}, ${build}${more}; in ${entry.tracks.join(", ") || "no track"}`;
    output.tell({ event: "catalogue", entry }, text);
  }
  return EXIT.ok;
}

function testLine({ key, title, level, roles, variants, aliases }: Test): string {
  const uses = roles.map(
    ({ key: role, min, max }) => role + (min === max ? "" : `[${min}-${max}]`),
  );
  const declared = Object.entries(variants).map(([name, values]) => `${name}=${values.join("|")}`);
  const also = aliases.length > 0 ? [`also called ${aliases.join(", ")}`] : [];
  return `  ${[key, title, level, uses.join(" + "), ...declared, ...also].join("  ")}`;
}
type Test = CatalogueReply["tracks"][number]["tests"][number];

/** What nobody has tried yet, with this agent's entry among the parties. */
export async function pairings(context: Context): Promise<ExitCode> {
  const { output } = context;
  const reply = await askCatalogue(context);
  for (const pairing of reply.pairings) {
    const parties = pairing.parties.map(({ role, entry }) => `--party ${role}=${entry}`).join(" ");
    output.tell(
      { event: "pairing", ...pairing },
      `--track ${pairing.track} --test ${pairing.test} ${parties}`,
    );
  }
  const count = reply.pairings.length;
  output.tell({ event: "read", pairings: count }, `${plural(count, "pairing")} not tried yet.`);
  return EXIT.ok;
}

/** Of one track, where --track says so. */
async function askCatalogue(context: Context): Promise<CatalogueReply> {
  const { output, patience, flags } = context;
  const config = await loadConfig(context.env, flags.config);
  const link: Link = { url: serverUrl(config), token: agentToken(config), output, patience };
  const { event } = await askWhoIAm(link);
  const answer = await call(link, { method: "GET", path: eventPath(event.slug, "catalogue") });
  if (answer.status !== 200) throw new Failure(EXIT.unreachable, answer.sentence);
  const reply = parseReply(link, answer, catalogueReplySchema);
  const track = trackOf(flags);
  if (track === undefined) return reply;
  if (!reply.tracks.some(({ slug }) => slug === track)) {
    const known = reply.tracks.map(({ slug }) => slug).join(", ");
    throw new Failure(EXIT.usage, `There is no track ${track}. There are ${known}.`);
  }
  return {
    ...reply,
    tracks: reply.tracks.filter(({ slug }) => slug === track),
    entries: reply.entries.filter((entry) => entry.tracks.includes(track)),
    pairings: reply.pairings.filter((pairing) => pairing.track === track),
  };
}
