import type { Metadata } from "next";
import { ask } from "@/app/ask";
import { ProjectList } from "@/components/projects/project-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { api } from "@/lib/trpc/server";

export const metadata: Metadata = { title: "Projects" };

export default async function Projects() {
  const list = await ask(api.projects.list());
  if (list.refused !== null) return <Refused code={list.refused} />;
  return (
    <div className="page">
      <PageHead title="Projects">
        <p className="lead">What was brought to the events of this site, through the years.</p>
      </PageHead>
      {list.value.length > 0 ? (
        <ProjectList projects={list.value} />
      ) : (
        <EmptyState title="No project yet.">
          <p>Projects appear here once they are in an event.</p>
        </EmptyState>
      )}
    </div>
  );
}
