import { Badge } from "@/components/ui/badge";
import { Box } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Plays, TrackChoice } from "@/lib/entries/schema";

type Props = { state: FormState; tracks: readonly TrackChoice[]; played: Plays };

/** The roles of every track, to be ticked: an entry is in a track when it plays a role there. */
export function RoleChoice({ state, tracks, played }: Props) {
  return (
    <ul className="role-choice">
      {tracks.map(({ slug, title, restricted, roles }) => (
        <li key={slug}>
          <fieldset>
            <legend>
              {title} {restricted && <Badge>restricted</Badge>}
            </legend>
            <div className="form-boxes">
              {roles.map(({ key, label }) => (
                <Box
                  key={key}
                  state={state}
                  name="role"
                  value={`${slug}/${key}`}
                  stored={played[slug]?.includes(key) ?? false}
                >
                  {label} <code className="text-faint">{key}</code>
                </Box>
              ))}
            </div>
          </fieldset>
        </li>
      ))}
    </ul>
  );
}
