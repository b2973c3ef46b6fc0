"use client";

import { type ComponentProps, useCallback } from "react";
import type { Grid } from "@/lib/matrices/schema";
import type { Around } from "@/lib/queries/schema";
import { setAside } from "@/lib/selections/rules";
import { LiveGrids } from "./live-grids";

type Props = Omit<ComponentProps<typeof LiveGrids>, "ask"> & {
  /** Where and when the view's query is asked. */
  around: Around;
};

/** Grids of which a query asks for some cells; the others are set aside. A desk does without the language. */
export function QueryGrids({ around, ...props }: Props) {
  const { view } = props;
  const ask = useCallback((grid: Grid) => setAside(grid, view, around), [view, around]);
  return <LiveGrids {...props} ask={ask} />;
}
