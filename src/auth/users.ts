import { randomInt } from "node:crypto";

import { Fault } from "#domain/fault.ts";
import type { UserId } from "#domain/id.ts";

import { type BetterAuth, LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./better-auth.ts";

export interface User {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** Without one, the user signs in by a link first. */
  readonly password?: string | undefined;
}

interface PasswordChange {
  readonly currentPassword?: string | undefined;
  readonly newPassword: string;
}

export interface Users {
  /** @throws Fault `conflict` where the address has an account already. */
  readonly create: (user: NewUser) => Promise<User>;
  readonly byEmail: (email: string) => Promise<User | undefined>;
  /** The one who was there first; undefined: nobody is. */
  readonly first: () => Promise<User | undefined>;
  readonly hasPassword: (userId: UserId) => Promise<boolean>;
  /** Ends the user's other sessions. @throws Fault `invalid` where the current password is wrong. */
  readonly setPassword: (headers: Headers, change: PasswordChange) => Promise<void>;
}

/** Without letters and digits that are taken for one another. */
const READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A password to hand over: 20 characters in groups of five, about 115 bits. */
export function makePassword(): string {
  const letters = Array.from({ length: 20 }, () => READABLE[randomInt(READABLE.length)]);
  return [0, 5, 10, 15].map((from) => letters.slice(from, from + 5).join("")).join("-");
}

function checkPassword(password: string): void {
  if (password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return;
  throw new Fault(
    "invalid",
    `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters; this one has ${password.length}`,
  );
}

async function byEmail(auth: BetterAuth, email: string): Promise<User | undefined> {
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(email.trim().toLowerCase());
  if (found === null) return undefined;
  return { userId: found.user.id, email: found.user.email, name: found.user.name };
}

async function first(auth: BetterAuth): Promise<User | undefined> {
  const { internalAdapter } = await auth.$context;
  const [user] = await internalAdapter.listUsers(1, 0, { field: "createdAt", direction: "asc" });
  return user && { userId: user.id, email: user.email, name: user.name };
}

async function givePassword(auth: BetterAuth, userId: UserId, password: string): Promise<void> {
  const { internalAdapter, password: passwords } = await auth.$context;
  const hash = await passwords.hash(password);
  if (await hasPassword(auth, userId)) {
    await internalAdapter.updatePassword(userId, hash);
    return;
  }
  await internalAdapter.linkAccount({
    userId,
    providerId: "credential",
    accountId: userId,
    password: hash,
  });
}

async function passwordHash(auth: BetterAuth, userId: UserId): Promise<string | undefined> {
  const { internalAdapter } = await auth.$context;
  const accounts = await internalAdapter.findAccounts(userId);
  return accounts.find(({ providerId }) => providerId === "credential")?.password ?? undefined;
}

async function hasPassword(auth: BetterAuth, userId: UserId): Promise<boolean> {
  return (await passwordHash(auth, userId)) !== undefined;
}

async function create(auth: BetterAuth, { email, name, password }: NewUser): Promise<User> {
  if (password !== undefined) checkPassword(password);
  if ((await byEmail(auth, email)) !== undefined) {
    throw new Fault("conflict", `${email} has an account already`);
  }
  const { internalAdapter } = await auth.$context;
  const user = await internalAdapter.createUser(
    // Whoever runs the installation vouches for the address; there is no mail to prove it by.
    { email: email.trim().toLowerCase(), name, emailVerified: true },
    { method: "email" },
  );
  if (password !== undefined) await givePassword(auth, user.id, password);
  return { userId: user.id, email: user.email, name: user.name };
}

async function setPassword(
  auth: BetterAuth,
  headers: Headers,
  change: PasswordChange,
): Promise<void> {
  const found = await auth.api.getSession({ headers });
  if (found === null)
    throw new Fault("not_signed_in", "Only a person who signed in has a password");
  checkPassword(change.newPassword);
  const { user, session } = found;
  const { internalAdapter, password } = await auth.$context;
  const hash = await passwordHash(auth, user.id);
  const isRight =
    hash === undefined ||
    (change.currentPassword !== undefined &&
      (await password.verify({ hash, password: change.currentPassword })));
  if (!isRight) throw new Fault("invalid", "The current password is not right");
  await givePassword(auth, user.id, change.newPassword);
  const sessions = await internalAdapter.listSessions(user.id);
  for (const { token } of sessions) {
    if (token !== session.token) await internalAdapter.deleteSession(token);
  }
}

export function users(auth: BetterAuth): Users {
  return {
    create: (user) => create(auth, user),
    byEmail: (email) => byEmail(auth, email),
    first: () => first(auth),
    hasPassword: (userId) => hasPassword(auth, userId),
    setPassword: (headers, change) => setPassword(auth, headers, change),
  };
}
