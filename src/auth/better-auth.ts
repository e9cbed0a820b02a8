/** better-auth, set up: the one file that says which of its features are on. */
import { DatabaseSync } from "node:sqlite";

import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { magicLink } from "better-auth/plugins";

const DAY_SECONDS = 86_400;

export type AuthLog = (level: "warn" | "error", message: string) => void;

export interface AuthSettings {
  readonly path: string;
  readonly secret: string;
  /** Where the server answers, as `http://127.0.0.1:4400`. */
  readonly baseUrl: string;
  readonly log?: AuthLog;
  /** For how long a verified key is remembered; for tests to move. */
  readonly now?: () => number;
}

/** Of better-auth's endpoints, those that anybody can reach; the rest are for the program itself. */
export const OPEN_PATHS: ReadonlySet<string> = new Set([
  "/api/auth/sign-in/email",
  "/api/auth/sign-out",
  "/api/auth/get-session",
  "/api/auth/magic-link/verify",
  "/api/auth/ok",
]);

/** The client's address as the server saw it; a header of that name from outside is dropped. */
export const ADDRESS_HEADER = "x-stint-client-address";

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

/** The page is served from where the API is, under whatever name it was reached. */
function sameOrigin(request?: Request): string[] {
  const host = request?.headers.get("host");
  return host === null || host === undefined ? [] : [`http://${host}`, `https://${host}`];
}

/** Its own file, so that the ledger's keeps one writer; a second process may write it for a moment. */
function openFile(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma busy_timeout = 5000");
  db.exec("pragma journal_mode = wal");
  db.exec("pragma synchronous = full");
  return db;
}

/** Links by e-mail address, as they are made: the program prints them, nobody mails them. */
export type Links = Map<string, string>;

function linkOptions(links: Links): Parameters<typeof magicLink>[0] {
  return {
    disableSignUp: true,
    expiresIn: DAY_SECONDS,
    storeToken: "hashed",
    sendMagicLink: ({ email, url }) => {
      links.set(email, url);
    },
  };
}

const KEY_OPTIONS = {
  // The plugin's own default is 10 requests a day for each key.
  rateLimit: { enabled: false },
  enableMetadata: true,
  requireName: true,
  maximumNameLength: 200,
  defaultPrefix: "stint_",
  startingCharactersConfig: { shouldStore: true, charactersLength: 12 },
  keyExpiration: { minExpiresIn: 1, maxExpiresIn: 3650, defaultExpiresIn: null },
};

function configure(db: DatabaseSync, links: Links, settings: AuthSettings) {
  const { secret, baseUrl, log } = settings;
  return betterAuth({
    database: db,
    secret,
    baseURL: baseUrl,
    basePath: "/api/auth",
    trustedOrigins: sameOrigin,
    telemetry: { enabled: false },
    logger: {
      level: "warn",
      log: (level, message) => {
        // A wrong key is the caller's mistake, and they are told; it is no news to the operator.
        if (message.startsWith("Failed to validate API key")) return;
        // Said before the migrations have run, which is right below.
        if (message.startsWith("Database schema mismatch")) return;
        log?.(level === "error" ? "error" : "warn", message);
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { "/sign-in/email": { window: 60, max: 60 } },
    },
    advanced: { ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] } },
    plugins: [magicLink(linkOptions(links)), apiKey(KEY_OPTIONS)],
  });
}

export type BetterAuth = ReturnType<typeof configure>;

export interface OpenedAuth {
  readonly auth: BetterAuth;
  readonly db: DatabaseSync;
  readonly links: Links;
}

/** Opens the file and brings its tables up to date. */
export async function openBetterAuth(settings: AuthSettings): Promise<OpenedAuth> {
  const db = openFile(settings.path);
  const links: Links = new Map();
  const auth = configure(db, links, settings);
  const migrations = await getMigrations(auth.options);
  if (migrations.toBeCreated.length + migrations.toBeAdded.length > 0) {
    await migrations.runMigrations();
  }
  return { auth, db, links };
}
