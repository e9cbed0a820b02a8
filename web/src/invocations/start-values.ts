/** The form that starts an invocation: what it holds, and what the server is asked. */
import { canAsk, type Invocation, type InvocationInput } from "#contract/shapes/invocations.ts";

import { quoteWords, splitWords } from "./command-words.ts";

export interface StartValues {
  readonly cli: string;
  readonly prompt: string;
  readonly command: string;
  /** What starts an agent that speaks the Agent Client Protocol. */
  readonly agent: string;
  readonly folder: string;
  readonly permission: InvocationInput["permission"];
  readonly model: string;
  readonly label: string;
  readonly session: string;
  readonly env: string;
  readonly maxTurns: string;
  readonly totalMinutes: string;
  readonly idleMinutes: string;
  readonly stallMinutes: string;
  readonly memoryMegabytes: string;
  readonly cost: string;
  /** What goes beyond its permission waits for an answer. */
  readonly asks: boolean;
  /** It does not wait until others are done in its folder. */
  readonly shared: boolean;
}

export const NOTHING_CHOSEN: StartValues = {
  cli: "claude",
  prompt: "",
  command: "",
  agent: "",
  folder: "",
  permission: "edit",
  model: "",
  label: "",
  session: "",
  env: "",
  maxTurns: "",
  totalMinutes: "",
  idleMinutes: "",
  stallMinutes: "",
  memoryMegabytes: "",
  cost: "",
  asks: false,
  shared: false,
};

export type StartField = keyof StartValues;
export type TextField = Exclude<StartField, "asks" | "shared">;
export type StartErrors = Readonly<Partial<Record<StartField, string>>>;

export type Started =
  | { readonly ok: true; readonly input: Input }
  | { readonly ok: false; readonly errors: StartErrors };
/** As it goes over the wire. */
export type Input = Partial<InvocationInput> & Pick<InvocationInput, "cli" | "folder">;

/** What is not filled in is not sent; what only this page can know to be wrong is said by its field. */
export function startOf(values: StartValues): Started {
  const errors: { -readonly [F in StartField]?: string } = {};
  const numberIn = (field: TextField, times: number): number | undefined => {
    const text = values[field].trim();
    if (text === "") return undefined;
    const number = Number(text.replace(",", "."));
    if (!(number > 0)) errors[field] = "is a number greater than 0";
    return Math.round(number * times);
  };
  const limits = filled({
    totalMs: numberIn("totalMinutes", 60_000),
    idleMs: numberIn("idleMinutes", 60_000),
    stallMs: numberIn("stallMinutes", 60_000),
    memoryBytes: numberIn("memoryMegabytes", 1_000_000),
    cost: textIn(values.cost),
  });
  const input: Input = {
    cli: values.cli === "acp" ? `acp:${values.agent.trim()}` : values.cli,
    folder: values.folder.trim(),
    ...filled({
      ...workOf(values, errors),
      model: textIn(values.model),
      label: textIn(values.label),
      session: textIn(values.session),
      maxTurns: numberIn("maxTurns", 1),
      env: envIn(values.env, errors),
      permission: values.cli === "command" ? undefined : values.permission,
      asks: values.asks && mayAsk(values) ? true : undefined,
      shared: values.shared && values.cli !== "command" ? true : undefined,
    }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
  return Object.keys(errors).length === 0 ? { ok: true, input } : { ok: false, errors };
}

/** Whether there is anything that it could ask for. */
export const mayAsk = ({ cli, permission }: StartValues): boolean =>
  canAsk(cli === "acp" ? "acp:" : cli) && permission !== "all";

/** What another one was started with, but for the values of its environment, which nobody is told. */
export function valuesLike(like: Invocation): StartValues {
  const { cli, roundList, command, folder, permission, model, label, maxTurns, limits } = like;
  const { asks } = like;
  const text = (value: number | null | undefined, unit = 1): string =>
    value === null || value === undefined ? "" : String(value / unit);
  return {
    ...NOTHING_CHOSEN,
    cli: cli.startsWith("acp:") ? "acp" : cli,
    agent: cli.startsWith("acp:") ? cli.slice(4).trim() : "",
    prompt: roundList[0]?.prompt ?? "",
    command: quoteWords(command ?? []),
    folder,
    permission,
    asks,
    model: model ?? "",
    label: label ?? "",
    maxTurns: text(maxTurns),
    totalMinutes: text(limits.totalMs, 60_000),
    idleMinutes: text(limits.idleMs, 60_000),
    stallMinutes: text(limits.stallMs, 60_000),
    memoryMegabytes: text(limits.memoryBytes, 1_000_000),
    cost: limits.cost ?? "",
  };
}

type Errors = { -readonly [F in StartField]?: string };

const textIn = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());

function workOf(
  { cli, prompt, command }: StartValues,
  errors: Errors,
): Pick<Input, "prompt" | "command"> {
  if (cli !== "command") return { prompt };
  const split = splitWords(command);
  if (!split.ok) errors.command = split.message;
  else if (split.words.length === 0) errors.command = "is missing: name the program";
  return { command: split.ok ? [...split.words] : [] };
}

/** Lines of `NAME=value`. */
function envIn(text: string, errors: Errors): Record<string, string> | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const wrong = lines.find((line) => !/^\s*[A-Za-z_]\w*=/.test(line));
  if (wrong !== undefined) errors.env = `is a line NAME=value each; this is none: ${wrong.trim()}`;
  if (lines.length === 0 || wrong !== undefined) return undefined;
  return Object.fromEntries(
    lines.map((line) => {
      const place = line.indexOf("=");
      return [line.slice(0, place).trim(), line.slice(place + 1)];
    }),
  );
}

type Filled<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function filled<T extends object>(fields: T): Filled<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Filled<T>;
}

const FIELD_OF: Readonly<Record<string, StartField>> = {
  totalMs: "totalMinutes",
  idleMs: "idleMinutes",
  stallMs: "stallMinutes",
  memoryBytes: "memoryMegabytes",
  cost: "cost",
};

interface Wrong {
  readonly path: string;
  readonly message: string;
}

/** What is about no field of the form. */
export function unplaced(cli: string, errors: readonly Wrong[] = []): readonly Wrong[] {
  return errors.filter(({ path }) => fieldOf(cli, path) === undefined);
}

/** The server's words by the field that they are about, of several the first. */
export function errorsOf(cli: string, errors: readonly Wrong[]): StartErrors {
  return Object.fromEntries(
    errors.toReversed().flatMap(({ path, message }) => {
      const field = fieldOf(cli, path);
      return field === undefined ? [] : [[field, message]];
    }),
  );
}

function fieldOf(cli: string, path: string): StartField | undefined {
  const [name = "", part = ""] = path.split(".");
  if (name === "limits") return FIELD_OF[part];
  if (name === "cli" && cli === "acp") return "agent";
  return Object.keys(NOTHING_CHOSEN).find((field): field is StartField => field === name);
}

/** Whether something stands in a part of the form that is folded, so that it has to be open. */
export function isInMore(errors: StartErrors): boolean {
  const shown: readonly StartField[] = [
    "cli",
    "prompt",
    "command",
    "agent",
    "folder",
    "model",
    "permission",
    "asks",
  ];
  return Object.keys(errors).some((field) => !shown.some((one) => one === field));
}

/** The same by the command line, for whoever would rather type it. */
export const COMMAND_LINE = 'stint exec claude "Fix the failing test" --folder /path/to/project';
