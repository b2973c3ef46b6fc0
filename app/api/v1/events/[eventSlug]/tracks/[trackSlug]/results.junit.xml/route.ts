import { resultFile } from "@/app/api/v1/result-file";
import { JUNIT } from "@/lib/downloads/rules";

export const GET = resultFile(JUNIT, {
  summary:
    "The results behind a track's matrix as a JUnit report, which other tools read, and plugfest push.",
  ending: "junit.xml",
});
