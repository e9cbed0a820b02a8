/** Server-sent events as they come in over a stream. */
export interface ServerEvent {
  /** The last id that was named. */
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** @param chunks the stream's text, broken anywhere */
export async function* readEvents(chunks: AsyncIterable<unknown>): AsyncGenerator<ServerEvent> {
  let rest = "";
  let id: string | undefined;
  for await (const chunk of chunks) {
    const blocks = `${rest}${String(chunk)}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = fieldsOf(block);
      id = fields.get("id") ?? id;
      const data = fields.get("data");
      yield { id, event: fields.get("event") ?? "message", data: data ?? "" };
    }
  }
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const lines = block.split("\n").filter((line) => line !== "" && !line.startsWith(":"));
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    }),
  );
}
