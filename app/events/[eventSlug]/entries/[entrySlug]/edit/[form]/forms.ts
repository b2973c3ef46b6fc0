import {
  buildDetailsIn,
  capabilitiesIn,
  endpointIn,
  kindIn,
  playsIn,
} from "@/app/events/[eventSlug]/entries/fields";
import { makeLink, revokeLink } from "@/app/events/[eventSlug]/invitations/links";
import { isTicked, text } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

export type Where = { eventSlug: string; entrySlug: string };

type Form = {
  /** The part of the page to come back to. */
  part: string;
  /** Calls the router; what it returns is added to the page's address. */
  work: (where: Where, fields: Fields) => Promise<unknown>;
};

/** The forms of an entry's page by which it is changed. */
export const FORMS: Record<string, Form> = {
  details: {
    part: "details",
    work: (where, fields) =>
      api.entries.describe({
        ...where,
        details: { name: text(fields, "details.name"), note: text(fields, "details.note") },
      }),
  },
  roles: {
    part: "roles",
    work: (where, fields) => api.entries.setPlays({ ...where, tracks: playsIn(fields) }),
  },
  build: {
    part: "builds",
    work: (where, fields) =>
      api.entries.addBuild({
        ...where,
        build: { label: text(fields, "build.label"), ...buildDetailsIn(fields, "build") },
      }),
  },
  current: {
    part: "builds",
    work: (where, fields) =>
      api.entries.makeCurrent({ ...where, label: fields.get("label") ?? "" }),
  },
  "describe-build": {
    part: "builds",
    work: (where, fields) =>
      api.entries.describeBuild({
        ...where,
        label: fields.get("label") ?? "",
        details: buildDetailsIn(fields, "details"),
      }),
  },
  capabilities: {
    part: "capabilities",
    work: (where, fields) =>
      api.entries.declareCapabilities({
        ...where,
        track: text(fields, "which"),
        lines: capabilitiesIn(fields),
      }),
  },
  endpoint: {
    part: "endpoints",
    work: (where, fields) =>
      api.entries.announceEndpoint({ ...where, endpoint: endpointIn(fields) }),
  },
  "remove-endpoint": {
    part: "endpoints",
    work: (where, fields) =>
      api.entries.removeEndpoint({ ...where, endpointId: text(fields, "endpointId") }),
  },
  consent: {
    part: "consent",
    work: (where, fields) =>
      api.entries.setConsent({
        ...where,
        consent: {
          named: isTicked(fields, "named"),
          passing: isTicked(fields, "passing"),
          failing: isTicked(fields, "failing"),
        },
      }),
  },
  "remove-member": {
    part: "people",
    work: (where, fields) =>
      api.entries.removeMember({ ...where, personId: text(fields, "personId") }),
  },
  invite: { part: "people", work: ({ eventSlug }, fields) => makeLink(eventSlug, fields) },
  revoke: { part: "people", work: ({ eventSlug }, fields) => revokeLink(eventSlug, fields) },
  kind: {
    part: "details",
    work: (where, fields) => api.entries.setKind({ ...where, kind: kindIn(fields) }),
  },
};

type Deed = {
  work: (where: Where, fields: Fields) => Promise<unknown>;
  /** Where the form stands, after the entry's own address. */
  on: "" | "/edit";
  /** Where to go from there, after the list of entries' address. */
  to: (where: Where) => string;
};

/** The forms after which the page that they stood on is not the place to be. */
export const DEEDS: Record<string, Deed> = {
  admit: { work: (where) => api.entries.admit(where), on: "", to: () => "?done=admit" },
  decline: {
    work: (where, fields) => api.entries.decline({ ...where, reason: text(fields, "reason") }),
    on: "",
    to: () => "?done=decline",
  },
  withdraw: {
    work: (where, fields) => api.entries.withdraw({ ...where, reason: text(fields, "reason") }),
    on: "/edit",
    to: ({ entrySlug }) => `/${entrySlug}?done=withdraw`,
  },
  leave: {
    work: (where) => api.entries.leave(where),
    on: "/edit",
    to: () => "?done=leave",
  },
};
