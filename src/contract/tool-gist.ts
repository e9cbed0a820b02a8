/** What of a tool call's input tells one call from another: the command, the file, the pattern. */

/** In the order in which they are asked for, whatever the Agent CLI calls its tool. */
const FIELDS = [
  "command",
  "cmd",
  "file_path",
  "filePath",
  "absolute_path",
  "notebook_path",
  "pattern",
  "query",
  "url",
  "path",
  "dir_path",
  "description",
  "prompt",
  "title",
  "name",
] as const;

const LONGEST = 500;

/**
 * One line; empty where the input says nothing in words.
 * @param folder the working folder: what lies in it is told from there.
 */
export function gistOf(input: unknown, folder?: string): string {
  const gist = oneLine(unwrapped(tellingOf(input)));
  return folder === undefined ? gist : gist.replaceAll(`${folder}/`, "");
}

/** Whether the gist is all that the input holds. */
export function isWhole(input: unknown): boolean {
  const fields = typeof input === "object" && input !== null ? Object.values(input) : [input];
  return fields.length === 1 && fields[0] === gistOf(input);
}

function tellingOf(input: unknown): string {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null) return "";
  const fields = input as Readonly<Record<string, unknown>>;
  const found = FIELDS.map((name) => wordsOf(fields[name])).find((words) => words !== "") ?? "";
  if (found === "") return changesOf(fields["changes"]);
  const [pattern, path] = [wordsOf(fields["pattern"]), wordsOf(fields["path"])];
  return found === pattern && path !== "" ? `${pattern} in ${path}` : found;
}

function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  const isWords = Array.isArray(value) && value.every((word) => typeof word === "string");
  return isWords ? value.join(" ") : "";
}

/** Files that are changed together, as Codex tells them. */
function changesOf(changes: unknown): string {
  if (!Array.isArray(changes)) return "";
  const paths = changes.map((change: unknown) =>
    wordsOf((change as { readonly path?: unknown } | null)?.path),
  );
  return paths.filter((path) => path !== "").join(", ");
}

const SHELL = /^(?:\S*\/)?(?:ba|z|da)?sh -l?c (?<script>[^]+)$/;

/** A shell around a command says nothing of its own. */
function unwrapped(command: string): string {
  const script = SHELL.exec(command)?.groups?.["script"];
  return script === undefined
    ? command
    : (/^(?<quote>['"])(?<inner>[^]*)\k<quote>$/.exec(script)?.groups?.["inner"] ?? script);
}

function oneLine(text: string): string {
  const flat = text.trim().replaceAll(/\s+/g, " ");
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}
