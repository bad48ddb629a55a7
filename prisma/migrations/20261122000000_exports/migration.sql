-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "readsEntities" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "removalId" UUID,
ADD COLUMN     "removedAt" TIMESTAMPTZ(3),
ADD COLUMN     "removedById" UUID,
ADD COLUMN     "removedByName" TEXT;

-- CreateTable
CREATE TABLE "ConnectionKey" (
    "connectionId" UUID NOT NULL,
    "wrappedKey" BYTEA NOT NULL,

    CONSTRAINT "ConnectionKey_pkey" PRIMARY KEY ("connectionId")
);

-- The data keys move to a table of their own.
INSERT INTO "ConnectionKey" ("connectionId", "wrappedKey") SELECT "id", "wrappedKey" FROM "Connection";
ALTER TABLE "Connection" DROP COLUMN "wrappedKey";

-- CreateTable
CREATE TABLE "ConnectionShare" (
    "connectionId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "ConnectionShare_pkey" PRIMARY KEY ("connectionId","personId")
);

-- CreateTable
CREATE TABLE "Catalog" (
    "connectionId" UUID NOT NULL,
    "connectionVersion" INTEGER NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "claimedUntil" TIMESTAMPTZ(3),
    "models" JSONB NOT NULL,
    "problem" JSONB,

    CONSTRAINT "Catalog_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "Entity" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "columns" JSONB NOT NULL,
    "partitions" JSONB NOT NULL,
    "columnCount" INTEGER NOT NULL,
    "partitionCount" INTEGER NOT NULL,
    "rowCount" BIGINT,
    "bytes" BIGINT,
    "refreshedAt" TIMESTAMPTZ(3),
    "problem" JSONB,
    "unknown" JSONB NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Export" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "connectionId" UUID,
    "format" JSONB NOT NULL,
    "folder" TEXT NOT NULL,
    "scheduleOn" BOOLEAN NOT NULL,
    "plan" JSONB,
    "lostEntities" INTEGER NOT NULL DEFAULT 0,
    "runState" TEXT,
    "lastRunAt" TIMESTAMPTZ(3),
    "refreshedAt" TIMESTAMPTZ(3),
    "lostConnectionId" UUID,
    "lostConnectionName" TEXT,
    "lostConnectionType" TEXT,
    "lostSharedWith" TEXT,
    "lostSharedWithIds" UUID[],
    "lostAt" TIMESTAMPTZ(3),
    "lostById" UUID,
    "lostByName" TEXT,
    "removalId" UUID,
    "lostVersion" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExportEntity" (
    "exportId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "entityId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "sourceName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "columns" JSONB,
    "filter" JSONB,

    CONSTRAINT "ExportEntity_pkey" PRIMARY KEY ("exportId","position")
);

-- CreateIndex
CREATE INDEX "ConnectionShare_environmentId_personId_idx" ON "ConnectionShare"("environmentId", "personId");

-- CreateIndex
CREATE INDEX "Entity_environmentId_name_id_idx" ON "Entity"("environmentId", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Entity_connectionId_model_name_key" ON "Entity"("connectionId", "model", "name");

-- CreateIndex
CREATE INDEX "Export_connectionId_id_idx" ON "Export"("connectionId", "id");

-- CreateIndex
CREATE INDEX "Export_removalId_idx" ON "Export"("removalId");

-- CreateIndex
CREATE INDEX "ExportEntity_connectionId_exportId_idx" ON "ExportEntity"("connectionId", "exportId");

-- CreateIndex
CREATE UNIQUE INDEX "ExportEntity_exportId_entityId_key" ON "ExportEntity"("exportId", "entityId");

-- AddForeignKey
ALTER TABLE "ConnectionKey" ADD CONSTRAINT "ConnectionKey_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionShare" ADD CONSTRAINT "ConnectionShare_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionShare" ADD CONSTRAINT "ConnectionShare_environmentId_personId_fkey" FOREIGN KEY ("environmentId", "personId") REFERENCES "Member"("environmentId", "personId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Catalog" ADD CONSTRAINT "Catalog_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entity" ADD CONSTRAINT "Entity_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Export" ADD CONSTRAINT "Export_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Export" ADD CONSTRAINT "Export_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ExportEntity" ADD CONSTRAINT "ExportEntity_exportId_fkey" FOREIGN KEY ("exportId") REFERENCES "Export"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A removed connection gives its name free.
DROP INDEX "Connection_environmentId_name_key";
CREATE UNIQUE INDEX "Connection_environmentId_name_key" ON "Connection"("environmentId", lower("name")) WHERE "removedAt" IS NULL;
-- The Removed list, the last removed first, and the purge, the longest removed first.
CREATE INDEX "Connection_environmentId_removed_idx" ON "Connection"("environmentId", "removedAt", "id") WHERE "removedAt" IS NOT NULL;
CREATE INDEX "Connection_removed_idx" ON "Connection"("removedAt") WHERE "removedAt" IS NOT NULL;
-- Sources, for the reader of catalogs.
CREATE INDEX "Connection_source_idx" ON "Connection"("lastCheckedAt") WHERE "readsEntities" AND "removedAt" IS NULL;

-- A name is taken whatever its case, and the list is ordered by it the same way.
CREATE UNIQUE INDEX "Export_environmentId_name_key" ON "Export"("environmentId", lower("name"));
-- The order of the list by its last success: what was never refreshed comes first.
CREATE INDEX "Export_environmentId_refreshed_idx" ON "Export"("environmentId", (COALESCE("refreshedAt", '-infinity')), "id");
