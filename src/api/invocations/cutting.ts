/** Of what an event says, as much as a page can draw; where the whole stands is said with it. */
import type { OutputEvent } from "#contract/shapes/invocation-output.ts";

/** In UTF-8. */
export const MOST_TEXT = 64 * 1024;

/** Where its line stands in the output. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** An event whose line is short is short, so most are not looked at. */
export function cutEvent(event: OutputEvent, { from, to }: Place): OutputEvent {
  if (to - from <= MOST_TEXT) return event;
  const cutter = openCutter(MOST_TEXT);
  const cut = Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      TEXTS.has(name) ? cutter.cut(value) : value,
    ]),
  ) as OutputEvent;
  const bytes = cutter.left();
  return bytes === 0 ? event : { ...cut, cut: { bytes, from, to } };
}

/** What may be long of an event. */
const TEXTS: ReadonlySet<string> = new Set(["text", "output", "message", "input", "places"]);

interface Cutter {
  readonly cut: (value: unknown) => unknown;
  /** Bytes that were left out. */
  readonly left: () => number;
}

/** What comes first is kept. Once there is no more room, texts are empty, lists end, and objects lose their fields. */
function openCutter(most: number): Cutter {
  let room = most;
  let left = 0;

  function cutText(text: string): string {
    const bytes = Buffer.from(text);
    const kept = characterEnd(bytes, Math.min(room, bytes.length));
    room -= kept;
    left += bytes.length - kept;
    return kept === bytes.length ? text : bytes.toString("utf8", 0, kept);
  }

  function cut(value: unknown): unknown {
    if (typeof value === "string") return cutText(value);
    if (Array.isArray(value)) return within(value.entries()).map(([, each]) => each);
    if (value !== null && typeof value === "object")
      return Object.fromEntries(within(Object.entries(value)));
    room = Math.max(0, room - LEAST_BYTES);
    return value;
  }

  function within<Name>(parts: Iterable<readonly [Name, unknown]>): (readonly [Name, unknown])[] {
    const kept: (readonly [Name, unknown])[] = [];
    for (const [name, value] of parts) {
      if (room > 0) kept.push([name, cut(value)]);
      else left += Buffer.byteLength(JSON.stringify(value) ?? "");
    }
    return kept;
  }

  return { cut, left: () => left };
}

/** Of a number, or whatever is no text. */
const LEAST_BYTES = 8;

/** No character is parted. */
function characterEnd(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
