import type { InvocationQuestion } from "#contract/shapes/invocation-questions.ts";
import { visible } from "#contract/visible.ts";

const PLAIN = /^[\w.:-]+$/;

/** Names one question to `stint answer`, as a shell takes it: its id is the agent's choice, and another question may be open by then. */
export function requestOption({ request }: Pick<InvocationQuestion, "request">): string {
  const id = `${request}`;
  const quoted = `'${visible(id).replaceAll("'", String.raw`'\''`)}'`;
  return `--request=${PLAIN.test(id) ? id : quoted}`;
}
