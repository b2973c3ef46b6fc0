import type { Overlay } from "@/lib/cells/schema";
import type { ShownCell } from "@/lib/matrices/schema";
import type { RollupNumbers } from "@/lib/rollups/rules";

export type CoupleParty = {
  role: string;
  roleLabel: string;
  /** Slug of the project, when it is one of the two; null for a third party. */
  project: string | null;
  entry: string;
  name: string;
  /** Label of the build that the latest result is about; null for none known. */
  build: string | null;
};

type Place = {
  test: { key: string; title: string };
  /** The same in every edition that has the test. */
  lineage: string;
  parties: CoupleParty[];
};

/** A cell with both projects among its parties, as the reader's matrix of its track tells it. */
export type CoupleCell = Place &
  (
    | (Pick<ShownCell, "id" | "url" | "variant" | "state" | "outcome" | "latestAt"> & {
        overlays: Overlay[];
      })
    | { state: "withheld" }
  );

export type CoupleTrack = { slug: string; title: string; cells: CoupleCell[] };

export type CoupleEvent = {
  slug: string;
  label: string;
  zone: string;
  tracks: CoupleTrack[];
};

type ProjectName = { slug: string; name: string };

/** What two projects have tested together; the newest event first. */
export type Couple = {
  /** In the order of their slugs, which is the order in the address. */
  projects: [ProjectName, ProjectName];
  events: CoupleEvent[];
};

/** A project that another one was tested with, and what came of all their cells. */
export type Partner = ProjectName & { numbers: RollupNumbers };
