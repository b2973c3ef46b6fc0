import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { Desk } from "@/lib/summaries/schema";
import { BLOCK_STATE_WORDS } from "./block-states";

type Props = { eventSlug: string; desk: Desk };

/** The texts of the account: whose they are, and how far. */
export function BlockTable({ eventSlug, desk: { blocks, zone } }: Props) {
  return (
    <table className="list" data-dense>
      <caption className="sr-only">Texts of the summary</caption>
      <thead>
        <tr>
          <th scope="col">Text</th>
          <th scope="col">State</th>
          <th scope="col">Given to</th>
          <th scope="col">Last change</th>
        </tr>
      </thead>
      <tbody>
        {blocks.map((block) => (
          <tr key={block.key}>
            <th scope="row">
              <Link
                className="text-link"
                href={`/events/${eventSlug}/summary/desk/${block.key}`}
                prefetch={false}
              >
                {block.title}
              </Link>
              {block.track && block.title !== block.track.title && (
                <span className="text-soft"> in {block.track.title}</span>
              )}
            </th>
            <td data-label="State">
              <Badge>{BLOCK_STATE_WORDS[block.state]}</Badge>
            </td>
            <td data-label="Given to">
              {block.assignee?.name ?? (block.track ? "its track’s leads" : "the organizers")}
            </td>
            <td data-label="Last change">
              {block.updatedAt ? (
                <>
                  {block.updatedBy ?? "The operator"}, <Moment at={block.updatedAt} zone={zone} />
                </>
              ) : (
                "not written yet"
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
