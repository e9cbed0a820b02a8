/** All that Stint knows how to run, by name. */
import { basename } from "node:path";

import { Fault } from "#domain/fault.ts";

import type { Adapter } from "./adapter.ts";
import { acpAdapter } from "./adapters/acp.ts";
import { claude } from "./adapters/claude.ts";
import { codex } from "./adapters/codex.ts";
import { gemini } from "./adapters/gemini.ts";
import { opencode } from "./adapters/opencode.ts";
import { qwen } from "./adapters/qwen.ts";

const NATIVE: Readonly<Record<string, Adapter>> = { claude, codex, gemini, opencode, qwen };

const ACP = "acp:";

/**
 * "claude", "codex", "gemini", "opencode" or "qwen"; or "acp:" and the command line of any agent
 * that speaks that protocol, its words apart by spaces: "acp:goose acp".
 * @throws Fault `invalid` for any other
 */
export function adapterNamed(name: string): Adapter {
  const native = Object.hasOwn(NATIVE, name) ? NATIVE[name] : undefined;
  if (native !== undefined) return native;
  const [program, ...args] = name.startsWith(ACP) ? wordsOf(name.slice(ACP.length)) : [];
  if (program !== undefined) return acpAdapter(program, args);
  throw new Fault("invalid", `"${name}" is no Agent CLI that Stint knows.`, {
    suggestion: `Name one of ${Object.keys(NATIVE).join(", ")}, or "acp:" and the command that starts an agent which speaks the Agent Client Protocol.`,
  });
}

/** By the program's name; null for one that is no Agent CLI that Stint knows. */
export function adapterOfProgram(command: string): Adapter | null {
  const name = basename(command);
  return Object.hasOwn(NATIVE, name) ? (NATIVE[name] ?? null) : null;
}

function wordsOf(line: string): readonly string[] {
  return line.split(" ").filter((word) => word !== "");
}
