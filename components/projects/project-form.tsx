import { Button } from "@/components/ui/button";
import { FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { ProjectPage } from "@/lib/projects/schema";

type Props = { project: ProjectPage; state: FormState };

/** What a project says of itself, for its own people to change. */
export function ProjectForm({ project, state }: Props) {
  return (
    <form
      method="post"
      action={`/projects/${project.slug}/edit/save`}
      className="form"
      id="project"
    >
      <FormFault state={state} />
      <TextField
        state={state}
        name="project.name"
        label="Name"
        stored={project.name}
        required
        maxLength={80}
      />
      <TextArea
        state={state}
        name="project.aliases"
        label="Also known as"
        stored={project.aliases.join("\n")}
        hint="One a line: former names, spellings, parts that people take for the project. A search finds them."
      />
      <TextArea
        state={state}
        name="project.intro"
        label="In a few sentences"
        stored={project.intro}
        maxLength={2000}
      />
      <div className="form-row">
        <TextField
          state={state}
          name="project.homepageUrl"
          type="url"
          label="Home page"
          stored={project.homepageUrl ?? ""}
          maxLength={500}
        />
        <TextField
          state={state}
          name="project.trackerUrl"
          type="url"
          label="Issue tracker"
          stored={project.trackerUrl ?? ""}
          maxLength={500}
        />
      </div>
      <TextField
        state={state}
        name="project.securityContact"
        label="Security contact"
        stored={project.securityContact ?? ""}
        maxLength={255}
        hint="An address or a page; everybody sees it."
      />
      <div>
        <Button type="submit" className="button-primary">
          Save
        </Button>
      </div>
    </form>
  );
}
