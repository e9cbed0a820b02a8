/** In which folders of its machine a server lets Agent CLIs and commands work: who operates it says so. */
import { realpathSync } from "node:fs";
import { delimiter, resolve, sep } from "node:path";

import { isFolder } from "#agent-cli/is-folder.ts";
import { Fault } from "#domain/fault.ts";

/** @throws Fault `invalid` where the folder is not there, `forbidden` where nothing may work in it */
export type DemandFolder = (folder: string) => void;

/**
 * @param setting `STINT_FOLDERS`: folders, apart as in a path; what lies within them is allowed, where it really lies.
 * Undefined: any folder is. Empty: none.
 */
export function allowedFolders(setting: string | undefined): DemandFolder {
  const allowed = setting?.split(delimiter).filter((folder) => folder !== "");
  return (folder) => {
    if (!isFolder(folder))
      throw new Fault("invalid", `There is no folder ${folder} on the server's machine.`, {
        suggestion: "Make it, or name another one.",
      });
    if (allowed === undefined) return;
    const real = realpathSync(folder);
    if (allowed.some((one) => isWithin(real, realOf(one)))) return;
    throw new Fault("forbidden", `Nothing may be started in ${folder} on this server.`, {
      suggestion:
        allowed.length === 0
          ? "Who operates the server lets nothing be started on its machine (STINT_FOLDERS)."
          : "Name a folder within those that STINT_FOLDERS of the server names.",
    });
  };
}

/** One that is not there yet stands for itself. */
function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

function isWithin(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}
