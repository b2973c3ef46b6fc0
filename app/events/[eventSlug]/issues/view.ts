import type { Query } from "@/app/reader";
import { type IssueView, issueViewSchema } from "@/lib/issues/schema";

export type SearchParams = Record<string, Query>;

/** What the page's address asks for. What is no filter of ours, or no value of one, is left out. */
export function readIssueView(params: SearchParams): IssueView {
  const whole = issueViewSchema.safeParse(params);
  if (whole.success) return whole.data;
  const wrong = new Set(whole.error.issues.map(({ path }) => String(path[0])));
  const right = Object.entries(params).filter(([name]) => !wrong.has(name));
  return issueViewSchema.parse(Object.fromEntries(right));
}

/** The same view as a query, for the twins of the page. */
export function viewQuery({ sort, q, ...lists }: IssueView): string {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(lists)) {
    if (values) query.set(name, values.join(","));
  }
  if (q) query.set("q", q);
  if (sort !== "newest") query.set("sort", sort);
  return query.size > 0 ? `?${query}` : "";
}
