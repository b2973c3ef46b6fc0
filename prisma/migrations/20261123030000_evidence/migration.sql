-- CreateTable
CREATE TABLE "evidence" (
    "sha256" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "evidence_claim" (
    "run_key" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "event_id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "size" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "arrived_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_claim_pkey" PRIMARY KEY ("run_key","sha256")
);

-- CreateIndex
CREATE INDEX "evidence_claim_sha256_event_id_reporter_id_idx" ON "evidence_claim"("sha256", "event_id", "reporter_id");

-- AddForeignKey
ALTER TABLE "evidence_claim" ADD CONSTRAINT "evidence_claim_run_key_fkey" FOREIGN KEY ("run_key") REFERENCES "run"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

ALTER TABLE "evidence"
  ADD CONSTRAINT "evidence_sha256" CHECK (octet_length("sha256") = 32),
  ADD CONSTRAINT "evidence_size" CHECK ("size" > 0),
  ADD CONSTRAINT "evidence_kind" CHECK ("kind" IN ('pcap', 'pcapng', 'sip', 'log', 'keylog', 'png', 'json', 'xml'));
ALTER TABLE "evidence_claim"
  ADD CONSTRAINT "evidence_claim_sha256" CHECK (octet_length("sha256") = 32),
  ADD CONSTRAINT "evidence_claim_size" CHECK ("size" > 0),
  ADD CONSTRAINT "evidence_claim_kind" CHECK ("kind" IN ('pcap', 'pcapng', 'sip', 'log', 'keylog', 'png', 'json', 'xml')),
  ADD CONSTRAINT "evidence_claim_state" CHECK ("state" IN ('pending', 'arrived') AND ("state" = 'arrived') = ("arrived_at" IS NOT NULL));

-- Who names a file is asked by its hash. Results without evidence, nearly all, pay nothing for it.
CREATE INDEX "result_evidence" ON "result" USING gin ("evidence" jsonb_path_ops) WHERE "evidence" IS NOT NULL;
