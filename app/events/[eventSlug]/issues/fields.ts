import * as z from "zod";
import { text } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { issueFactsSchema, issueInputSchema } from "@/lib/issues/schema";

const said = (fields: Fields) => ({
  title: text(fields, "issue.title"),
  body: text(fields, "issue.body"),
  kind: text(fields, "issue.kind"),
  severity: text(fields, "issue.severity"),
  cause: text(fields, "issue.cause"),
  target: text(fields, "issue.target"),
  track: text(fields, "issue.track"),
});

const facts = z.object({ issue: issueFactsSchema });
const whole = z.object({ issue: issueInputSchema });

/** What the form that changes an issue says. */
export const factsIn = (fields: Fields) => facts.parse({ issue: said(fields) }).issue;

/** What the form that raises one says. */
export const issueIn = (fields: Fields) => {
  const cell = text(fields, "issue.cell");
  const more = { id: text(fields, "issue.id"), foundBy: text(fields, "issue.foundBy") };
  return whole.parse({ issue: { ...said(fields), ...more, ...(cell ? { cell } : {}) } }).issue;
};
