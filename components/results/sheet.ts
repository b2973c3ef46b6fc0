import { momentIn } from "@/lib/core/zone";

/** What a form to log a result is about: where, which test, who, and what it could be an answer to. */
export type LogSheet = {
  eventSlug: string;
  /** IANA name of the zone in which times are typed. */
  zone: string;
  track: { slug: string; restricted: boolean };
  test: string;
  variant: Record<string, string>;
  parties: { role: string; roleLabel: string; entry: string; name: string; builds: string[] }[];
  /** The reader's entries among the parties, in the order of their roles. */
  own: { slug: string; name: string }[];
  /** What the other sides have said and wait to have answered. */
  about: { seq: string; words: string }[];
  /** Testing is over: what is logged needs the time at which it began. */
  isReview: boolean;
  /** Where the form stands. */
  page: string;
  /** Whether that is the cell's own page. */
  hasCell: boolean;
  /** Whose draft it is. */
  personId: string;
};

type Fields = Pick<FormData, "get" | "getAll">;

const textIn = (fields: Fields, name: string) => {
  const value = fields.get(name);
  return typeof value === "string" ? value.trim() : "";
};
const textsIn = (fields: Fields, name: string) =>
  fields.getAll(name).filter((value) => typeof value === "string");

/** `role entry`, as hidden fields tell the parties. */
export const partyField = ({ role, entry }: { role: string; entry: string }) => `${role} ${entry}`;
export const buildField = (party: { role: string; entry: string }) => `build ${partyField(party)}`;

/** What both ways of saying something have in common. */
function wordIn(fields: Fields) {
  const as = textIn(fields, "result.as");
  return {
    id: textIn(fields, "result.id"),
    // The last one: a hidden empty one stands before the choices.
    outcome: textsIn(fields, "result.outcome").at(-1) ?? "",
    unsupportedBy: textsIn(fields, "result.unsupportedBy").filter((role) => role !== ""),
    note: textIn(fields, "result.note"),
    ...(as === "" ? {} : { as }),
  };
}

/** The fields of the form as `results.log` takes them; whether they fit, its schema says. */
export function loggedIn(fields: Fields, zone: string) {
  const variant = textsIn(fields, "variant").map((pair) => pair.split("=") as [string, string]);
  const startedAt = textIn(fields, "result.startedAt");
  return {
    ...wordIn(fields),
    test: textIn(fields, "result.test"),
    variant: Object.fromEntries(variant),
    parties: textsIn(fields, "party").map((pair) => {
      const [role = "", entry = ""] = pair.split(" ");
      const build = textIn(fields, buildField({ role, entry }));
      return { role, entry, ...(build === "" ? {} : { build }) };
    }),
    ...(startedAt === "" ? {} : { startedAt: momentIn(zone, startedAt) }),
  };
}

/** The same as `results.dispute` takes them. */
export const answeredIn = (fields: Fields, seq: string) => ({ ...wordIn(fields), seq });

/** Which result it answers; empty for a new attempt. */
export const seqIn = (fields: Fields) => textIn(fields, "result.seq");
