import type { Key } from "@/lib/queries/schema";

/** A value that a key may have. `count`: of the cells at hand; null where that is not known. */
export type Offer = { value: string; label: string; count: number | null };
export type Vocabulary = Partial<Record<Key, Offer[]>>;

/** What a search box offers, and the text that it puts in. */
export type Option = { insert: string; name: string; label: string; count: number | null };
export type Completion = { from: number; to: number; options: Option[] };
