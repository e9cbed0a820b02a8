/** What an invocation is started with, and gone on with. */
import type { Permission } from "#agent-cli/permission.ts";

import type { RoundAccount } from "./account.ts";

export interface InvocationInput {
  /** The Agent CLI by its name, `command`, or `acp:` and a command line. */
  readonly cli: string;
  /** Null with a command. */
  readonly prompt: string | null;
  /** With a command: the program and its arguments. */
  readonly command: readonly string[] | null;
  /** The working folder's absolute path. */
  readonly folder: string;
  readonly permission: Permission;
  readonly model?: string;
  readonly maxTurns?: number;
  /** A session that is there already. */
  readonly session?: string;
  /** What goes beyond its permission waits for a person's answer; else it is denied. */
  readonly asks?: boolean;
  /** It may work in its folder beside others that may, too. */
  readonly shared?: boolean;
  readonly limits?: Limits;
  /** What is added to the environment, sealed; and the names of it. */
  /** What came of its first round, where it ran without Stint. */
  readonly imported?: RoundAccount;
  readonly env?: { readonly names: readonly string[]; readonly sealed: string };
}

/** Of one whose input was erased, or is not kept any more. */
export const NO_INPUT: InvocationInput = {
  cli: "command",
  prompt: "",
  command: null,
  folder: "",
  permission: "read",
};

/** Each but the cost is a round's; times in milliseconds. */
export interface Limits {
  readonly totalMs?: number;
  readonly idleMs?: number;
  readonly stallMs?: number;
  readonly memoryBytes?: number;
  readonly outputBytes?: number;
  /** Of all rounds together; dollars as digits. */
  readonly cost?: string;
}

/** With what an invocation is opened again. */
export interface FollowUp {
  readonly prompt: string;
  /** What bounds the invocation from now on. */
  readonly limits?: Pick<Limits, "cost">;
  /** What came of it, where it ran without Stint. */
  readonly imported?: RoundAccount;
}

/** Agent CLIs that are known by name, and the two for all others. */
const FAMILIES = ["claude", "codex", "gemini", "opencode", "qwen", "acp", "command"] as const;
export type Family = (typeof FAMILIES)[number];

const DRIVER = "invocation.";

/** The programs' names: one a family, so that lists tell them apart. */
export const driverOf = (family: Family): string => `${DRIVER}${family}`;
export const DRIVERS = FAMILIES.map(driverOf);

/** Undefined: Stint knows no such Agent CLI. */
export function familyOf(cli: string): Family | undefined {
  const name = cli.startsWith("acp:") ? "acp" : cli;
  return FAMILIES.find((family) => family === name);
}
