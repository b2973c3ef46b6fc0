import type { SitePermit } from "@/lib/auth/permit";
import { db } from "@/lib/db/client";
import type { ProjectInput } from "./schema";

/** Adds a project, or finds the one that has its slug: its own people look after what it says. */
export async function addProject(
  _: SitePermit<"project.add">,
  project: ProjectInput,
): Promise<string> {
  const { homepageUrl = null, trackerUrl = null, securityContact = null, ...rest } = project;
  const { id } = await db.project.upsert({
    where: { slug: project.slug },
    create: { ...rest, homepageUrl, trackerUrl, securityContact },
    update: {},
    select: { id: true },
  });
  return id;
}
