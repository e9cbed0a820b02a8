/** The prompt in an Agent CLI's command line, for launchers that do not say it apart. */
const NAMED = /^(?:--prompt|-p)=(.*)$/s;

/** What stands after "--", else in an option `--prompt`, else last; "" where there is none. */
export function promptIn(args: readonly string[]): string {
  const alone = args.indexOf("--");
  if (alone >= 0) return args.slice(alone + 1).at(-1) ?? "";
  for (const [index, arg] of args.entries()) {
    const joined = NAMED.exec(arg)?.[1];
    if (joined !== undefined) return joined;
    const next = args[index + 1];
    if (arg === "--prompt" && next !== undefined) return next;
  }
  const last = args.at(-1) ?? "";
  return last.startsWith("-") ? "" : last;
}
