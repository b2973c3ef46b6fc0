import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listIssuesOfCell, loadIssue } from "./read/issue";
import { listIssues, tallyIssues } from "./read/lines";
import { loadRaising } from "./read/raising";
import {
  commentSchema,
  creditSchema,
  issueFactsSchema,
  issueInputSchema,
  issueViewSchema,
  linkSchema,
  stateChangeSchema,
} from "./schema";
import { addCell, removeCell } from "./write/cells";
import { commentOnIssue } from "./write/comment";
import { creditSomebody, removeCredit } from "./write/credits";
import { changeFacts } from "./write/facts";
import { addLink, removeLink } from "./write/links";
import { raiseIssue } from "./write/raise";
import { changeState } from "./write/state";

const numbered = z.object({ number: z.int().min(1).max(9_999_999) });
const edit = procedure("issue.edit").input(numbered);

export const issuesRouter = router({
  list: procedure("issue.view")
    .input(z.object({ view: issueViewSchema.prefault({}) }))
    .query(({ ctx, input }) => listIssues(ctx.permit, input.view)),
  tally: procedure("issue.view").query(({ ctx }) => tallyIssues(ctx.permit)),
  byNumber: procedure("issue.view")
    .input(numbered)
    .query(({ ctx, input }) => loadIssue(ctx.permit, input.number)),
  ofCell: procedure("issue.view")
    .input(z.object({ trackSlug: slugSchema, cellId: z.uuid() }))
    .query(({ ctx, input }) => listIssuesOfCell(ctx.permit, input.cellId)),
  raising: procedure("issue.raise")
    .input(z.object({ cell: z.uuid().optional() }))
    .query(({ ctx, input }) => loadRaising(ctx.permit, input.cell)),
  raise: procedure("issue.raise")
    .input(z.object({ issue: issueInputSchema }))
    .mutation(({ ctx, input }) => raiseIssue(ctx.permit, input.issue)),
  edit: edit
    .input(z.object({ issue: issueFactsSchema, seen: z.string().max(32).optional() }))
    .mutation(({ ctx, input: { number, issue, seen } }) =>
      changeFacts(ctx.permit, number, { facts: issue, seen }),
    ),
  changeState: edit
    .input(z.object({ change: stateChangeSchema }))
    .mutation(({ ctx, input }) => changeState(ctx.permit, input.number, input.change)),
  addLink: edit
    .input(z.object({ link: linkSchema }))
    .mutation(({ ctx, input }) => addLink(ctx.permit, input.number, input.link)),
  removeLink: edit
    .input(z.object({ linkId: z.uuid() }))
    .mutation(({ ctx, input }) => removeLink(ctx.permit, input.number, input.linkId)),
  credit: edit
    .input(z.object({ credit: creditSchema }))
    .mutation(({ ctx, input }) => creditSomebody(ctx.permit, input.number, input.credit)),
  removeCredit: edit
    .input(z.object({ creditId: z.uuid() }))
    .mutation(({ ctx, input }) => removeCredit(ctx.permit, input.number, input.creditId)),
  addCell: edit
    .input(z.object({ cell: z.uuid({ error: "Paste the address of a cell’s page." }) }))
    .mutation(({ ctx, input }) => addCell(ctx.permit, input.number, input.cell)),
  removeCell: edit
    .input(z.object({ cell: z.uuid() }))
    .mutation(({ ctx, input }) => removeCell(ctx.permit, input.number, input.cell)),
  comment: procedure("issue.comment")
    .input(numbered.extend({ comment: commentSchema }))
    .mutation(({ ctx, input }) => commentOnIssue(ctx.permit, input.number, input.comment)),
});
