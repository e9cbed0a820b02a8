/** What was typed behind `stint exec`, as the API takes it. */
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

import { adapterNamed } from "#agent-cli/adapters.ts";
import { Fault } from "#domain/fault.ts";

import type { DeskOptions } from "../desk.ts";
import type { Place } from "../reach.ts";

export interface ExecOptions extends DeskOptions {
  readonly folder?: string;
  readonly model?: string;
  readonly permission?: string;
  readonly maxTurns?: number;
  readonly label?: string;
  readonly node?: string;
  readonly env?: readonly string[];
  readonly limitTime?: number;
  readonly limitIdle?: number;
  readonly limitMemory?: number;
  readonly limitOutput?: number;
  readonly limitCost?: string;
  readonly ask: boolean;
  readonly shared: boolean;
  readonly detach: boolean;
}

export interface Words {
  /** In order, without the `--` between or before them. */
  readonly words: readonly string[];
  /** They stand behind a `--`: a command, and no Agent CLI with its prompt. */
  readonly isCommand: boolean;
}

/** By whether anything stands before the first `--`. */
export function wordsOf(words: readonly string[], argv: readonly string[]): Words {
  const dashes = argv.indexOf("--");
  return { words, isCommand: dashes !== -1 && argv.length - dashes - 1 === words.length };
}

/** @throws Fault `bad_request` for what is missing */
export async function inputOf(
  given: Words,
  options: ExecOptions,
  place: Place,
): Promise<Readonly<Record<string, unknown>>> {
  const { model, permission, maxTurns, label, node: nodeId } = options;
  const [asks, shared] = [options.ask || undefined, options.shared || undefined];
  const env = environmentOf(options.env ?? [], place);
  return {
    ...(await workOf(given)),
    folder: folderOf(options.folder, place),
    ...defined({
      model,
      permission,
      maxTurns,
      label,
      nodeId,
      asks,
      shared,
      limits: limitsOf(options),
    }),
    ...(Object.keys(env).length > 0 && { env }),
  };
}

async function workOf({ words, isCommand }: Words): Promise<Readonly<Record<string, unknown>>> {
  const [cli, ...prompt] = words;
  if (cli === undefined) {
    throw new Fault(
      "bad_request",
      isCommand ? "No command stands behind --" : "Nothing is named to run",
      {
        suggestion:
          'Name an Agent CLI and what it is to do, as in `stint exec claude "Fix the tests"`, or a command, as in `stint exec -- npm test`',
      },
    );
  }
  if (isCommand) return { cli: "command", command: words };
  demandKnown(cli);
  return { cli, prompt: await promptOf(prompt) };
}

/** Said here, where it can be said how a command is meant. */
function demandKnown(cli: string): void {
  try {
    adapterNamed(cli);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const suggestion = `${cause.suggestion ?? ""} A command stands behind --, as in \`stint exec -- ${cli}\`.`;
    throw new Fault("bad_request", cause.message, { cause, suggestion });
  }
}

/**
 * From standard input where it is not typed, or is `-`.
 * @throws Fault `bad_request` where nothing is said
 */
export async function promptOf(words: readonly string[]): Promise<string> {
  const typed = words.join(" ");
  if (typed !== "" && typed !== "-") return typed;
  if (typed === "-" || !process.stdin.isTTY) {
    const read = await text(process.stdin);
    if (read.trim() !== "") return read;
  }
  throw new Fault("bad_request", "It is not said what the agent is to do", {
    suggestion: 'Say it in quotes at the end, such as "Fix the tests", or on standard input',
  });
}

function folderOf(folder: string | undefined, place: Place): string {
  if (place.kind === "folder") return resolve(folder ?? ".");
  if (folder?.startsWith("/") === true) return folder;
  throw new Fault(
    "bad_request",
    `It runs on the machine of ${place.url.origin}, and no folder there is named`,
    {
      suggestion: "Name one by its whole path with --folder",
    },
  );
}

/**
 * What is named with --env: "NAME=VALUE", or "NAME" as it is here. On this machine, programs are found as they are
 * found here, also where a server with another path starts them.
 */
function environmentOf(named: readonly string[], place: Place): Readonly<Record<string, string>> {
  const path = place.kind === "folder" ? process.env["PATH"] : undefined;
  const given = named.map((each): readonly [string, string] => {
    const sign = each.indexOf("=");
    if (sign !== -1) return [each.slice(0, sign), each.slice(sign + 1)];
    const value = process.env[each];
    if (value !== undefined) return [each, value];
    throw new Fault("bad_request", `The environment holds no ${each}`, {
      suggestion: `Give its value: --env ${each}=…`,
    });
  });
  return { ...(path !== undefined && { PATH: path }), ...Object.fromEntries(given) };
}

function limitsOf(options: ExecOptions): Readonly<Record<string, unknown>> | undefined {
  const limits = defined({
    totalMs: options.limitTime,
    idleMs: options.limitIdle,
    memoryBytes: options.limitMemory,
    outputBytes: options.limitOutput,
    cost: options.limitCost,
  });
  return Object.keys(limits).length === 0 ? undefined : limits;
}

function defined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
