"use client";

import { type ComponentProps, lazy } from "react";
import type { HugeGrids } from "./huge-grids";

// Fetched where a grid is too large for a table: all other matrices are read without it.
const Huge = lazy(async () => ({ default: (await import("./huge-grids")).HugeGrids }));

export const HugeDoor = (props: ComponentProps<typeof HugeGrids>) => <Huge {...props} />;
