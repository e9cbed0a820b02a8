/** Whether an error says that there is no such file, nor a folder that it could be in. Any other is about more. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(error.code);
}

const CODES: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);
