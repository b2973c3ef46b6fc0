import * as z from "zod";
import { text } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { DEEDS, ISSUE_STATES, LINK_KINDS } from "@/lib/issues/schema";
import { api } from "@/lib/trpc/server";
import { factsIn } from "../../fields";

type Where = { eventSlug: string; number: number };

type Form = {
  /** The part of the page to come back to. */
  part: string;
  /** The form that is told what was wrong, where it is another's. */
  as?: string;
  work: (where: Where, fields: Fields) => Promise<void>;
};

const kinds = z.object({ link: z.object({ kind: z.enum(LINK_KINDS) }) });
const deeds = z.object({ credit: z.object({ deed: z.enum(DEEDS) }) });
const states = z.object({ change: z.object({ state: z.enum(ISSUE_STATES) }) });

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** A cell is named by the address of its page, or by its id. */
const cellIn = (fields: Fields) => ID.exec(text(fields, "cell"))?.[0] ?? text(fields, "cell");

/** The forms of an issue's page. */
export const FORMS: Record<string, Form> = {
  state: {
    part: "state",
    work: (where, fields) => {
      const state = text(fields, "change.state");
      const change = {
        ...states.parse({ change: { state } }).change,
        commit: text(fields, "change.commit"),
        fixedIn: text(fields, "change.fixedIn"),
        note: text(fields, "change.note"),
      };
      return api.issues.changeState({ ...where, change });
    },
  },
  edit: {
    part: "main",
    work: (where, fields) =>
      api.issues.edit({ ...where, issue: factsIn(fields), seen: text(fields, "seen") }),
  },
  link: {
    part: "links",
    work: (where, fields) => {
      const kind = text(fields, "link.kind");
      const link = {
        ...kinds.parse({ link: { kind } }).link,
        what: text(fields, "link.what"),
        label: text(fields, "link.label"),
      };
      return api.issues.addLink({ ...where, link });
    },
  },
  unlink: {
    part: "links",
    as: "link",
    work: (where, fields) => api.issues.removeLink({ ...where, linkId: text(fields, "linkId") }),
  },
  credit: {
    part: "credits",
    work: (where, fields) => {
      const deed = text(fields, "credit.deed");
      const name = text(fields, "credit.name");
      return api.issues.credit({
        ...where,
        credit: { ...deeds.parse({ credit: { deed } }).credit, name },
      });
    },
  },
  uncredit: {
    part: "credits",
    as: "credit",
    work: (where, fields) =>
      api.issues.removeCredit({ ...where, creditId: text(fields, "creditId") }),
  },
  cell: {
    part: "cells",
    work: (where, fields) => api.issues.addCell({ ...where, cell: cellIn(fields) }),
  },
  "remove-cell": {
    part: "cells",
    as: "cell",
    work: (where, fields) => api.issues.removeCell({ ...where, cell: cellIn(fields) }),
  },
  comment: {
    part: "comments",
    work: (where, fields) => {
      const comment = { id: text(fields, "comment.id"), text: text(fields, "comment.text") };
      return api.issues.comment({ ...where, comment });
    },
  },
};
