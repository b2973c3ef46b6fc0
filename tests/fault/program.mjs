// Faults that need the product's own code are written against lib and bundled, as the benchmarks are.
import path from "node:path";
import { ROOT } from "../../lib/start/root.mjs";

const BANNER = [
  'import { createRequire as plugfestRequire } from "node:module";',
  "const require = plugfestRequire(import.meta.url);",
].join("\n");

/** Bundles tests/fault/NAME.ts; resolves to the file that Node can run. */
export async function bundleFault(name) {
  const { build } = await import("esbuild");
  const outfile = path.join(ROOT, `build/fault/${name}.mjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`tests/fault/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    external: ["pg-native"],
    logLevel: "warning",
    banner: { js: BANNER },
  });
  return outfile;
}
