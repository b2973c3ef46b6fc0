import { resultFile } from "@/app/api/v1/result-file";
import { CTRF } from "@/lib/downloads/rules";
import { ctrfSchema } from "@/lib/downloads/schema";

export const GET = resultFile(CTRF, {
  summary:
    "The results behind a track's matrix as a CTRF report, which other tools read, and plugfest push.",
  ending: "ctrf.json",
  schema: ctrfSchema,
});
