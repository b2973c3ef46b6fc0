import type { SitePermit } from "@/lib/auth/permit";
import { requirePersonId } from "@/lib/auth/person-id";
import { Refusal } from "@/lib/core/refusal";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { PROJECT_NAMES } from "./read";
import { findNear, findSame, freeSlug, slugOf } from "./rules";
import type { NamedProject, ProjectEdit, ProjectInput, ProjectNames } from "./schema";

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

// Names are compared and added under one lock: two people may type the same one at once.
const LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('project names', 0))";

/**
 * Finds the project that somebody names, in any spelling and by any alias, or adds it. A name that
 * is nearly another project's is a `conflict` with the fault `near`, until they say that it is new.
 */
export async function proposeProject(
  permit: SitePermit<"project.add">,
  { name, homepageUrl, isNew }: NamedProject,
): Promise<{ slug: string; added: boolean }> {
  const personId = requirePersonId(permit);
  return transaction(async (tx) => {
    await tx.query(LOCK);
    const { rows: projects } = await tx.query<ProjectNames>(PROJECT_NAMES);
    const same = findSame(name, projects);
    if (same) return { slug: same.slug, added: false };
    if (!isNew) refuseNear(name, projects);
    const slug = freeSlug(slugOf(name), new Set(projects.map((project) => project.slug)));
    await tx.query(
      `WITH added AS (
         INSERT INTO project (id, slug, name, homepage_url) VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id
       )
       INSERT INTO audit (action, person_id, subject, detail)
       SELECT $4::text, $5::uuid, id::text, jsonb_build_object('slug', $1::text, 'name', $2::text) FROM added`,
      [slug, name, homepageUrl ?? null, permit.action, personId],
    );
    return { slug, added: true };
  });
}

function refuseNear(name: string, projects: readonly ProjectNames[]) {
  const near = findNear(name, projects);
  if (near.length === 0) return;
  const names = near.map((project) => project.name).join(", ");
  const message = `'${name}' is not here yet. Did you mean ${names}? Choose one, or say that yours is another project.`;
  throw new Refusal("conflict", message, [{ pointer: "/project/name", code: "near", message }]);
}

/** Changes what a project says of itself. A member of an admitted entry of it may. */
export async function editProject(
  permit: SitePermit<"project.edit">,
  slug: string,
  { aliases, homepageUrl, trackerUrl, securityContact, ...rest }: ProjectEdit,
): Promise<void> {
  const personId = requirePersonId(permit);
  await transaction(async (tx) => {
    await tx.query(LOCK);
    const project = await tx.query<{ id: string; is_mine: boolean }>(
      `SELECT p.id, EXISTS (
         SELECT FROM entry n JOIN entry_member m ON m.entry_id = n.id
         WHERE n.project_id = p.id AND n.state = 'admitted' AND m.person_id = $2) AS is_mine
       FROM project p WHERE p.slug = $1`,
      [slug, personId],
    );
    const [found] = project.rows;
    if (!found) throw new Refusal("not_found", `There is no project '${slug}'.`);
    if (!found.is_mine) {
      throw new Refusal(
        "forbidden",
        "Only people of an admitted entry of this project may change what it says of itself.",
      );
    }
    const { rows } = await tx.query<ProjectNames>(PROJECT_NAMES);
    const others = rows.filter((other) => other.slug !== slug);
    refuseTaken("/project/name", [rest.name], others);
    refuseTaken("/project/aliases", aliases, others);
    await tx.query(
      `UPDATE project SET name = $2, aliases = $3, intro = $4, homepage_url = $5, tracker_url = $6, security_contact = $7
       WHERE id = $1`,
      [
        found.id,
        rest.name,
        aliases,
        rest.intro,
        homepageUrl ?? null,
        trackerUrl ?? null,
        securityContact ?? null,
      ],
    );
    await tx.query(
      "INSERT INTO audit (action, person_id, subject, detail) VALUES ($1, $2, $3, $4)",
      [permit.action, personId, found.id, { name: rest.name, aliases }],
    );
  });
}

/** A name that leads to two projects leads to neither. */
function refuseTaken(pointer: string, names: readonly string[], others: readonly ProjectNames[]) {
  for (const name of names) {
    const same = findSame(name, others);
    if (!same) continue;
    const message = `'${name}' is a name of ${same.name} already.`;
    throw new Refusal("conflict", message, [{ pointer, code: "taken", message }]);
  }
}
