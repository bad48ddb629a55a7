import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';

/**
 * What Junction's list is measured against: the same answer from Express and pg with nothing around them. The session and the
 * role are looked up, the page is one query, the JSON says the same in as many bytes; nothing is validated, limited, logged or hardened.
 */

const idleHours = 12;
const pageSize = 50;
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = express();

const sessionSql = `
  SELECT p."id", (SELECT jsonb_object_agg(m."environmentId", m."role") FROM "Member" m WHERE m."personId" = p."id") AS "memberships"
    FROM "Session" s JOIN "Person" p ON p."id" = s."personId"
   WHERE s."tokenHash" = $1 AND s."expiresAt" > $2 AND s."lastSeenAt" > $3`;

const pageSql = `
  SELECT c.*, lower(c."name") AS "pageKey",
         (SELECT COALESCE(jsonb_agg(jsonb_build_object('field', s."field", 'setAt', s."setAt")), '[]')
            FROM "ConnectionSecret" s WHERE s."connectionId" = c."id") AS "secrets",
         (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', p."id", 'name', p."name") ORDER BY p."name", p."id"), '[]')
            FROM "ConnectionShare" h JOIN "Person" p ON p."id" = h."personId" WHERE h."connectionId" = c."id") AS "people",
         ((SELECT count(*) FROM "Export" x WHERE x."connectionId" = c."id")
           + (SELECT count(DISTINCT r."exportId") FROM "ExportEntity" r JOIN "Export" x ON x."id" = r."exportId"
               WHERE r."connectionId" = c."id" AND x."connectionId" IS DISTINCT FROM c."id"))::integer AS "usedBy",
         (SELECT jsonb_build_object('status', i."runState", 'dataAsOf', p."dataAsOf", 'problem', i."problem")
            FROM "ProfileImport" i LEFT JOIN "ProfileReport" p ON p."connectionId" = i."connectionId"
           WHERE i."connectionId" = c."id") AS "profiles"
    FROM "Connection" c WHERE c."environmentId" = $1 AND c."removedAt" IS NULL
   ORDER BY lower(c."name") ASC, c."id" ASC LIMIT $2`;

const statusOf = (row: { isPaused: boolean; lastOutcome: string | null }) => {
  if (row.isPaused) return 'paused';
  if (row.lastOutcome === null) return 'notChecked';
  return row.lastOutcome === 'passed' ? 'healthy' : row.lastOutcome;
};

app.get('/api/v1/environments/:environmentId/connections', async (request, response) => {
  const { environmentId } = request.params;
  const token = /junction-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const now = new Date();
  const hash = createHash('sha256').update(token).digest();
  const session = await pool.query(sessionSql, [hash, now, new Date(now.getTime() - idleHours * 3_600_000)]);
  if (session.rows[0]?.memberships?.[environmentId] !== 'admin') {
    response.sendStatus(403);
    return;
  }
  const { rows } = await pool.query(pageSql, [environmentId, pageSize + 1]);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const skiptoken = Buffer.from(JSON.stringify(['name', last.pageKey, last.id])).toString('base64url');
  response.json({
    value: page.map((row) => ({
      id: row.id,
      environmentId: row.environmentId,
      name: row.name,
      type: row.type,
      settings: row.settings,
      secrets: Object.fromEntries(
        row.secrets.map(({ field, setAt }: { field: string; setAt: string }) => [field, { setAt: new Date(setAt) }]),
      ),
      sharing: { sharedWith: row.sharedWith, people: row.people },
      readsEntities: row.readsEntities,
      isPaused: row.isPaused,
      status: statusOf(row),
      statusReason: row.lastReason ?? undefined,
      lastCheckedAt: row.lastCheckedAt,
      nextCheckAt: row.nextCheckAt,
      credentialExpiresAt: row.credentialExpiresAt,
      usedBy: row.usedBy,
      profiles: row.profiles,
      consent: {
        by: { id: row.consentById, name: row.consentByName },
        at: row.consentAt,
        textVersion: row.consentTextVersion,
      },
      createdBy: { id: row.createdById, name: row.createdByName },
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      etag: `"v${row.version}"`,
    })),
    nextLink: `/api/v1/environments/${environmentId}/connections?maxpagesize=50&skiptoken=${skiptoken}`,
  });
});

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready on port ${(server.address() as AddressInfo).port}\n`);
});
