-- What an agent says of itself, every half minute.
ALTER TABLE "agent" ADD COLUMN     "version" TEXT,
ADD COLUMN     "spool_depth" INTEGER,
ADD COLUMN     "in_flight" INTEGER,
ADD COLUMN     "skew_ms" INTEGER,
ADD COLUMN     "discarded" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "beat_at" TIMESTAMPTZ(3);

-- A token has never more rights than whoever made it has now.
ALTER TABLE "agent_token" ADD COLUMN     "created_by_id" UUID;
UPDATE "agent_token" k SET "created_by_id" = a."created_by_id" FROM "agent" a WHERE a."id" = k."agent_id";

-- When the last request of a run came: one that stays silent is truncated.
ALTER TABLE "run" ADD COLUMN     "last_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "rejected_item" (
    "seq" BIGSERIAL NOT NULL,
    "run_key" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "item_id" TEXT,
    "status" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "pointer" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "rejected_item_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "keyed_request" (
    "agent_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "keyed_request_pkey" PRIMARY KEY ("agent_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "rejected_item_run_key_digest_key" ON "rejected_item"("run_key", "digest");

-- CreateIndex
CREATE INDEX "run_agent_id_idx" ON "run"("agent_id");

-- AddForeignKey
ALTER TABLE "rejected_item" ADD CONSTRAINT "rejected_item_run_key_fkey" FOREIGN KEY ("run_key") REFERENCES "run"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyed_request" ADD CONSTRAINT "keyed_request_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.
ALTER TABLE "rejected_item"
  ADD CONSTRAINT "rejected_item_status" CHECK ("status" IN ('rejected', 'conflict'));
