import * as z from "zod";
import { env } from "@/lib/core/env";
import { taggedJson } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { listIssues } from "@/lib/issues/read/lines";
import { ISSUE_KINDS, ISSUE_STATES, issueViewSchema, SEVERITIES } from "@/lib/issues/schema";

const issueSchema = z.object({
  number: z.int(),
  title: z.string(),
  kind: z.enum(ISSUE_KINDS),
  severity: z.enum(SEVERITIES),
  cause: z.string(),
  state: z.enum(ISSUE_STATES),
  track: z.object({ slug: z.string(), title: z.string(), restricted: z.boolean() }).nullable(),
  target: z
    .object({ key: z.string(), name: z.string(), project: z.string().nullable() })
    .nullable(),
  reporter: z.string().nullable(),
  cells: z.int(),
  comments: z.int(),
  links: z.array(z.looseObject({ kind: z.string() })),
  credits: z.array(z.looseObject({ deed: z.string() })),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().nullable(),
  url: z.string(),
});

export const GET = reader(
  "issue.view",
  async ({ request, permit, params }) => {
    const { eventSlug = "" } = params;
    const { lines, total } = await listIssues(permit, readQuery(request, issueViewSchema));
    const page = `${new URL(env().APP_URL).origin}/events/${eventSlug}/issues`;
    const issues = lines.map((line) => ({ ...line, url: `${page}/${line.number}` }));
    const body = { event: eventSlug, total, issues };
    return taggedJson(request, body, JSON.stringify(body));
  },
  {
    summary: "The issues of an event that the reader may see.",
    query: issueViewSchema,
    type: "application/json",
    schema: z.object({ event: z.string(), total: z.int(), issues: z.array(issueSchema) }),
  },
);
