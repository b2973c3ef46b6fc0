import type { Metadata } from "next";
import { answerIn, type Query, readerId } from "@/app/reader";
import { ProjectForm } from "@/components/projects/project-form";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { formState } from "@/lib/core/form";
import { askProject } from "../questions";

type Props = {
  params: Promise<{ projectSlug: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const asked = await askProject((await params).projectSlug);
  return { title: asked.refused === null ? `Change ${asked.value.name}` : "Sign in" };
}

export default async function EditProject({ params, searchParams }: Props) {
  const asked = await askProject((await params).projectSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const project = asked.value;
  if (!project.isMine) {
    return <Refused code={(await readerId()) === "" ? "UNAUTHORIZED" : "FORBIDDEN"} />;
  }
  const told = await answerIn((await searchParams).answer);
  return (
    <div className="page">
      <PageHead
        trail={[
          { href: "/projects", label: "Projects" },
          { href: `/projects/${project.slug}`, label: project.name },
        ]}
        title={`Change ${project.name}`}
      />
      <ProjectForm project={project} state={formState("project", told)} />
    </div>
  );
}
