-- Drafts that are there keep what everybody begins with.
ALTER TABLE "ConnectionDraft" ADD COLUMN "everyHours" INTEGER NOT NULL DEFAULT 6;
