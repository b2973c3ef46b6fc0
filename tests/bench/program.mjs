// Benchmarks are written against lib, so they are bundled like the other programs, and then run.
import { spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "../../lib/start/root.mjs";

const BANNER = [
  'import { createRequire as plugfestRequire } from "node:module";',
  "const require = plugfestRequire(import.meta.url);",
].join("\n");

/** Bundles tests/bench/NAME.ts; resolves to the file that Node can run. */
export async function bundleBench(name) {
  const { build } = await import("esbuild");
  const outfile = path.join(ROOT, `build/bench/${name}.mjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`tests/bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    sourcemap: "inline",
    external: ["pg-native"],
    logLevel: "warning",
    banner: { js: BANNER },
  });
  return outfile;
}

/** Starts a bundled program; what it says goes to this terminal, or is given to `onLine`. */
export function startProgram(file, { args = [], env, onSaid }) {
  const child = spawn(process.execPath, [file, ...args], {
    env,
    stdio: ["ignore", onSaid ? "pipe" : "inherit", "inherit", "ipc"],
  });
  if (onSaid) child.stdout.on("data", onSaid);
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  return { child, ended };
}

/** Runs a bundled program to its end; resolves to what it printed when `isQuiet`. */
export async function runProgram(file, { args, env, isQuiet = false }) {
  const chunks = [];
  const onSaid = isQuiet ? (chunk) => chunks.push(chunk) : undefined;
  const { child, ended } = startProgram(file, { args, env, onSaid });
  const code = await ended;
  if (child.connected) child.disconnect();
  if (code !== 0) throw new Error(`${path.basename(file)} ended with ${code}`);
  return Buffer.concat(chunks).toString();
}
