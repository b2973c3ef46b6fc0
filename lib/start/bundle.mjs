// Programs as one file that runs with nothing beside it. `@/` is resolved by tsconfig.json.
import path from "node:path";
import { ROOT } from "./root.mjs";

/** The agent, where the site serves it from. */
export const AGENT = path.join(ROOT, "public/plugfest.mjs");
/** The operator's commands. */
export const ADMIN = path.join(ROOT, "build/admin.mjs");

// Dependencies in CommonJS call `require`, which a module of Node does not have by itself.
const BANNER = [
  "#!/usr/bin/env node",
  'import { createRequire as plugfestRequire } from "node:module";',
  "const require = plugfestRequire(import.meta.url);",
].join("\n");

/** @param {string} [outfile] where to, the file that the site serves unless told */
export const bundleAgent = (outfile = AGENT) =>
  bundle("lib/harness/main.ts", { outfile, minify: true });

export const bundleAdmin = () =>
  // pg asks for pg-native and does without.
  bundle("lib/admin/main.ts", { outfile: ADMIN, external: ["pg-native"] });

async function bundle(entry, options) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    legalComments: "inline",
    logLevel: "warning",
    banner: { js: BANNER },
    ...options,
  });
}
