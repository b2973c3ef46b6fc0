-- AlterTable
ALTER TABLE "entry" ADD COLUMN     "state_reason" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "entry_id" UUID,
    "track_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "hash" BYTEA NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation"("hash");

-- CreateIndex
CREATE INDEX "invitation_event_id_idx" ON "invitation"("event_id");

-- CreateIndex
CREATE INDEX "invitation_entry_id_idx" ON "invitation"("entry_id");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

ALTER TABLE "entry" DROP CONSTRAINT "entry_state";
ALTER TABLE "entry"
  ADD CONSTRAINT "entry_state" CHECK ("state" IN ('requested', 'admitted', 'declined', 'withdrawn'));
ALTER TABLE "capability"
  ADD CONSTRAINT "capability_value" CHECK ("value" IN ('yes', 'partial', 'no', 'planned'));

-- Each role is given in one thing: an entry, a track, or the event itself.
ALTER TABLE "invitation"
  ADD CONSTRAINT "invitation_role" CHECK (
    ("role" = 'member' AND "entry_id" IS NOT NULL AND "track_id" IS NULL)
    OR ("role" = 'lead' AND "track_id" IS NOT NULL AND "entry_id" IS NULL)
    OR ("role" = 'organizer' AND "entry_id" IS NULL AND "track_id" IS NULL));
