/** The runs that were started by hand on this page and have not been told to their end. */
const watched = new Set<string>();
const listeners = new Set<(executionId: string) => void>();

export function watchRun(executionId: string): void {
  watched.add(executionId);
  for (const tell of listeners) tell(executionId);
}

export function isWatched(executionId: string): boolean {
  return watched.has(executionId);
}

export function dropRun(executionId: string): void {
  watched.delete(executionId);
}

export function onWatched(listener: (executionId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
