/** What an address holds after its `?`, as texts: nothing else is taken from it. */
export function readSearch<const Name extends string>(
  ...names: readonly Name[]
): (search: Readonly<Record<string, unknown>>) => { [N in Name]?: string | undefined } {
  return (search) => {
    const found = names.flatMap((name) => {
      const text = textOf(search[name]);
      return text === undefined ? [] : [[name, text] as const];
    });
    return Object.fromEntries(found) as { [N in Name]?: string | undefined };
  };
}

/** The router reads `?search=123` as a number. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
