import * as z from "zod";
import { safeName, safeText, slugSchema } from "@/lib/core/text";
import type { Phase } from "@/lib/events/schema";

export const ENTRY_KINDS = ["participant", "helper", "tool"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** requested: an organizer is to decide. Only admitted entries are on an axis or in a count. */
export type EntryState = "requested" | "admitted" | "declined" | "withdrawn";

const nameSchema = z.string().trim().pipe(safeName(80));
const noteSchema = safeText(1000);
export const buildLabelSchema = z.string().trim().pipe(safeName(120));

export const buildSchema = z.strictObject({
  label: buildLabelSchema,
  commit: safeText(64).optional(),
  note: noteSchema.default(""),
  /** The parts of a composite: "SRS = OpenSIPS SDP demux + FreeSWITCH". */
  parts: z
    .array(z.strictObject({ name: safeName(80), version: safeText(120) }))
    .max(16)
    .default([]),
});
export type BuildInput = z.output<typeof buildSchema>;

/** track slug -> the roles it plays there */
export const playsSchema = z.record(slugSchema, z.array(slugSchema).max(24));
export type Plays = z.output<typeof playsSchema>;

/** What an entry agrees to have published; what it does not shows as withheld. */
export const consentSchema = z.strictObject({
  named: z.boolean(),
  passing: z.boolean(),
  failing: z.boolean(),
});
export type Consent = z.output<typeof consentSchema>;

export const entrySchema = z.strictObject({
  slug: slugSchema,
  name: safeName(80),
  kind: z.enum(ENTRY_KINDS).default("participant"),
  note: noteSchema.default(""),
  tracks: playsSchema,
  builds: z.array(buildSchema).max(64).default([]),
  currentBuild: safeName(120).optional(),
  /** Only the operator enters with consent: where a published account names the project already. */
  consent: consentSchema.default({ named: false, passing: false, failing: false }),
});
export type EntryInput = z.output<typeof entrySchema>;

/** What a visitor says to enter a project. Slug and name are the project's unless told otherwise. */
export const entryRequestSchema = z.strictObject({
  project: slugSchema,
  slug: slugSchema.optional(),
  name: nameSchema.optional(),
  kind: z.enum(ENTRY_KINDS).default("participant"),
  note: noteSchema.default(""),
  tracks: playsSchema,
  build: buildSchema.optional(),
});
export type EntryRequest = z.output<typeof entryRequestSchema>;

export const entryDetailsSchema = z.strictObject({ name: nameSchema, note: noteSchema });
export type EntryDetails = z.output<typeof entryDetailsSchema>;

export const buildDetailsSchema = buildSchema.omit({ label: true });
export type BuildDetails = z.output<typeof buildDetailsSchema>;

export const CAPABILITY_VALUES = ["yes", "partial", "no", "planned"] as const;
export type CapabilityValue = (typeof CAPABILITY_VALUES)[number];

export const capabilitySchema = z.strictObject({
  role: slugSchema,
  /** What of the role; empty for the role itself. */
  feature: z.string().trim().pipe(safeText(80)),
  value: z.enum(CAPABILITY_VALUES),
});
export type Capability = z.output<typeof capabilitySchema>;

/** What an entry can do in a track: all of it, since what is not said is unknown. */
export const capabilitiesSchema = z.array(capabilitySchema).max(200);

export const TRANSPORTS = ["udp", "tcp", "tls", "ws", "wss", "sctp", "dtls"] as const;

const URI = /^[a-z][a-z0-9+.-]*:\S+$/i;

export const endpointSchema = z.strictObject({
  role: slugSchema,
  transport: z.enum(TRANSPORTS),
  uri: z
    .string()
    .trim()
    .pipe(safeName(255))
    .refine((text) => URI.test(text), { error: "Must be a URI, such as sip:srs@10.0.0.7:5060." }),
  machine: z.string().trim().pipe(safeText(120)).default(""),
  /** Whether others may call it while nobody watches; `note` says when, and how hard. */
  unattended: z.boolean().default(false),
  note: z.string().trim().pipe(safeText(400)).default(""),
});
export type EndpointInput = z.output<typeof endpointSchema>;

type Played = { slug: string; title: string; roles: string[] };

/** An entry as the event's list shows it. */
export type EntryLine = {
  slug: string;
  name: string;
  project: { slug: string; name: string };
  kind: EntryKind;
  state: EntryState;
  stateReason: string;
  note: string;
  build: string | null;
  /** With the labels of the roles it plays. */
  tracks: Played[];
  isMine: boolean;
  /** Names with addresses; told to organizers alone. */
  members: string[] | null;
  createdAt: string;
};
export type EntryList = {
  zone: string;
  lines: EntryLine[];
  mayAdmit: boolean;
  mayRequest: boolean;
};

export type TrackChoice = {
  slug: string;
  title: string;
  restricted: boolean;
  roles: { key: string; label: string }[];
};

export type BuildLine = {
  id: string;
  label: string;
  commit: string | null;
  note: string;
  parts: BuildInput["parts"];
  /** False when an agent named it and nobody has looked. */
  verified: boolean;
  isCurrent: boolean;
  createdAt: string;
};
export type EndpointLine = EndpointInput & { id: string };

/** What somebody may do with an entry, here and now. */
export type EntryRights = {
  edit: boolean;
  play: boolean;
  addBuild: boolean;
  consent: boolean;
  leave: boolean;
  withdraw: boolean;
  admit: boolean;
  invite: boolean;
};

/** An entry as its page shows it; null is what the reader is not told. */
export type EntryPage = Omit<EntryLine, "build" | "members" | "tracks"> & {
  event: { slug: string; label: string; phase: Phase; zone: string };
  /** Every track of the event, and which of its roles the entry plays. */
  choices: (TrackChoice & { isIn: boolean; played: string[] })[];
  builds: BuildLine[];
  capabilities: (Capability & { track: string })[];
  /** Features that others of the event speak of, by track: one thing, one spelling. */
  features: { track: string; feature: string }[];
  endpoints: EndpointLine[] | null;
  members: { id: string; name: string; isMe: boolean }[] | null;
  consent: Consent | null;
  may: EntryRights;
};

/** What the form needs by which one joins. */
export type Joining = {
  label: string;
  /** Whether an organizer decides. */
  needsApproval: boolean;
  tracks: TrackChoice[];
  /** The projects that are in already. */
  entries: { slug: string; name: string; project: string }[];
  /** What this person has entered here, or asked to. */
  mine: { slug: string; name: string; state: EntryState }[];
  /** What they entered last elsewhere: a good guess for this time. */
  last: { project: string; plays: Plays } | null;
};
