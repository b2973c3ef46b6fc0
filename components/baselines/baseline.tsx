import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import { Moment } from "@/components/ui/moment";
import type { BaselineLine } from "@/lib/baselines/schema";
import type { FormState } from "@/lib/core/form";

type Props = {
  baseline: BaselineLine | null;
  /** Whether the reader may change it. */
  maySet: boolean;
  /** The position that would be taken; null where what is compared is no moment of this track. */
  position: string | null;
  trackPath: string;
  zone: string;
  stateOf: (form: string) => FormState;
};

/** What is expected of the track, for whoever reads it; and the lead's way to set it. */
export function Baseline({ baseline, maySet, position, trackPath, zone, stateOf }: Props) {
  if (baseline === null && !maySet) return null;
  return (
    <section className="block" aria-labelledby="baseline">
      <h2 id="baseline">Expected baseline</h2>
      <div className="baseline">
        {baseline === null ? (
          <p>
            Nothing is expected of this track yet. Take what stands in the matrix, and each later
            one is compared with it: what was expected and broke has regressed.
          </p>
        ) : (
          <p>
            {baseline.position === null ? (
              "Set cell by cell"
            ) : (
              <>
                Taken from{" "}
                <a className="text-link" href={`${trackPath}?asOf=${baseline.position}`}>
                  this matrix
                </a>
              </>
            )}
            , changed last <Moment at={baseline.setAt} zone={zone} />.{" "}
            <a className="text-link" href={`${trackPath}/compare?from=baseline`}>
              Compare with it
            </a>
          </p>
        )}
        {maySet && (
          <>
            <div className="form-actions">
              {position !== null && (
                <form method="post" action={`${trackPath}/baseline/take`} id="take">
                  <FormFault state={stateOf("take")} idPrefix="take-" />
                  <input type="hidden" name="taking.position" value={position} />
                  <Button type="submit">
                    {baseline === null ? "Expect what stands “After”" : "Replace it by “After”"}
                  </Button>
                </form>
              )}
              {baseline !== null && (
                <form method="post" action={`${trackPath}/baseline/drop`} id="drop">
                  <FormFault state={stateOf("drop")} idPrefix="drop-" />
                  <Button type="submit">Drop it</Button>
                </form>
              )}
            </div>
            <p className="form-hint">
              {position === null && "Choose a moment as “After” to take one. "}Disputed and planned
              cells are left out; a single cell is set on its own page.
            </p>
          </>
        )}
      </div>
    </section>
  );
}
