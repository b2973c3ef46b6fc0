-- The newest results with figures of a track, without reading those that have none.
CREATE INDEX "result_measured" ON "result" ("track_id", "seq") WHERE "metrics" IS NOT NULL;
