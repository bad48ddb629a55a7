-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Export" ADD COLUMN     "autoPausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "failingSince" TIMESTAMPTZ(3),
ADD COLUMN     "failuresInRow" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lastRunId" UUID,
ADD COLUMN     "malformedRows" JSONB NOT NULL DEFAULT '{"policy":"fail"}',
ADD COLUMN     "nextRunAt" TIMESTAMPTZ(3),
ADD COLUMN     "retention" JSONB NOT NULL DEFAULT '{"keep":"all"}',
ADD COLUMN     "rowLimits" JSONB NOT NULL DEFAULT '{"minimum":null,"maximum":null}';

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "exportId" UUID NOT NULL,
    "exportName" TEXT NOT NULL,
    "connectionId" UUID NOT NULL,
    "connectionName" TEXT NOT NULL,
    "connectionType" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "requestedById" UUID,
    "requestedByName" TEXT,
    "priority" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "plan" JSONB,
    "fixed" JSONB,
    "folderTime" TEXT,
    "partsTotal" INTEGER NOT NULL DEFAULT 0,
    "partsDone" INTEGER NOT NULL DEFAULT 0,
    "bytesTotal" BIGINT,
    "bytesRead" BIGINT NOT NULL DEFAULT 0,
    "bytesWritten" BIGINT NOT NULL DEFAULT 0,
    "rowsWritten" BIGINT NOT NULL DEFAULT 0,
    "rowsRejected" BIGINT NOT NULL DEFAULT 0,
    "problem" JSONB,
    "canceled" JSONB,
    "cleanAt" TIMESTAMPTZ(3),
    "cleanAttempts" INTEGER NOT NULL DEFAULT 0,
    "written" JSONB,
    "filesRemovedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunPart" (
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "entity" INTEGER NOT NULL,
    "entityName" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "bytes" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "bytesRead" BIGINT NOT NULL DEFAULT 0,
    "bytesWritten" BIGINT NOT NULL DEFAULT 0,
    "rowsWritten" BIGINT NOT NULL DEFAULT 0,
    "rowsRejected" BIGINT NOT NULL DEFAULT 0,
    "result" JSONB,
    "problem" JSONB,

    CONSTRAINT "RunPart_pkey" PRIMARY KEY ("runId","number")
);

-- CreateTable
CREATE TABLE "RunEvent" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "part" INTEGER,
    "worker" TEXT,
    "problem" JSONB,

    CONSTRAINT "RunEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunTurn" (
    "environmentId" UUID NOT NULL,
    "servedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "RunTurn_pkey" PRIMARY KEY ("environmentId")
);

-- CreateTable
CREATE TABLE "Worker" (
    "name" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "subjectName" TEXT NOT NULL,
    "runId" UUID,
    "detail" JSONB NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeRead" (
    "environmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "upToId" UUID NOT NULL,

    CONSTRAINT "NoticeRead_pkey" PRIMARY KEY ("environmentId","personId")
);

-- CreateTable
CREATE TABLE "NoticeHook" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "kinds" TEXT[],
    "isOn" BOOLEAN NOT NULL,
    "wrappedKey" BYTEA,
    "sealed" BYTEA,
    "lastAt" TIMESTAMPTZ(3),
    "lastProblem" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NoticeHook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeDelivery" (
    "id" UUID NOT NULL,
    "noticeId" UUID NOT NULL,
    "hookId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "NoticeDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Run_environmentId_id_idx" ON "Run"("environmentId", "id");

-- CreateIndex
CREATE INDEX "Run_exportId_id_idx" ON "Run"("exportId", "id");

-- CreateIndex
CREATE INDEX "Run_environmentId_changedAt_idx" ON "Run"("environmentId", "changedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Run_exportId_folderTime_key" ON "Run"("exportId", "folderTime");

-- CreateIndex
CREATE INDEX "RunEvent_runId_id_idx" ON "RunEvent"("runId", "id");

-- CreateIndex
CREATE INDEX "Worker_seenAt_idx" ON "Worker"("seenAt");

-- CreateIndex
CREATE INDEX "Notice_environmentId_id_idx" ON "Notice"("environmentId", "id");

-- CreateIndex
CREATE INDEX "Notice_subjectId_id_idx" ON "Notice"("subjectId", "id");

-- CreateIndex
CREATE INDEX "Notice_at_idx" ON "Notice"("at");

-- CreateIndex
CREATE INDEX "NoticeRead_personId_idx" ON "NoticeRead"("personId");

-- CreateIndex
CREATE INDEX "NoticeHook_environmentId_id_idx" ON "NoticeHook"("environmentId", "id");

-- CreateIndex
CREATE INDEX "NoticeDelivery_dueAt_idx" ON "NoticeDelivery"("dueAt");

-- CreateIndex
CREATE INDEX "NoticeDelivery_noticeId_idx" ON "NoticeDelivery"("noticeId");

-- CreateIndex
CREATE INDEX "NoticeDelivery_hookId_idx" ON "NoticeDelivery"("hookId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunPart" ADD CONSTRAINT "RunPart_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunEvent" ADD CONSTRAINT "RunEvent_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunTurn" ADD CONSTRAINT "RunTurn_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRead" ADD CONSTRAINT "NoticeRead_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRead" ADD CONSTRAINT "NoticeRead_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeHook" ADD CONSTRAINT "NoticeHook_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeDelivery" ADD CONSTRAINT "NoticeDelivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeDelivery" ADD CONSTRAINT "NoticeDelivery_hookId_fkey" FOREIGN KEY ("hookId") REFERENCES "NoticeHook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One run of an export at a time.
CREATE UNIQUE INDEX "Run_live_key" ON "Run"("exportId") WHERE "finishedAt" IS NULL;
-- The queue: the environments that have live runs, and of each the runs in the order they are taken.
CREATE INDEX "Run_queue_idx" ON "Run"("environmentId", "phase", "priority", "queuedAt", "id") WHERE "finishedAt" IS NULL;
CREATE INDEX "RunPart_queue_idx" ON "RunPart"("runId", "number") WHERE "state" <> 'done';
-- What is under way, for its progress.
CREATE INDEX "RunPart_working_idx" ON "RunPart"("runId") WHERE "state" = 'working';
-- Runs whose staging is to be removed.
CREATE INDEX "Run_clean_idx" ON "Run"("cleanAt") WHERE "cleanAt" IS NOT NULL;
-- Runs of the last day by how they ended, for the status page.
CREATE INDEX "Run_finished_idx" ON "Run"("environmentId", "finishedAt", "state") WHERE "finishedAt" IS NOT NULL;
-- Schedules: those that are due, and those whose next time nobody has worked out yet.
CREATE INDEX "Export_next_run_idx" ON "Export"("nextRunAt") WHERE "scheduleOn" AND "autoPausedAt" IS NULL;
-- Exports that need somebody, and those that run next, for the status page.
CREATE INDEX "Export_trouble_idx" ON "Export"("environmentId")
  WHERE "autoPausedAt" IS NOT NULL OR "connectionId" IS NULL OR "lostEntities" > 0 OR "failingSince" IS NOT NULL;
CREATE INDEX "Export_upcoming_idx" ON "Export"("environmentId", "nextRunAt", "id") WHERE "scheduleOn" AND "autoPausedAt" IS NULL;
