/** A place of an event that somebody may go to by its name. */
export type PaletteEntry = {
  group: "page" | "track" | "view" | "entry" | "issue" | "test";
  label: string;
  /** What tells it from others of the same name; searched too. */
  hint: string;
  path: string;
  /** Slug of its project, of an entry. */
  project?: string;
};
