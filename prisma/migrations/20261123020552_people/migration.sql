-- AlterTable
ALTER TABLE "cell" ADD COLUMN     "known_issue" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "interop_event" ADD COLUMN     "sponsors" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "statements" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "issue" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL DEFAULT 'major',
    "cause" TEXT NOT NULL DEFAULT 'unknown',
    "state" TEXT NOT NULL DEFAULT 'open',
    "project_id" UUID,
    "target_name" TEXT,
    "reporter_id" UUID,
    "fixed_in_id" UUID,
    "source" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_cell" (
    "issue_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,

    CONSTRAINT "issue_cell_pkey" PRIMARY KEY ("issue_id","cell_id")
);

-- CreateTable
CREATE TABLE "issue_link" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "url" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "issue_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_credit" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "deed" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "issue_credit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_comment" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ruling" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "outcome" TEXT,
    "cause" TEXT NOT NULL DEFAULT 'unknown',
    "at_fault" UUID[] DEFAULT ARRAY[]::UUID[],
    "reason" TEXT NOT NULL,
    "builds" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ruling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cell_note" (
    "cell_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cell_note_pkey" PRIMARY KEY ("cell_id")
);

-- CreateTable
CREATE TABLE "nudge" (
    "id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "day_note" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "body" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "day_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "summary" (
    "event_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "format" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "changelog" TEXT NOT NULL DEFAULT '',
    "published_by" UUID,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summary_pkey" PRIMARY KEY ("event_id","version")
);

-- CreateTable
CREATE TABLE "summary_block" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'todo',
    "assignee_id" UUID,
    "position" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summary_block_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "issue_track_id_idx" ON "issue"("track_id");

-- CreateIndex
CREATE INDEX "issue_project_id_idx" ON "issue"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_event_id_number_key" ON "issue"("event_id", "number");

-- CreateIndex
CREATE INDEX "issue_cell_cell_id_idx" ON "issue_cell"("cell_id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_link_issue_id_kind_label_key" ON "issue_link"("issue_id", "kind", "label");

-- CreateIndex
CREATE UNIQUE INDEX "issue_credit_issue_id_deed_name_key" ON "issue_credit"("issue_id", "deed", "name");

-- CreateIndex
CREATE INDEX "issue_comment_issue_id_idx" ON "issue_comment"("issue_id");

-- CreateIndex
CREATE INDEX "ruling_cell_id_idx" ON "ruling"("cell_id");

-- CreateIndex
CREATE INDEX "ruling_track_id_idx" ON "ruling"("track_id");

-- CreateIndex
CREATE INDEX "cell_note_track_id_idx" ON "cell_note"("track_id");

-- CreateIndex
CREATE INDEX "nudge_cell_id_idx" ON "nudge"("cell_id");

-- CreateIndex
CREATE INDEX "nudge_entry_id_idx" ON "nudge"("entry_id");

-- CreateIndex
CREATE INDEX "day_note_event_id_idx" ON "day_note"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "day_note_track_id_day_key" ON "day_note"("track_id", "day");

-- CreateIndex
CREATE INDEX "summary_block_event_id_idx" ON "summary_block"("event_id");

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_reporter_id_fkey" FOREIGN KEY ("reporter_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_fixed_in_id_fkey" FOREIGN KEY ("fixed_in_id") REFERENCES "build"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_cell" ADD CONSTRAINT "issue_cell_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_cell" ADD CONSTRAINT "issue_cell_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_link" ADD CONSTRAINT "issue_link_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_credit" ADD CONSTRAINT "issue_credit_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_comment" ADD CONSTRAINT "issue_comment_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_comment" ADD CONSTRAINT "issue_comment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_ruling_id_fkey" FOREIGN KEY ("ruling_id") REFERENCES "ruling"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ruling" ADD CONSTRAINT "ruling_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ruling" ADD CONSTRAINT "ruling_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell_note" ADD CONSTRAINT "cell_note_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell_note" ADD CONSTRAINT "cell_note_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_note" ADD CONSTRAINT "day_note_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_note" ADD CONSTRAINT "day_note_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_published_by_fkey" FOREIGN KEY ("published_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_block" ADD CONSTRAINT "summary_block_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_block" ADD CONSTRAINT "summary_block_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_block" ADD CONSTRAINT "summary_block_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_block" ADD CONSTRAINT "summary_block_updated_by_fkey" FOREIGN KEY ("updated_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

ALTER TABLE "ruling"
  ADD CONSTRAINT "ruling_outcome" CHECK ("outcome" IN ('pass', 'degraded', 'fail', 'timeout', 'error', 'unsupported', 'inconclusive', 'skipped')),
  ADD CONSTRAINT "ruling_cause" CHECK ("cause" IN ('sides', 'specification', 'test', 'harness', 'network', 'unknown'));
ALTER TABLE "issue"
  ADD CONSTRAINT "issue_kind" CHECK ("kind" IN ('bug', 'configuration', 'specification', 'test', 'wording', 'feature')),
  ADD CONSTRAINT "issue_severity" CHECK ("severity" IN ('blocker', 'major', 'minor', 'trivial')),
  ADD CONSTRAINT "issue_cause" CHECK ("cause" IN ('sides', 'specification', 'test', 'harness', 'network', 'unknown')),
  ADD CONSTRAINT "issue_state" CHECK ("state" IN ('open', 'fixedLive', 'fixedAfter', 'known', 'wontFix', 'invalid')),
  ADD CONSTRAINT "issue_target" CHECK ("project_id" IS NULL OR "target_name" IS NULL);
ALTER TABLE "issue_link"
  ADD CONSTRAINT "issue_link_kind" CHECK ("kind" IN ('upstream', 'commit', 'regressionTest', 'cve', 'other')),
  ADD CONSTRAINT "issue_link_url" CHECK ("url" ~ '^https?://');
ALTER TABLE "issue_credit"
  ADD CONSTRAINT "issue_credit_deed" CHECK ("deed" IN ('found', 'fixed', 'helped'));
ALTER TABLE "summary_block"
  ADD CONSTRAINT "summary_block_state" CHECK ("state" IN ('todo', 'draft', 'ready'));

-- What is signed or published is never changed: only added to.
REVOKE UPDATE, DELETE ON "ruling", "summary" FROM plugfest_app;
