-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "entry_id" UUID,
    "name" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_token" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'participant',
    "state" TEXT NOT NULL DEFAULT 'admitted',
    "note" TEXT NOT NULL DEFAULT '',
    "current_build_id" UUID,
    "consent_named" BOOLEAN NOT NULL DEFAULT false,
    "consent_passing" BOOLEAN NOT NULL DEFAULT false,
    "consent_failing" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry_track" (
    "entry_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "roles" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "entry_track_pkey" PRIMARY KEY ("entry_id","track_id")
);

-- CreateTable
CREATE TABLE "entry_member" (
    "entry_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "entry_member_pkey" PRIMARY KEY ("entry_id","person_id")
);

-- CreateTable
CREATE TABLE "build" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "commit" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "parts" JSONB NOT NULL DEFAULT '[]',
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "build_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capability" (
    "entry_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "feature" TEXT NOT NULL DEFAULT '',
    "value" TEXT NOT NULL,

    CONSTRAINT "capability_pkey" PRIMARY KEY ("entry_id","track_id","role","feature")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "uri" TEXT NOT NULL,
    "machine" TEXT NOT NULL DEFAULT '',
    "unattended" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "series" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interop_event" (
    "id" UUID NOT NULL,
    "series_id" UUID,
    "slug" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "intro" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "phase" TEXT NOT NULL DEFAULT 'draft',
    "visibility" TEXT NOT NULL DEFAULT 'members',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "testing_ended_at" TIMESTAMPTZ(3),
    "unmapped_names" TEXT NOT NULL DEFAULT 'accept',
    "entry_policy" TEXT NOT NULL DEFAULT 'approval',
    "catalogue_version" INTEGER NOT NULL DEFAULT 1,
    "cloned_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "interop_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizer" (
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "organizer_pkey" PRIMARY KEY ("event_id","person_id")
);

-- CreateTable
CREATE TABLE "event_log" (
    "id" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "event_id" UUID NOT NULL,
    "track_id" UUID,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "event_id" UUID,
    "action" TEXT NOT NULL,
    "person_id" UUID,
    "agent_id" UUID,
    "subject" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "session_token" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL DEFAULT 'unknown',
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification_token" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "intro" TEXT NOT NULL DEFAULT '',
    "homepage_url" TEXT,
    "tracker_url" TEXT,
    "security_contact" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "key" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "entry_id" UUID,
    "agent_id" UUID,
    "person_id" UUID,
    "digest" BYTEA NOT NULL,
    "manifest" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "parties" JSONB NOT NULL DEFAULT '[]',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "skew_ms" INTEGER NOT NULL DEFAULT 0,
    "backfilled" BOOLEAN NOT NULL DEFAULT false,
    "received" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "conflict" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "unmapped" INTEGER NOT NULL DEFAULT 0,
    "finish" JSONB,

    CONSTRAINT "run_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "result" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "run_key" BIGINT NOT NULL,
    "track_id" UUID NOT NULL,
    "entry_id" UUID,
    "origin" TEXT NOT NULL,
    "person_id" UUID,
    "agent_id" UUID,
    "cell_id" UUID,
    "test" TEXT NOT NULL,
    "test_version" INTEGER,
    "variant" JSONB NOT NULL DEFAULT '{}',
    "parties" JSONB NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "outcome" TEXT NOT NULL,
    "raw_status" TEXT,
    "unsupported_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" DOUBLE PRECISION,
    "message" TEXT,
    "log" JSONB,
    "metrics" JSONB,
    "labels" JSONB,
    "evidence" JSONB,
    "exchange" TEXT,
    "supersedes" UUID,
    "void" BOOLEAN NOT NULL DEFAULT false,
    "answers_seq" BIGINT,
    "denial" BOOLEAN NOT NULL DEFAULT false,
    "backfilled" BOOLEAN NOT NULL DEFAULT false,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "digest" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "result_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "cell" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "test_case_id" UUID NOT NULL,
    "variant" JSONB NOT NULL DEFAULT '{}',
    "parties" JSONB NOT NULL,
    "signature" TEXT NOT NULL,
    "test_number" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "column_number" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "sides" INTEGER NOT NULL DEFAULT 0,
    "sides_of" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "flaky" BOOLEAN NOT NULL DEFAULT false,
    "planned" BOOLEAN NOT NULL DEFAULT false,
    "tested" JSONB NOT NULL DEFAULT '{}',
    "test_version" INTEGER NOT NULL DEFAULT 1,
    "latest_at" TIMESTAMPTZ(3),
    "ruling_id" UUID,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "cell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cell_fold" (
    "cell_id" UUID NOT NULL,
    "voices" JSONB NOT NULL,

    CONSTRAINT "cell_fold_pkey" PRIMARY KEY ("cell_id")
);

-- CreateTable
CREATE TABLE "track" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "intro" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "profile" TEXT NOT NULL DEFAULT 'rfc',
    "notes" JSONB NOT NULL DEFAULT '{}',
    "lead_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "stalled_hours" INTEGER NOT NULL DEFAULT 24,

    CONSTRAINT "track_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "track_role" (
    "id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "track_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "track_lead" (
    "track_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "track_lead_pkey" PRIMARY KEY ("track_id","person_id")
);

-- CreateTable
CREATE TABLE "test_case" (
    "id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "directional" BOOLEAN NOT NULL DEFAULT true,
    "level" TEXT NOT NULL DEFAULT 'should',
    "roles" JSONB NOT NULL,
    "variants" JSONB NOT NULL DEFAULT '{}',
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "body" JSONB NOT NULL DEFAULT '{}',
    "measured" BOOLEAN NOT NULL DEFAULT false,
    "lineage" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "test_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_case_version" (
    "test_case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by" UUID,

    CONSTRAINT "test_case_version_pkey" PRIMARY KEY ("test_case_id","version")
);

-- CreateTable
CREATE TABLE "name_mapping" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "track_id" UUID NOT NULL,
    "raw" TEXT NOT NULL,
    "test_case_id" UUID NOT NULL,
    "variant" JSONB NOT NULL DEFAULT '{}',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "name_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_event_id_idx" ON "agent"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_token_hash_key" ON "agent_token"("hash");

-- CreateIndex
CREATE INDEX "agent_token_agent_id_idx" ON "agent_token"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "entry_current_build_id_key" ON "entry"("current_build_id");

-- CreateIndex
CREATE INDEX "entry_project_id_idx" ON "entry"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "entry_event_id_slug_key" ON "entry"("event_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "entry_event_id_number_key" ON "entry"("event_id", "number");

-- CreateIndex
CREATE INDEX "entry_track_track_id_idx" ON "entry_track"("track_id");

-- CreateIndex
CREATE INDEX "entry_member_person_id_idx" ON "entry_member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "build_entry_id_label_key" ON "build"("entry_id", "label");

-- CreateIndex
CREATE INDEX "endpoint_entry_id_idx" ON "endpoint"("entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "series_slug_key" ON "series"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "interop_event_slug_key" ON "interop_event"("slug");

-- CreateIndex
CREATE INDEX "organizer_person_id_idx" ON "organizer"("person_id");

-- CreateIndex
CREATE INDEX "event_log_track_id_xid_id_idx" ON "event_log"("track_id", "xid", "id");

-- CreateIndex
CREATE INDEX "event_log_event_id_xid_id_idx" ON "event_log"("event_id", "xid", "id");

-- CreateIndex
CREATE INDEX "audit_event_id_id_idx" ON "audit"("event_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "account_person_id_idx" ON "account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_provider_account_id_key" ON "account"("provider", "provider_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_session_token_key" ON "session"("session_token");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "verification_token_token_key" ON "verification_token"("token");

-- CreateIndex
CREATE UNIQUE INDEX "verification_token_identifier_token_key" ON "verification_token"("identifier", "token");

-- CreateIndex
CREATE UNIQUE INDEX "project_slug_key" ON "project"("slug");

-- CreateIndex
CREATE INDEX "run_event_id_idx" ON "run"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_reporter_id_id_key" ON "run"("reporter_id", "id");

-- CreateIndex
CREATE INDEX "result_cell_id_idx" ON "result"("cell_id");

-- CreateIndex
CREATE INDEX "result_run_key_idx" ON "result"("run_key");

-- CreateIndex
CREATE UNIQUE INDEX "result_reporter_id_id_key" ON "result"("reporter_id", "id");

-- CreateIndex
CREATE INDEX "cell_track_id_xid_idx" ON "cell"("track_id", "xid");

-- CreateIndex
CREATE INDEX "cell_event_id_idx" ON "cell"("event_id");

-- CreateIndex
CREATE INDEX "cell_test_case_id_idx" ON "cell"("test_case_id");

-- CreateIndex
CREATE UNIQUE INDEX "track_event_id_slug_key" ON "track"("event_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "track_role_track_id_key_key" ON "track_role"("track_id", "key");

-- CreateIndex
CREATE INDEX "track_lead_person_id_idx" ON "track_lead"("person_id");

-- CreateIndex
CREATE INDEX "test_case_lineage_idx" ON "test_case"("lineage");

-- CreateIndex
CREATE UNIQUE INDEX "test_case_track_id_key_key" ON "test_case"("track_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "test_case_track_id_number_key" ON "test_case"("track_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "name_mapping_track_id_raw_key" ON "name_mapping"("track_id", "raw");

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_token" ADD CONSTRAINT "agent_token_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_current_build_id_fkey" FOREIGN KEY ("current_build_id") REFERENCES "build"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_track" ADD CONSTRAINT "entry_track_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_track" ADD CONSTRAINT "entry_track_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_member" ADD CONSTRAINT "entry_member_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_member" ADD CONSTRAINT "entry_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "build" ADD CONSTRAINT "build_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capability" ADD CONSTRAINT "capability_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interop_event" ADD CONSTRAINT "interop_event_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interop_event" ADD CONSTRAINT "interop_event_cloned_from_id_fkey" FOREIGN KEY ("cloned_from_id") REFERENCES "interop_event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organizer" ADD CONSTRAINT "organizer_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organizer" ADD CONSTRAINT "organizer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_test_case_id_fkey" FOREIGN KEY ("test_case_id") REFERENCES "test_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell_fold" ADD CONSTRAINT "cell_fold_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track" ADD CONSTRAINT "track_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_role" ADD CONSTRAINT "track_role_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_lead" ADD CONSTRAINT "track_lead_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track_lead" ADD CONSTRAINT "track_lead_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_case" ADD CONSTRAINT "test_case_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_case_version" ADD CONSTRAINT "test_case_version_test_case_id_fkey" FOREIGN KEY ("test_case_id") REFERENCES "test_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "name_mapping" ADD CONSTRAINT "name_mapping_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "interop_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "name_mapping" ADD CONSTRAINT "name_mapping_track_id_fkey" FOREIGN KEY ("track_id") REFERENCES "track"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "name_mapping" ADD CONSTRAINT "name_mapping_test_case_id_fkey" FOREIGN KEY ("test_case_id") REFERENCES "test_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what Prisma's schema language cannot say.

-- Names are ordered as people order them.
ALTER TABLE "project" ALTER COLUMN "name" TYPE text COLLATE "und-x-icu";
ALTER TABLE "entry" ALTER COLUMN "name" TYPE text COLLATE "und-x-icu";
ALTER TABLE "interop_event" ALTER COLUMN "label" TYPE text COLLATE "und-x-icu";
ALTER TABLE "person" ALTER COLUMN "name" TYPE text COLLATE "und-x-icu";

-- Closed lists.
ALTER TABLE "interop_event"
  ADD CONSTRAINT "interop_event_phase" CHECK ("phase" IN ('draft', 'registration', 'testing', 'review', 'published')),
  ADD CONSTRAINT "interop_event_visibility" CHECK ("visibility" IN ('members', 'public')),
  ADD CONSTRAINT "interop_event_unmapped_names" CHECK ("unmapped_names" IN ('accept', 'refuse')),
  ADD CONSTRAINT "interop_event_entry_policy" CHECK ("entry_policy" IN ('open', 'approval'));
ALTER TABLE "test_case"
  ADD CONSTRAINT "test_case_kind" CHECK ("kind" IN ('solo', 'pair', 'group')),
  ADD CONSTRAINT "test_case_level" CHECK ("level" IN ('must', 'should', 'may'));
ALTER TABLE "entry"
  ADD CONSTRAINT "entry_kind" CHECK ("kind" IN ('participant', 'helper', 'tool')),
  ADD CONSTRAINT "entry_state" CHECK ("state" IN ('requested', 'admitted', 'withdrawn'));
ALTER TABLE "run" ADD CONSTRAINT "run_state" CHECK ("state" IN ('open', 'complete', 'aborted'));
ALTER TABLE "result"
  ADD CONSTRAINT "result_outcome" CHECK ("outcome" IN ('pass', 'degraded', 'fail', 'timeout', 'error', 'unsupported', 'inconclusive', 'skipped')),
  ADD CONSTRAINT "result_origin" CHECK ("origin" IN ('person', 'agent'));
ALTER TABLE "cell"
  ADD CONSTRAINT "cell_state" CHECK ("state" IN ('untested', 'planned', 'reported', 'confirmed', 'disputed', 'settled'));

-- Corrections are few: finding what one supersedes must not cost the others an index.
CREATE INDEX "result_supersedes" ON "result" ("reporter_id", "supersedes") WHERE "supersedes" IS NOT NULL;
CREATE INDEX "result_unmapped" ON "result" ("track_id", "test") WHERE "cell_id" IS NULL;

-- Two roles. The owner, who runs this, migrates; the application has only what is granted here.
-- It may add to the results, the log and the audit trail, and change none of them; of a result it
-- may set the cell it counts in, which is a projection.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plugfest_app') THEN
    CREATE ROLE plugfest_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT plugfest_app TO %I', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
END $$;

GRANT USAGE ON SCHEMA public TO plugfest_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO plugfest_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO plugfest_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO plugfest_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO plugfest_app;

REVOKE UPDATE, DELETE ON "result", "event_log", "audit" FROM plugfest_app;
GRANT UPDATE ("cell_id") ON "result" TO plugfest_app;
DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM plugfest_app;
  END IF;
END $$;
