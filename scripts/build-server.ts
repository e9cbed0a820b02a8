/**
 * Builds the server into `dist/server`: the same program in few files, without its types. `bin/stint.js` runs it as long
 * as no source is newer. A build takes the place of the one before it when it is whole.
 */
import { globSync, renameSync, rmSync, utimesSync } from "node:fs";
import { basename, join, posix, relative } from "node:path";

import { build, type Plugin } from "vite";

const ROOT = join(import.meta.dirname, "..");
const BUILT = join(ROOT, "dist/server");
const MAIN = "src/cli/main.ts";

/** What a source finds beside itself, its build finds there too; only its threads start from the build. */
const keepAddresses: Plugin = {
  name: "stint-addresses",
  enforce: "pre",
  transform: (code, path) => {
    if (!path.endsWith(".ts") || path.includes("node_modules")) return null;
    const source = relative(BUILT, path).replaceAll("\\", "/");
    const folder = posix.dirname(source);
    return code
      .replaceAll(
        /new URL\("\.\/([\w-]+\.worker)\.ts", import\.meta\.url\)/g,
        `new URL(import.meta.resolve("./$1.js"))`,
      )
      .replaceAll("import.meta.dirname", `(import.meta.dirname + "/${folder}")`)
      .replaceAll("import.meta.url", `new URL("${source}", import.meta.url).href`);
  },
};

/** The command line and each thread, by the names of their files. */
function entries(): Readonly<Record<string, string>> {
  const sources = [MAIN, ...globSync("src/**/*.worker.ts", { cwd: ROOT })];
  const named = sources.map((source) => [basename(source, ".ts"), join(ROOT, source)] as const);
  return Object.fromEntries(named);
}

/** @param place a folder as deep in the repository as `BUILT` */
export async function buildServer(place: string = BUILT): Promise<void> {
  const begun = new Date();
  const fresh = `${place}.${process.pid}`;
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    plugins: [keepAddresses],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: fresh,
      target: "node24",
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: entries(),
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  // As old as its sources were read: one that was saved meanwhile is newer.
  utimesSync(join(fresh, "main.js"), begun, begun);
  rmSync(place, { recursive: true, force: true });
  renameSync(fresh, place);
}

if (import.meta.main) await buildServer();
