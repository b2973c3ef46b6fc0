import Link from "next/link";
import type { ProjectLine } from "@/lib/projects/schema";

/** Projects by name, with how often each has come. */
export function ProjectList({ projects }: { projects: readonly ProjectLine[] }) {
  return (
    <table className="list">
      <caption className="sr-only">Projects</caption>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col">Also known as</th>
          <th scope="col" className="number">
            Events
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map(({ slug, name, aliases, intro, events }) => (
          <tr key={slug}>
            <th scope="row">
              <Link className="text-link" href={`/projects/${slug}`} prefetch={false}>
                {name}
              </Link>
              {intro && <span className="track-intro">{intro}</span>}
            </th>
            <td data-label="Also known as">{aliases.join(", ")}</td>
            <td data-label="Events" className="number">
              {events}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
