/** Whether the API answers there, and not the page. */
export function isApiPath(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}
