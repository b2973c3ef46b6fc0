import { useState } from "react";
import { LogForm } from "@/components/results/log-form";
import { newId } from "@/components/results/new-id";
import { formState } from "@/lib/core/form";
import type { Asked } from "./use-hand";

type Props = Pick<Parameters<typeof LogForm>[0], "sheet" | "onSaid"> & { asked: Asked | null };

/** The form of the log page as the panel has it: an outcome that is asked for by a key is chosen in it. */
export function PanelLog({ asked, ...form }: Props) {
  const [id] = useState(newId);
  return (
    <LogForm
      key={asked?.at}
      {...form}
      state={formState("log", null)}
      id={id}
      chosen={asked?.outcome}
    />
  );
}
