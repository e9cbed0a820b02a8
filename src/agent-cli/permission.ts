/** What an agent may do without asking anybody. */
import { readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

import type { Asked } from "./events.ts";

/** In its folder: read, or edit as well; or do anything, anywhere. */
export type Permission = "read" | "edit" | "all";

export interface Permitted {
  readonly permission: Permission;
  /** The working folder's absolute path. */
  readonly folder: string;
}

const EXTENT: Readonly<Record<Permission, number>> = { read: 0, edit: 1, all: 2 };

/** Whether the task has permitted already what is asked. */
export function isPermitted({ permission, folder }: Permitted, asked: Asked): boolean {
  if (permission === "all") return true;
  if (EXTENT[asked.needs] > EXTENT[permission] || !canBeAllowedOnce(asked)) return false;
  return asked.places.every((place) => isWithin(folder, place, asked.needs));
}

/** An answer for ever would permit what was not asked. */
function canBeAllowedOnce({ options }: Asked): boolean {
  return options.length === 0 || options.some(({ kind }) => kind === "allow_once");
}

/** The folder itself may be read, and is not for the agent to change. */
function isWithin(folder: string, place: string, needs: Permission): boolean {
  if (place.split(sep).includes(UP)) return false; // where that leads depends on links
  const path = relative(real(folder), real(resolve(folder, place)));
  return path === "" ? needs === "read" : path !== UP && !path.startsWith(UP + sep);
}

const UP = "..";
const MOST_LINKS = 40; // as Linux follows

/** Where a path really leads, also where it leads to what is not there yet. */
function real(path: string, links = MOST_LINKS): string {
  const folder = dirname(path);
  if (folder === path || links === 0) return "/";
  try {
    return realpathSync(path);
  } catch {
    const link = linkAt(path);
    if (link !== null) return real(resolve(real(folder), link), links - 1);
    return join(real(folder), basename(path));
  }
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
