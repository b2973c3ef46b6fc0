import { resultFile } from "@/app/api/v1/result-file";
import { NDJSON } from "@/lib/downloads/rules";

export const GET = resultFile(NDJSON, {
  summary:
    "The results behind a track's matrix, as they were pushed, one JSON object a line; plugfest push reads it back.",
  ending: "ndjson",
});
