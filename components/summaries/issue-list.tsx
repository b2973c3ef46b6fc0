import type { IssueLine } from "@/lib/summaries/schema";
import { ISSUE_STATE_WORDS } from "@/lib/twins/rules";

/** Issues with what became of them, and the commits that did it. */
export function IssueList({ issues }: { issues: readonly IssueLine[] }) {
  return (
    <ul className="lines">
      {issues.map(({ number, title, state, project, links, page }) => (
        <li key={number}>
          <a className="text-link" href={page}>
            #{number} {title}
          </a>
          : {ISSUE_STATE_WORDS[state]}
          {project && `, ${project}`}
          {links.map(({ kind, label, url }) => (
            <span key={`${kind} ${label}`}>
              {", "}
              {url ? (
                <a className="text-link" href={url} rel="nofollow noopener noreferrer">
                  <code>{label}</code>
                </a>
              ) : (
                <code>{label}</code>
              )}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
