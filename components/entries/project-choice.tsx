import { Box, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { textOf } from "@/lib/core/form";
import type { ProjectNames } from "@/lib/projects/schema";

type Props = {
  state: FormState;
  projects: readonly ProjectNames[];
  stored: string;
  /** The projects that may have been meant by what was typed; empty unless that is to be asked. */
  near: readonly ProjectNames[];
};

/** The project, by any of its names; the browser suggests those that are here. */
export function ProjectChoice({ state, projects, stored, near }: Props) {
  const typed = textOf(state, "project.name");
  return (
    <>
      <TextField
        state={state}
        name="project.name"
        label="Project"
        stored={stored}
        required
        maxLength={80}
        list="projects"
        autoComplete="off"
        hint="Any spelling or former name finds it. A name that is not here yet adds the project."
      />
      <datalist id="projects">
        {projects.map(({ slug, name, aliases }) => (
          <option key={slug} value={name}>
            {aliases.join(", ")}
          </option>
        ))}
      </datalist>
      {near.length > 0 && (
        <fieldset className="form-ask">
          <legend>Did you mean</legend>
          {near.map(({ slug, name, aliases }) => (
            <Box key={slug} state={state} type="radio" name="chosen" value={`=${slug}`} required>
              {name}
              {aliases.length > 0 && (
                <span className="text-soft">, also known as {aliases.join(", ")}</span>
              )}
            </Box>
          ))}
          <Box state={state} type="radio" name="chosen" value="new" required>
            None of them: {typed} is another project
          </Box>
        </fieldset>
      )}
    </>
  );
}
