/** An option of a command line with its value; nothing where there is none. */
export function option(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}
