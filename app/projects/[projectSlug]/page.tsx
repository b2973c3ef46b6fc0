import Link from "next/link";
import type { Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { PartnerList } from "@/components/couples/partner-list";
import { ProjectEntries } from "@/components/projects/project-entries";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { Facts } from "@/components/ui/facts";
import type { ProjectPage } from "@/lib/projects/schema";
import { askPartners, askProject } from "./questions";

type Props = {
  params: Promise<{ projectSlug: string }>;
  searchParams: Promise<{ done?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const project = await askProject((await params).projectSlug);
  return { title: project.refused === null ? project.value.name : "Sign in" };
}

export default async function Project({ params, searchParams }: Props) {
  const { projectSlug } = await params;
  const [asked, partners] = await Promise.all([askProject(projectSlug), askPartners(projectSlug)]);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const project = asked.value;
  const facts = factsOf(project);
  return (
    <div className="page">
      <PageHead trail={[{ href: "/projects", label: "Projects" }]} title={project.name}>
        {project.intro && <p className="lead">{project.intro}</p>}
        {project.isMine && (
          <p>
            <Link className="button" href={`/projects/${project.slug}/edit`} prefetch={false}>
              Change
            </Link>
          </p>
        )}
      </PageHead>
      {(await searchParams).done === "saved" && <Notice kind="done">Saved.</Notice>}
      {facts.length > 0 && <Facts facts={facts} />}
      <section className="block" aria-labelledby="events">
        <h2 id="events">Through the events</h2>
        {project.entries.length > 0 ? (
          <ProjectEntries project={project} />
        ) : (
          <EmptyState title="In no event that you can see.">
            <p>Its entries stand here once they are in an event and agreed to be named.</p>
          </EmptyState>
        )}
      </section>
      <section className="block" aria-labelledby="tested-with">
        <h2 id="tested-with">Tested with</h2>
        {partners.refused === null && <PartnerList project={project} partners={partners.value} />}
      </section>
    </div>
  );
}

const linkTo = (url: string) => (
  <a className="text-link" href={url} rel="nofollow noopener noreferrer">
    {url}
  </a>
);

const factsOf = ({ aliases, homepageUrl, trackerUrl, securityContact }: ProjectPage) => [
  ...(aliases.length > 0 ? [{ label: "Also known as", value: aliases.join(", ") }] : []),
  ...(homepageUrl ? [{ label: "Home page", value: linkTo(homepageUrl) }] : []),
  ...(trackerUrl ? [{ label: "Tracker", value: linkTo(trackerUrl) }] : []),
  ...(securityContact ? [{ label: "Security contact", value: securityContact }] : []),
];
