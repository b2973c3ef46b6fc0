import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import type { Partner } from "@/lib/couples/schema";
import { coupleHref } from "./couple-href";

type Props = { project: { slug: string; name: string }; partners: readonly Partner[] };

/** Whom a project was tested with, by name: no order of merit. */
export function PartnerList({ project, partners }: Props) {
  if (partners.length === 0) {
    return (
      <EmptyState title="Tested with nobody yet, as far as you can see.">
        <p>Other projects stand here once a result of both is in a matrix that you may see.</p>
      </EmptyState>
    );
  }
  return (
    <table className="list">
      <caption className="sr-only">Projects that {project.name} was tested with</caption>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col">Pass, of the cells run together</th>
          <th scope="col">Other</th>
        </tr>
      </thead>
      <tbody>
        {partners.map(({ slug, name, numbers }) => (
          <tr key={slug}>
            <th scope="row">
              <Link className="text-link" href={coupleHref(project.slug, slug)} prefetch={false}>
                {name}
              </Link>
            </th>
            <td data-label="Pass">
              {numbers.passed} of {numbers.run}
            </td>
            <td data-label="Other">{otherWords(numbers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function otherWords({ alone, broken, disputed, undecided, unsupported }: Partner["numbers"]) {
  const told = [
    [alone, "pass by one side's word"],
    [broken, "fail"],
    [disputed, "disputed"],
    [undecided, "undecided"],
    [unsupported, "unsupported, not counted"],
  ] as const;
  const words = told.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return words.join(", ") || "none";
}
