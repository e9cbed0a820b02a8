/** Agents without a model, as programs on a path of their own. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FAKE_CLAUDE = join(import.meta.dirname, "../fixtures/claude-without-model.mjs");

export interface FakeAgents extends AsyncDisposable {
  /** A folder to work in. */
  readonly folder: string;
  /** What an invocation is given, so that it finds them, and keeps its sessions here. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the agent says with what it was started. */
  readonly log: string;
  /** A path at which nothing is yet; `open` puts a file there. */
  readonly gate: () => { readonly path: string; readonly open: () => void };
}

export async function fakeAgents(): Promise<FakeAgents> {
  const root = await mkdtemp(join(tmpdir(), "stint-agents-"));
  const [bin, home, folder] = ["bin", "home", "work"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [bin, home, folder]) mkdirSync(each);
  const claude = join(bin, "claude");
  writeFileSync(claude, `#!/bin/sh\nexec "${process.execPath}" "${FAKE_CLAUDE}" "$@"\n`);
  chmodSync(claude, 0o755);
  const log = join(root, "started");
  const path = `${bin}:${process.env["PATH"] ?? ""}`;
  let gates = 0;
  return {
    folder,
    log,
    env: { PATH: path, HOME: home, FAKE_CLAUDE_LOG: log },
    gate: () => {
      const at = join(root, `gate-${++gates}`);
      return {
        path: at,
        open: () => {
          if (!existsSync(at)) writeFileSync(at, "");
        },
      };
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
