import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { usePageMark } from "@/components/shell/use-page-mark";
import { Button } from "@/components/ui/button";
import { Api } from "@/lib/trpc/client";
import { CellBody } from "./cell-body";
import type { Desk } from "./desk";
import { OpeningBody } from "./opening-body";
import type { Target } from "./place";
import type { Asked } from "./use-hand";

type Props = { desk: Desk; target: Target; asked: Asked | null; close(): void };

/** The panel beside the matrix; on a phone, a sheet over it. Nothing is locked: the grid stays in reach. */
export function CellPanel({ desk, target, asked, close }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Over the grid, it has the focus; beside it, the grid keeps it.
    if (window.matchMedia(SHEET).matches) panel.current?.querySelector("h2")?.focus();
  }, []);
  usePageMark("panel");
  return createPortal(
    <aside ref={panel} className="cell-panel no-print" aria-label="Cell">
      <Button type="button" className="cell-panel-close" onClick={close}>
        Close <kbd>Esc</kbd>
      </Button>
      <Api>
        {target.kind === "cell" ? (
          <CellBody desk={desk} cellId={target.id} asked={asked} />
        ) : (
          <OpeningBody desk={desk} href={target.href} asked={asked} />
        )}
      </Api>
    </aside>,
    document.body,
  );
}

const SHEET = "(width < 56rem)";
