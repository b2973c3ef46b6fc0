import { hash } from "node:crypto";
import { type Judged, keyParties } from "@/lib/results/rules";
import { cellKeyText } from "../rules";

/** A UUIDv8 from the cell's key, so that nobody has to look it up to name it. */
export function cellIdOf({ parties, placement }: Judged): string | null {
  if (!placement) return null;
  const key = cellKeyText(
    placement.test.id,
    placement.variant,
    keyParties(placement.test, parties),
  );
  return uuidOf(hash("sha256", key));
}

function uuidOf(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
