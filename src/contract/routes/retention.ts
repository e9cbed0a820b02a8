import { route } from "../route.ts";
import { listOf } from "../shapes/common.ts";
import {
  archivedExecutionSchema,
  archivedItemSchema,
  archiveFilesSchema,
  archiveQuerySchema,
  archiveVerifiedSchema,
  newRetentionSchema,
  prunedSchema,
  retentionSchema,
  storageSchema,
  wholeStorageSchema,
} from "../shapes/retention.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const RETENTION = `${WORKSPACE}/retention` as const;
const ARCHIVE = `${WORKSPACE}/archive` as const;

export const retentionRoutes = {
  getRetention: route({
    method: "GET",
    path: RETENTION,
    right: "workspace:read",
    summary: "How long ended executions are kept, kind by kind",
    status: 200,
    output: retentionSchema,
  }),
  setRetention: route({
    method: "PUT",
    path: RETENTION,
    right: "workspace:write",
    summary: "Replace how long ended executions are kept; open ones are never touched",
    body: newRetentionSchema,
    status: 200,
    output: retentionSchema,
  }),
  applyRetention: route({
    method: "POST",
    path: `${RETENTION}/apply`,
    right: "workspace:write",
    summary: "Let go of what has been kept long enough now, instead of within the hour",
    status: 200,
    output: prunedSchema,
  }),
  listArchive: route({
    method: "GET",
    path: ARCHIVE,
    right: "executions:read",
    summary: "Archived executions, those archived last first",
    query: archiveQuerySchema,
    status: 200,
    output: listOf(archivedItemSchema),
  }),
  listArchiveFiles: route({
    method: "GET",
    path: `${ARCHIVE}/files`,
    right: "workspace:read",
    summary: "The archive's files with what they hold",
    status: 200,
    output: archiveFilesSchema,
  }),
  verifyArchive: route({
    method: "POST",
    path: `${ARCHIVE}/verify`,
    right: "workspace:write",
    summary: "Read all of the archive and compare it with what was removed",
    status: 200,
    output: archiveVerifiedSchema,
  }),
  getStorage: route({
    method: "GET",
    path: `${WORKSPACE}/storage`,
    right: "workspace:read",
    summary: "How many executions of each kind are kept and archived, and about how much they need",
    status: 200,
    output: storageSchema,
  }),
  getWholeStorage: route({
    method: "GET",
    path: "/api/storage",
    right: "signedIn",
    summary: "What each table and file needs, for whoever holds the data folder: `stint storage`",
    status: 200,
    output: wholeStorageSchema,
  }),
  getArchivedExecution: route({
    method: "GET",
    path: `${ARCHIVE}/:executionId`,
    right: "executions:read",
    summary: "An archived execution with its steps and everything that happened in it",
    status: 200,
    output: archivedExecutionSchema,
  }),
} as const;
