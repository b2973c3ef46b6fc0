import type { Routes } from "@/lib/http/openapi";
import * as agentHeartbeat from "./agent/heartbeat/route";
import * as agent from "./agent/route";
import * as eventsAgentsAgentIdRejectedCsv from "./events/[eventSlug]/agents/[agentId]/rejected.csv/route";
import * as eventsAgentsAgentIdRejectedNdjson from "./events/[eventSlug]/agents/[agentId]/rejected.ndjson/route";
import * as eventsCatalogue from "./events/[eventSlug]/catalogue/route";
import * as eventsEvidence from "./events/[eventSlug]/evidence/route";
import * as eventsIssuesCsv from "./events/[eventSlug]/issues.csv/route";
import * as eventsIssuesJson from "./events/[eventSlug]/issues.json/route";
import * as runEvidenceSha256 from "./events/[eventSlug]/runs/[runId]/evidence/[sha256]/route";
import * as runFinish from "./events/[eventSlug]/runs/[runId]/finish/route";
import * as runResults from "./events/[eventSlug]/runs/[runId]/results/route";
import * as runResultsValidate from "./events/[eventSlug]/runs/[runId]/results/validate/route";
import * as run from "./events/[eventSlug]/runs/[runId]/route";
import * as eventsSummaryCsv from "./events/[eventSlug]/summary.csv/route";
import * as eventsSummaryJson from "./events/[eventSlug]/summary.json/route";
import * as eventsSummaryMd from "./events/[eventSlug]/summary.md/route";
import * as badgeSvg from "./events/[eventSlug]/tracks/[trackSlug]/badge.svg/route";
import * as changesAtom from "./events/[eventSlug]/tracks/[trackSlug]/changes.atom/route";
import * as matrixCsv from "./events/[eventSlug]/tracks/[trackSlug]/matrix.csv/route";
import * as matrixJson from "./events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import * as matrixNdjson from "./events/[eventSlug]/tracks/[trackSlug]/matrix.ndjson/route";
import * as matrixSvg from "./events/[eventSlug]/tracks/[trackSlug]/matrix.svg/route";
import * as matrixDiffJson from "./events/[eventSlug]/tracks/[trackSlug]/matrix-diff.json/route";
import * as measurementsCsv from "./events/[eventSlug]/tracks/[trackSlug]/measurements.csv/route";
import * as measurementsJson from "./events/[eventSlug]/tracks/[trackSlug]/measurements.json/route";
import * as planJson from "./events/[eventSlug]/tracks/[trackSlug]/plan.json/route";
import * as resultsCtrfJson from "./events/[eventSlug]/tracks/[trackSlug]/results.ctrf.json/route";
import * as resultsJunitXml from "./events/[eventSlug]/tracks/[trackSlug]/results.junit.xml/route";
import * as resultsNdjson from "./events/[eventSlug]/tracks/[trackSlug]/results.ndjson/route";
import * as stream from "./events/[eventSlug]/tracks/[trackSlug]/stream/route";
import * as evidenceSha256 from "./evidence/[sha256]/route";
import * as coupleJson from "./projects/[projectSlug]/with/[otherSlug]/couple.json/route";

/** Every route of the API, for its document; a contract test compares the list with the folders. */
export const ROUTES: Routes = {
  "/agent": agent,
  "/agent/heartbeat": agentHeartbeat,
  "/events/{eventSlug}/catalogue": eventsCatalogue,
  "/events/{eventSlug}/runs/{runId}": run,
  "/events/{eventSlug}/runs/{runId}/results": runResults,
  "/events/{eventSlug}/runs/{runId}/results/validate": runResultsValidate,
  "/events/{eventSlug}/runs/{runId}/finish": runFinish,
  "/events/{eventSlug}/agents/{agentId}/rejected.ndjson": eventsAgentsAgentIdRejectedNdjson,
  "/events/{eventSlug}/agents/{agentId}/rejected.csv": eventsAgentsAgentIdRejectedCsv,
  "/events/{eventSlug}/evidence": eventsEvidence,
  "/events/{eventSlug}/runs/{runId}/evidence/{sha256}": runEvidenceSha256,
  "/evidence/{sha256}": evidenceSha256,
  "/projects/{projectSlug}/with/{otherSlug}/couple.json": coupleJson,
  "/events/{eventSlug}/issues.csv": eventsIssuesCsv,
  "/events/{eventSlug}/issues.json": eventsIssuesJson,
  "/events/{eventSlug}/summary.csv": eventsSummaryCsv,
  "/events/{eventSlug}/summary.json": eventsSummaryJson,
  "/events/{eventSlug}/summary.md": eventsSummaryMd,
  "/events/{eventSlug}/tracks/{trackSlug}/badge.svg": badgeSvg,
  "/events/{eventSlug}/tracks/{trackSlug}/changes.atom": changesAtom,
  "/events/{eventSlug}/tracks/{trackSlug}/matrix.csv": matrixCsv,
  "/events/{eventSlug}/tracks/{trackSlug}/matrix-diff.json": matrixDiffJson,
  "/events/{eventSlug}/tracks/{trackSlug}/matrix.json": matrixJson,
  "/events/{eventSlug}/tracks/{trackSlug}/matrix.ndjson": matrixNdjson,
  "/events/{eventSlug}/tracks/{trackSlug}/matrix.svg": matrixSvg,
  "/events/{eventSlug}/tracks/{trackSlug}/measurements.csv": measurementsCsv,
  "/events/{eventSlug}/tracks/{trackSlug}/measurements.json": measurementsJson,
  "/events/{eventSlug}/tracks/{trackSlug}/plan.json": planJson,
  "/events/{eventSlug}/tracks/{trackSlug}/results.ctrf.json": resultsCtrfJson,
  "/events/{eventSlug}/tracks/{trackSlug}/results.junit.xml": resultsJunitXml,
  "/events/{eventSlug}/tracks/{trackSlug}/results.ndjson": resultsNdjson,
  "/events/{eventSlug}/tracks/{trackSlug}/stream": stream,
};
