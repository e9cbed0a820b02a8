/** The environment of an Agent CLI: the user's own, with their home and logins, but nothing of Stint's. */
export type Environment = Readonly<Record<string, string>>;

/** What belongs to this program and its tools, and would steer it or be given away in another. */
const OURS =
  /^(?:STINT_.*|npm_.*|NODE_OPTIONS|NODE_V8_COVERAGE|NODE_TEST_.*|NODE_COMPILE_CACHE|INIT_CWD)$/;

export function agentEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  added: Environment = {},
): Environment {
  const kept = Object.entries(own).flatMap(([name, value]) =>
    value === undefined || OURS.test(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), ...added };
}
