"use client";

import dynamic from "next/dynamic";

/**
 * Fetched where a grid is too large for a table: all other matrices are read without it. The page names
 * what is to be fetched, so that it comes with the rest and not after it.
 */
export const HugeDoor = dynamic(async () => (await import("./huge-grids")).HugeGrids);
