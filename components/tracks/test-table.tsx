import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { TestPage } from "@/lib/tracks/schema";

type Props = { tests: readonly TestPage[]; path: string };

/** Every test of a track in one line each. */
export function TestTable({ tests, path }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Tests of this track</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Level</th>
          <th scope="col">Roles</th>
          <th scope="col">Variants</th>
        </tr>
      </thead>
      <tbody>
        {tests.map((test) => (
          <tr key={test.key}>
            <th scope="row">
              <span className="entry-line">
                <Link className="test-head" href={`${path}/${test.key}`} prefetch={false}>
                  <span className="entry-build">{test.key}</span>
                  <span>{test.title}</span>
                </Link>
                {test.measured && <Badge>measurement</Badge>}
              </span>
            </th>
            <td data-label="Level">{test.level}</td>
            <td data-label="Roles">{roleWords(test)}</td>
            <td data-label="Variants">{variantNames(test)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const roleWords = ({ roles }: Pick<TestPage, "roles">) =>
  roles.map(({ key, min, max }) => `${key}${countWords(min, max)}`).join(", ");

function countWords(min: number, max: number): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return " (optional)";
  return min === max ? ` (${min})` : ` (${min} to ${max})`;
}

const variantNames = ({ variants }: TestPage) =>
  Object.entries(variants)
    .map(([name, values]) => `${name} (${values.length})`)
    .join(", ") || "none";
