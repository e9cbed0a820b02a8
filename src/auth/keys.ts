/** API keys: each belongs to one workspace, and has one role in it. */
import { defaultKeyHasher } from "@better-auth/api-key";
import { z } from "zod";

import type { Role } from "#contract/rights.ts";
import { roleSchema } from "#contract/shapes/workspaces.ts";
import { Fault } from "#domain/fault.ts";
import { type WorkspaceId, workspaceIds } from "#domain/id.ts";
import type { Caller } from "#workspace/workspaces.ts";

import type { BetterAuth } from "./better-auth.ts";

const DAY_SECONDS = 86_400;
/** How long a verified key is taken for valid without a look: each look is a write (when it was last used). */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 1000;

export interface NewApiKey {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly role: Role;
  readonly expiresInDays?: number | undefined;
}

export interface ApiKey {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly start: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export type KeyCaller = Caller & { readonly type: "key" };

export interface Keys {
  /** `key` is to be had here and never again. */
  readonly create: (key: NewApiKey) => Promise<ApiKey & { readonly key: string }>;
  /** Newest first. */
  readonly list: (workspaceId: WorkspaceId) => Promise<readonly ApiKey[]>;
  /** Works at once. @throws Fault `not_found` for another workspace's. */
  readonly revoke: (workspaceId: WorkspaceId, id: string) => Promise<void>;
  readonly identify: (key: string) => Promise<KeyCaller | null>;
}

const metadataSchema = z.object({ workspaceId: workspaceIds.schema, role: roleSchema });

/** Metadata comes as an object from one call and as JSON from another. */
function readMetadata(metadata: unknown): z.output<typeof metadataSchema> {
  let read: unknown = metadata;
  while (typeof read === "string") read = JSON.parse(read);
  return metadataSchema.parse(read);
}

const time = z.coerce.date().transform((date) => date.getTime());
const rowSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    start: z.string().nullable(),
    metadata: z.unknown(),
    createdAt: time,
    updatedAt: time,
    expiresAt: time.nullable(),
  })
  .transform(({ metadata, name, start, createdAt, updatedAt, ...row }): ApiKey => {
    const { workspaceId, role } = readMetadata(metadata);
    // Nothing but its use ever updates a key.
    const lastUsedAt = updatedAt > createdAt ? updatedAt : null;
    return {
      ...row,
      workspaceId,
      role,
      name: name ?? "",
      start: start ?? "",
      createdAt,
      lastUsedAt,
    };
  });

interface Remembered {
  readonly caller: KeyCaller;
  readonly until: number;
}

async function create(
  auth: BetterAuth,
  given: NewApiKey,
): Promise<ApiKey & { readonly key: string }> {
  const { workspaceId, name, role, expiresInDays } = given;
  const created = await auth.api.createApiKey({
    body: {
      name,
      // Keys outlive the person who made them: what owns one is the workspace.
      userId: workspaceId,
      metadata: { workspaceId, role },
      ...(expiresInDays === undefined ? {} : { expiresIn: expiresInDays * DAY_SECONDS }),
    },
  });
  return { ...rowSchema.parse(created), key: created.key };
}

async function list(auth: BetterAuth, workspaceId: WorkspaceId): Promise<readonly ApiKey[]> {
  const { adapter } = await auth.$context;
  const rows = await adapter.findMany({
    model: "apikey",
    where: [{ field: "referenceId", value: workspaceId }],
    sortBy: { field: "createdAt", direction: "desc" },
  });
  return z.array(rowSchema).parse(rows);
}

/** A key is as good as its row, also where its use cannot be written down: better-auth takes any error for a wrong key. */
async function verify(auth: BetterAuth, key: string): Promise<KeyCaller | null> {
  const { valid, key: row } = await auth.api.verifyApiKey({ body: { key } });
  const found = valid ? row : await findGood(auth, key);
  if (found === null) return null;
  const { workspaceId, role } = readMetadata(found.metadata);
  return { type: "key", keyId: found.id, name: found.name ?? "", workspaceId, role };
}

const goodSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  metadata: z.unknown(),
  enabled: z.coerce.boolean(),
  expiresAt: time.nullable(),
});

/** @throws what the database says of a file that cannot be read */
async function findGood(
  auth: BetterAuth,
  key: string,
): Promise<z.output<typeof goodSchema> | null> {
  const { adapter } = await auth.$context;
  const where = [{ field: "key", value: await defaultKeyHasher(key) }];
  const found = goodSchema.nullable().parse(await adapter.findOne({ model: "apikey", where }));
  if (found === null || !found.enabled) return null;
  return found.expiresAt === null || found.expiresAt > Date.now() ? found : null;
}

async function remove(auth: BetterAuth, workspaceId: WorkspaceId, id: string): Promise<void> {
  const { adapter } = await auth.$context;
  const removed = await adapter.deleteMany({
    model: "apikey",
    where: [
      { field: "id", value: id },
      { field: "referenceId", value: workspaceId },
    ],
  });
  if (removed === 0) throw new Fault("not_found", "There is no such API key in this workspace");
}

export function keys(auth: BetterAuth, now: () => number = Date.now): Keys {
  const remembered = new Map<string, Remembered>();

  async function identify(key: string): Promise<KeyCaller | null> {
    const known = remembered.get(key);
    if (known !== undefined && now() < known.until) return known.caller;
    remembered.delete(key);
    const caller = await verify(auth, key);
    if (caller === null) return null;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, { caller, until: now() + REMEMBERED_MS });
    return caller;
  }

  return {
    create: (given) => create(auth, given),
    list: (workspaceId) => list(auth, workspaceId),
    revoke: async (workspaceId, id) => {
      await remove(auth, workspaceId, id);
      remembered.clear();
    },
    identify,
  };
}
