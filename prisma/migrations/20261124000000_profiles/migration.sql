-- CreateTable
CREATE TABLE "ConnectionDraft" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "mapping" JSONB,
    "personIds" UUID[],
    "step" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProfileImport" (
    "connectionId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "mapping" JSONB NOT NULL,
    "everyHours" INTEGER NOT NULL,
    "nextRunAt" TIMESTAMPTZ(3),
    "fingerprint" TEXT,
    "unchangedAt" TIMESTAMPTZ(3),
    "lastRunId" UUID,
    "runState" TEXT,
    "lastRunAt" TIMESTAMPTZ(3),
    "problem" JSONB,
    "failingSince" TIMESTAMPTZ(3),

    CONSTRAINT "ProfileImport_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "ProfileReport" (
    "connectionId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "dataAsOf" TIMESTAMPTZ(3),
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "profiles" BIGINT NOT NULL,
    "previousProfiles" BIGINT,
    "threshold" INTEGER NOT NULL,
    "summary" JSONB NOT NULL,
    "cells" BYTEA NOT NULL,

    CONSTRAINT "ProfileReport_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "ProfileCount" (
    "connectionId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "profiles" BIGINT NOT NULL,

    CONSTRAINT "ProfileCount_pkey" PRIMARY KEY ("connectionId","at")
);

-- CreateTable
CREATE TABLE "ProfileGrant" (
    "connectionId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "grantedById" UUID NOT NULL,
    "grantedByName" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProfileGrant_pkey" PRIMARY KEY ("connectionId","personId")
);

-- CreateTable
CREATE TABLE "ProfileView" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "personName" TEXT NOT NULL,
    "reportId" UUID NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "ProfileView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ConnectionDraft_environmentId_personId_updatedAt_idx" ON "ConnectionDraft"("environmentId", "personId", "updatedAt");

-- CreateIndex
CREATE INDEX "ConnectionDraft_personId_idx" ON "ConnectionDraft"("personId");

-- CreateIndex
CREATE INDEX "ConnectionDraft_updatedAt_idx" ON "ConnectionDraft"("updatedAt");

-- CreateIndex
CREATE INDEX "ProfileImport_nextRunAt_idx" ON "ProfileImport"("nextRunAt");

-- CreateIndex
CREATE INDEX "ProfileImport_environmentId_idx" ON "ProfileImport"("environmentId");

-- CreateIndex
CREATE INDEX "ProfileGrant_environmentId_personId_idx" ON "ProfileGrant"("environmentId", "personId");

-- CreateIndex
CREATE INDEX "ProfileView_connectionId_lastAt_id_idx" ON "ProfileView"("connectionId", "lastAt", "id");

-- CreateIndex
CREATE INDEX "ProfileView_connectionId_personId_lastAt_idx" ON "ProfileView"("connectionId", "personId", "lastAt");

-- CreateIndex
CREATE INDEX "ProfileView_lastAt_idx" ON "ProfileView"("lastAt");

-- AddForeignKey
ALTER TABLE "ConnectionDraft" ADD CONSTRAINT "ConnectionDraft_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionDraft" ADD CONSTRAINT "ConnectionDraft_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileImport" ADD CONSTRAINT "ProfileImport_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileReport" ADD CONSTRAINT "ProfileReport_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileCount" ADD CONSTRAINT "ProfileCount_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileGrant" ADD CONSTRAINT "ProfileGrant_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileGrant" ADD CONSTRAINT "ProfileGrant_environmentId_personId_fkey" FOREIGN KEY ("environmentId", "personId") REFERENCES "Member"("environmentId", "personId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileView" ADD CONSTRAINT "ProfileView_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
