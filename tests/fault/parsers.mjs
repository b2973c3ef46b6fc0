// F10: noise and damaged files for every reader of files; the work is in read-noise.ts.
import { runNode } from "../../lib/start/processes.mjs";
import { slackOf } from "./client.mjs";
import { bundleFault } from "./program.mjs";

export async function fuzzParsers(_ground, { isShort, seed }) {
  const file = await bundleFault("read-noise");
  const said = await runNode([
    file,
    String(seed),
    isShort ? "250" : "10000",
    String(50 * slackOf(isShort)),
  ]);
  const { runs, crashes, slow, longest } = JSON.parse(said);
  return {
    figures: {
      ...Object.fromEntries(
        Object.entries(runs).map(([reader, count]) => [
          `${reader}`,
          `${count} inputs, longest ${longest[reader]} ms`,
        ]),
      ),
      ...(crashes[0] && { "first crash": crashes[0] }),
      ...(slow[0] && { "first that was slow": slow[0] }),
      "not done": "no check of the regular expressions by recheck: it is not among the packages",
    },
    faults: { crashes: crashes.length, "too slow, three times": slow.length },
  };
}
