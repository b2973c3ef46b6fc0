import { readSite } from "@/tests/setup/site";
import { bundleBench, runProgram } from "../bench/program.mjs";

/** An event of 60 entries that all play both roles of 100 tests in track `calls`, and results in so many of its cells. */
export async function makeLargeEvent(cells: number): Promise<{ slug: string }> {
  const env = { ...process.env, ...readSite().env };
  const [event, fill] = await Promise.all(["event", "matrix-cells"].map(bundleBench));
  const said = await runProgram(event, { args: ["0"], env, isQuiet: true });
  const { slug } = JSON.parse(said) as { slug: string };
  await runProgram(fill, { args: [slug, "even", String(cells)], env, isQuiet: true });
  return { slug };
}
