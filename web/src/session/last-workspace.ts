/** The workspace that was open last, so that the next visit begins there. */
import type { Workspace } from "#contract/shapes/workspaces.ts";

const KEY = "stint-workspace";

export function rememberWorkspace(id: string): void {
  localStorage.setItem(KEY, id);
}

export function rememberedWorkspace(): string | null {
  return localStorage.getItem(KEY);
}

/** The remembered one while it can still be entered, else the first. */
export function chooseWorkspace(
  workspaces: readonly Workspace[],
  remembered: string | null,
): string | undefined {
  return (workspaces.find(({ id }) => id === remembered) ?? workspaces[0])?.id;
}
