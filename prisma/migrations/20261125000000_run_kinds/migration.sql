-- A run is of a kind and of a subject; those that there are, are runs of exports. Renaming a column keeps the indexes on it.
ALTER TABLE "Run" RENAME COLUMN "exportId" TO "subjectId";
ALTER TABLE "Run" RENAME COLUMN "exportName" TO "subjectName";
ALTER TABLE "Run" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'export';
ALTER TABLE "Run" ALTER COLUMN "kind" DROP DEFAULT;

-- RenameIndex
ALTER INDEX "Run_exportId_id_idx" RENAME TO "Run_subjectId_id_idx";
ALTER INDEX "Run_exportId_folderTime_key" RENAME TO "Run_subjectId_folderTime_key";

-- Lists are of one kind.
DROP INDEX "Run_environmentId_id_idx";
CREATE INDEX "Run_environmentId_kind_id_idx" ON "Run"("environmentId", "kind", "id");
