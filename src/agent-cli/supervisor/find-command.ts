/** Where a command is, and that its folder is there: told in words, since a shell's are for nobody. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, resolve } from "node:path";

import { Fault } from "#domain/fault.ts";

import { isFolder } from "../is-folder.ts";

/** @throws Fault `invalid` */
export function demandFolder(cwd: string): void {
  if (isFolder(cwd)) return;
  throw new Fault("invalid", `The working folder "${cwd}" does not exist.`, {
    suggestion: "Make it, or name another one.",
  });
}

/**
 * As a shell finds it, by name along the path or by a path from the working folder.
 * @throws Fault `invalid`
 */
export function findCommand(command: string, path: string, cwd: string): string {
  const isPath = command.includes("/");
  const places = isPath ? [""] : path.split(delimiter).filter((place) => place !== "");
  const found = places
    .map((place) => (isAbsolute(command) ? command : resolve(cwd, place, command)))
    .find(isExecutable);
  if (found !== undefined) return found;
  throw new Fault("invalid", `The command "${command}" was not found.`, {
    suggestion: isPath
      ? "Check the path, and that the file may be executed."
      : "Install it, or give its whole path.",
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
