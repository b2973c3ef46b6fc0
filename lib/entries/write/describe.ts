import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { mayConsent } from "../rules";
import type { Capability, Consent, EndpointInput, EntryDetails } from "../schema";
import { changeEntry, changeOwnEntry } from "./change";
import { findTracks, refuse } from "./play";

/** Changes how an entry is called, and its note. Its slug stays: addresses and results have it. */
export const describeEntry = (
  permit: Permit<"entry.edit">,
  entrySlug: string,
  { name, note }: EntryDetails,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    await tx.query("UPDATE entry SET name = $2, note = $3 WHERE id = $1", [entry.id, name, note]);
    return {
      detail: { name },
      log: { kind: "entry", subject: entry.id, detail: { name } },
    };
  });

/** Says what an entry can do in a track; what it does not say any more is unknown again. */
export const declareCapabilities = (
  permit: Permit<"capability.declare">,
  entrySlug: string,
  { track: trackSlug, lines }: { track: string; lines: readonly Capability[] },
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const tracks = await findTracks(tx, permit.scope.eventId);
    const track = tracks.find(({ slug }) => slug === trackSlug);
    if (!track) throw new Refusal("not_found", `No track '${trackSlug}' in this event.`);
    refuse(
      lines
        .filter(({ role }) => !track.roles.includes(role))
        .map(({ role }) => ({
          pointer: "/lines",
          code: "no_role",
          message: `The track '${trackSlug}' has no role '${role}'.`,
        })),
    );
    await tx.query("DELETE FROM capability WHERE entry_id = $1 AND track_id = $2", [
      entry.id,
      track.id,
    ]);
    // The last word counts where one thing is said twice.
    const said = [...new Map(lines.map((line) => [`${line.role} ${line.feature}`, line])).values()];
    await tx.query(
      `INSERT INTO capability (entry_id, track_id, role, feature, value)
       SELECT $1, $2, u.role, u.feature, u.value FROM unnest($3::text[], $4::text[], $5::text[]) AS u (role, feature, value)`,
      [
        entry.id,
        track.id,
        said.map(({ role }) => role),
        said.map(({ feature }) => feature),
        said.map(({ value }) => value),
      ],
    );
    return { detail: { track: trackSlug, capabilities: said.length } };
  });

const ENDPOINTS = 24;

/** Says where an entry can be reached in a role. */
export const announceEndpoint = (
  permit: Permit<"endpoint.announce">,
  entrySlug: string,
  endpoint: EndpointInput,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const { rowCount } = await tx.query(
      `INSERT INTO endpoint (id, entry_id, role, transport, uri, machine, unattended, note)
       SELECT gen_random_uuid(), $1::uuid, $2, $3, $4, $5, $6, $7
       WHERE (SELECT count(*) FROM endpoint WHERE entry_id = $1::uuid) < ${ENDPOINTS}`,
      [
        entry.id,
        endpoint.role,
        endpoint.transport,
        endpoint.uri,
        endpoint.machine,
        endpoint.unattended,
        endpoint.note,
      ],
    );
    if (rowCount === 0) {
      throw new Refusal(
        "conflict",
        `An entry has at most ${ENDPOINTS} endpoints. Remove one first.`,
      );
    }
    return { detail: { announced: endpoint.uri } };
  });

export const removeEndpoint = (
  permit: Permit<"endpoint.announce">,
  entrySlug: string,
  endpointId: string,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const { rows } = await tx.query<{ uri: string }>(
      "DELETE FROM endpoint WHERE id = $2 AND entry_id = $1 RETURNING uri",
      [entry.id, endpointId],
    );
    const [gone] = rows;
    if (!gone) throw new Refusal("not_found", "That endpoint is gone already.");
    return { detail: { removed: gone.uri } };
  });

/** Says what of an entry may be published. Its members alone can, the organizers not for them. */
export const setConsent = (
  permit: Permit<"entry.consent">,
  entrySlug: string,
  { named, passing, failing }: Consent,
): Promise<void> =>
  changeEntry(permit, entrySlug, async (tx, entry) => {
    if (!mayConsent(entry)) {
      throw new Refusal(
        "forbidden",
        "Only the members of an entry agree to its publication; nobody does it for them.",
      );
    }
    await tx.query(
      "UPDATE entry SET consent_named = $2, consent_passing = $3, consent_failing = $4 WHERE id = $1",
      [entry.id, named, passing, failing],
    );
    // Nothing is said in the log of who agreed to what; the version makes published pages anew.
    return {
      detail: { named, passing, failing },
      log: { kind: "entry", subject: entry.id, detail: {} },
    };
  });
