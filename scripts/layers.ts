/**
 * Who may import whom. ARCHITECTURE.md quotes these tables; `check-imports.ts` holds the code to them.
 */

/** The folders of `src/`, inner to outer: each may import those before it, and nothing after it. */
export const LAYERS = [
  "domain",
  "contract",
  "instructions",
  "store",
  "ledger",
  "search",
  "workspace",
  "crm",
  "engine",
  "actions",
  "providers",
  "agent-cli",
  "drivers",
  "analytics",
  "auth",
  "upkeep",
  "api",
] as const;

/** What stands around the layers, and what of them (and of each other) it may import. */
export const AROUND: Readonly<Record<string, readonly string[]>> = {
  // The example workspace: data, and the calls that put it into a store.
  example: LAYERS,
  // Where the parts are put together.
  app: [...LAYERS, "example"],
  // The library's two doors.
  library: LAYERS,
  cli: [...LAYERS, "example", "app", "library", "bench"],
  // The page runs in a browser and speaks to the server by the contract alone.
  web: ["domain", "contract"],
  test: [...LAYERS, "example", "app", "library", "cli", "bench", "web", "scripts", "examples"],
  bench: [...LAYERS, "app", "library", "cli"],
  // What the package exports: `stint`, `stint/testing`, and `stint/records` of agent-cli.
  examples: ["library", "agent-cli"],
  scripts: [...LAYERS, "app", "library"],
};

/** A browser loads these, so they may need nothing of Node's. */
export const WITHOUT_NODE: readonly string[] = ["domain", "contract"];

/** What may be loaded from some files on, by whatever way: their own folders and these packages. */
export interface Frugal {
  readonly name: string;
  readonly entries: readonly string[];
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

export const FRUGAL: readonly Frugal[] = [
  {
    // What `import { open } from "stint"` loads: no server, page or sign-in code.
    name: "the library",
    entries: ["src/index.ts", "src/testing.ts"],
    folders: ["library", "domain", "store", "ledger", "engine"],
    packages: ["kysely", "uuid", "zod"],
  },
  {
    // A thread loads everything anew: a package costs the time and memory of every start.
    name: "the writer thread",
    entries: ["src/ledger/ledgers/sqlite.worker.ts"],
    folders: ["domain", "store", "ledger"],
    packages: [],
  },
  {
    // One for each archive that is written or verified, and for each look at the pages.
    name: "the archive's and the storage's threads",
    entries: ["src/ledger/archive/archive.worker.ts", "src/ledger/storage.worker.ts"],
    folders: ["domain", "store", "ledger"],
    packages: [],
  },
];

/** Starting processes is kept to one place in the product. */
export const MAY_START_PROCESSES: readonly RegExp[] = [
  /^src\/agent-cli\/supervisor/,
  /^(scripts|test|bench|src\/cli)\//,
  /\.test\.ts$/,
];
