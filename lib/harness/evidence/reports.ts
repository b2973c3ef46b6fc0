import type { Asked, Group } from "../formats/formats";
import { readGroup } from "../formats/formats";
import { type Prepared, prepareRun } from "../run";
import type { Told } from "../told";
import { keepWhatCan } from "./kept";

/** A run from its report, which goes along as it is. A folder's report is kept by who reads the folder. */
export async function prepareGroup(group: Group, told: Told, asked: Asked): Promise<Prepared> {
  const reading = await readGroup(group, asked);
  const paths = group.sources.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
  const { files, problems } = await keepWhatCan(paths, "report");
  const warnings = [...reading.warnings, ...problems];
  return prepareRun({ ...reading, warnings }, told, files);
}
