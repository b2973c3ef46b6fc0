import * as z from "zod";
import { safeName, slugSchema } from "@/lib/core/text";
import { router, siteProcedure } from "@/lib/trpc/init";
import { listProjectNames, listProjects, loadProject, searchProjects } from "./read";
import { namedProjectSchema, projectEditSchema } from "./schema";
import { editProject, proposeProject } from "./write";

const slugInput = z.object({ slug: slugSchema });

export const projectsRouter = router({
  list: siteProcedure("project.view").query(({ ctx }) => listProjects(ctx.permit)),
  bySlug: siteProcedure("project.view")
    .input(slugInput)
    .query(({ ctx, input }) => loadProject(ctx.permit, input.slug)),
  names: siteProcedure("project.add").query(({ ctx }) => listProjectNames(ctx.permit)),
  search: siteProcedure("project.add")
    .input(z.object({ name: safeName(80) }))
    .query(({ ctx, input }) => searchProjects(ctx.permit, input.name)),
  propose: siteProcedure("project.add")
    .input(z.object({ project: namedProjectSchema }))
    .mutation(({ ctx, input }) => proposeProject(ctx.permit, input.project)),
  edit: siteProcedure("project.edit")
    .input(slugInput.extend({ project: projectEditSchema }))
    .mutation(({ ctx, input }) => editProject(ctx.permit, input.slug, input.project)),
});
