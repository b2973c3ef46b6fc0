import * as z from "zod";
import { idSchema, safeText, slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadEntry } from "./read/entry";
import { loadJoining } from "./read/joining";
import { listEntries } from "./read/list";
import {
  buildDetailsSchema,
  buildLabelSchema,
  buildSchema,
  capabilitiesSchema,
  consentSchema,
  ENTRY_KINDS,
  endpointSchema,
  entryDetailsSchema,
  entryRequestSchema,
  playsSchema,
} from "./schema";
import { admitRequest, declineRequest, setKind } from "./write/admit";
import { addBuild, describeBuild, makeCurrent } from "./write/build";
import {
  announceEndpoint,
  declareCapabilities,
  describeEntry,
  removeEndpoint,
  setConsent,
} from "./write/describe";
import { leaveEntry, removeMember, withdrawEntry } from "./write/leave";
import { setPlays } from "./write/play";
import { requestEntry } from "./write/request";

const entryInput = z.object({ entrySlug: slugSchema });
const reasonInput = entryInput.extend({ reason: z.string().trim().pipe(safeText(400)) });
const labelInput = entryInput.extend({ label: buildLabelSchema });

export const entriesRouter = router({
  list: procedure("entry.view").query(({ ctx }) => listEntries(ctx.permit)),
  bySlug: procedure("entry.view")
    .input(entryInput)
    .query(({ ctx, input }) => loadEntry(ctx.permit, input.entrySlug)),
  joining: procedure("entry.request").query(({ ctx }) => loadJoining(ctx.permit)),
  request: procedure("entry.request")
    .input(z.object({ entry: entryRequestSchema }))
    .mutation(({ ctx, input }) => requestEntry(ctx.permit, input.entry)),

  admit: procedure("entry.admit")
    .input(entryInput)
    .mutation(({ ctx, input }) => admitRequest(ctx.permit, input.entrySlug)),
  decline: procedure("entry.admit")
    .input(reasonInput)
    .mutation(({ ctx, input }) => declineRequest(ctx.permit, input.entrySlug, input.reason)),
  setKind: procedure("entry.admit")
    .input(entryInput.extend({ kind: z.enum(ENTRY_KINDS) }))
    .mutation(({ ctx, input }) => setKind(ctx.permit, input.entrySlug, input.kind)),

  describe: procedure("entry.edit")
    .input(entryInput.extend({ details: entryDetailsSchema }))
    .mutation(({ ctx, input }) => describeEntry(ctx.permit, input.entrySlug, input.details)),
  setPlays: procedure("entry.play")
    .input(entryInput.extend({ tracks: playsSchema }))
    .mutation(({ ctx, input }) => setPlays(ctx.permit, input.entrySlug, input.tracks)),
  addBuild: procedure("build.add")
    .input(entryInput.extend({ build: buildSchema }))
    .mutation(({ ctx, input }) => addBuild(ctx.permit, input.entrySlug, input.build)),
  makeCurrent: procedure("build.add")
    .input(labelInput)
    .mutation(({ ctx, input }) => makeCurrent(ctx.permit, input.entrySlug, input.label)),
  describeBuild: procedure("build.describe")
    .input(labelInput.extend({ details: buildDetailsSchema }))
    .mutation(({ ctx, input }) =>
      describeBuild(ctx.permit, input.entrySlug, { ...input.details, label: input.label }),
    ),
  declareCapabilities: procedure("capability.declare")
    .input(entryInput.extend({ track: slugSchema, lines: capabilitiesSchema }))
    .mutation(({ ctx, input }) => declareCapabilities(ctx.permit, input.entrySlug, input)),
  announceEndpoint: procedure("endpoint.announce")
    .input(entryInput.extend({ endpoint: endpointSchema }))
    .mutation(({ ctx, input }) => announceEndpoint(ctx.permit, input.entrySlug, input.endpoint)),
  removeEndpoint: procedure("endpoint.announce")
    .input(entryInput.extend({ endpointId: idSchema }))
    .mutation(({ ctx, input }) => removeEndpoint(ctx.permit, input.entrySlug, input.endpointId)),
  setConsent: procedure("entry.consent")
    .input(entryInput.extend({ consent: consentSchema }))
    .mutation(({ ctx, input }) => setConsent(ctx.permit, input.entrySlug, input.consent)),

  leave: procedure("entry.leave")
    .input(entryInput)
    .mutation(({ ctx, input }) => leaveEntry(ctx.permit, input.entrySlug)),
  removeMember: procedure("entry.edit")
    .input(entryInput.extend({ personId: idSchema }))
    .mutation(({ ctx, input }) => removeMember(ctx.permit, input.entrySlug, input.personId)),
  withdraw: procedure("entry.withdraw")
    .input(reasonInput)
    .mutation(({ ctx, input }) => withdrawEntry(ctx.permit, input.entrySlug, input.reason)),
});
