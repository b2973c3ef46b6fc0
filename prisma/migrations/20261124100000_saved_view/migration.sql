-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "person_id" UUID,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "saved_view_event_id_idx" ON "saved_view"("event_id");

-- CreateIndex
CREATE INDEX "saved_view_person_id_idx" ON "saved_view"("person_id");

-- CreateIndex: changed by hand, the event's own views have no person and are of one list.
CREATE UNIQUE INDEX "saved_view_track_id_person_id_name_key_key" ON "saved_view"("track_id", "person_id", "name_key") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

ALTER TABLE "saved_view"
  ADD CONSTRAINT "saved_view_name" CHECK (char_length("name") BETWEEN 1 AND 80),
  ADD CONSTRAINT "saved_view_query" CHECK ("query" LIKE '?_%' AND octet_length("query") <= 4000);
