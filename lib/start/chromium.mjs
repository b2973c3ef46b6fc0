// The browser of the end-to-end tests: CHROMIUM_PATH, else one on this system, else the one that npm
// brought. PLUGFEST_CHROMIUM=npm takes npm's at once, so that a CI always tests with the same one.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "./root.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/**
 * How to start the browser: a path, and what to add to its environment. Without a path Playwright
 * looks for the one of its own (`npx playwright install chromium`, for systems npm has none for).
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<{ executablePath?: string, env: Record<string, string> }>}
 */
export async function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) return { executablePath: env.CHROMIUM_PATH, env: {} };
  const onSystem = env.PLUGFEST_CHROMIUM === "npm" ? undefined : findOnPath(env.PATH ?? "");
  if (onSystem) return { executablePath: onSystem, env: {} };
  if (process.platform !== "linux" || process.arch !== "x64") return { env: {} };
  const folder = await unpack();
  return {
    executablePath: path.join(folder, "chromium"),
    env: {
      // What a bare container lacks: libraries, and fonts to measure text with.
      LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
      FONTCONFIG_PATH: path.join(folder, "fonts"),
      XDG_CACHE_HOME: path.join(folder, "cache"),
    },
  };
}

// The package's own file names folders of the cloud service it is made for.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function findOnPath(folders) {
  const files = NAMES.flatMap((name) =>
    folders.split(path.delimiter).map((folder) => path.join(folder, name)),
  );
  return files.find((file) => fs.existsSync(file));
}

/** Unpacks once for each version. The package writes to, and trusts, the folder that TMPDIR names. */
async function unpack() {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const installed = path.resolve(path.dirname(entry), "..");
  const { version } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8"));
  const folder = path.join(ROOT, "build", `chromium-${version}`);
  if (fs.existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  fs.mkdirSync(partial, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial;
  try {
    const { default: chromium, inflate } = await import("@sparticuz/chromium");
    await chromium.executablePath();
    await inflate(path.join(installed, "bin/al2023.tar.br"));
    fs.writeFileSync(path.join(partial, "fonts/fonts.conf"), FONTS);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  fs.renameSync(partial, folder);
  return folder;
}
