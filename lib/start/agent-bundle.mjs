// The agent as one file that runs with nothing beside it: `@/` is resolved by tsconfig.json.
import path from "node:path";
import { ROOT } from "./root.mjs";

export const AGENT = path.join(ROOT, "public/plugfest.mjs");

// sax is CommonJS and calls `require`, which a module of Node does not have by itself.
const BANNER = [
  "#!/usr/bin/env node",
  'import { createRequire as plugfestRequire } from "node:module";',
  "const require = plugfestRequire(import.meta.url);",
].join("\n");

/** @param {string} [outfile] where to, the file that the site serves unless told */
export async function bundleAgent(outfile = AGENT) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["lib/harness/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minify: true,
    legalComments: "inline",
    logLevel: "warning",
    banner: { js: BANNER },
  });
}
