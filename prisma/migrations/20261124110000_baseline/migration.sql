-- CreateTable
CREATE TABLE "baseline" (
    "track_id" UUID NOT NULL,
    "position" xid8,
    "person_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "baseline_pkey" PRIMARY KEY ("track_id")
);

-- CreateTable
CREATE TABLE "expectation" (
    "cell_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "expectation_pkey" PRIMARY KEY ("cell_id")
);

-- CreateIndex
CREATE INDEX "expectation_track_id_idx" ON "expectation"("track_id");

-- AddForeignKey
ALTER TABLE "baseline" ADD CONSTRAINT "baseline_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline" ADD CONSTRAINT "baseline_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expectation" ADD CONSTRAINT "expectation_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expectation" ADD CONSTRAINT "expectation_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "baseline"("track_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

ALTER TABLE "expectation"
  ADD CONSTRAINT "expectation_outcome" CHECK ("outcome" IN ('pass', 'degraded', 'fail', 'timeout', 'error', 'unsupported', 'inconclusive', 'skipped'));
