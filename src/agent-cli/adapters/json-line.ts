import type { Said } from "../events.ts";
import { fieldsOf, type Fields } from "../fields.ts";

/** How a line that holds one JSON object is read. @throws SyntaxError where it is no JSON. */
export function jsonLine(
  read: (message: Fields) => readonly Said[] | null,
): (line: string) => readonly Said[] | null {
  return (line) => {
    if (line.trim() === "") return [];
    const message = fieldsOf(JSON.parse(line));
    return message === null ? null : read(message);
  };
}

/** By a field that names what the line is. */
export function byType<Key extends string>(
  table: Readonly<Record<Key, (message: Fields) => readonly Said[] | null>>,
  type: unknown,
  message: Fields,
): readonly Said[] | null {
  return typeof type === "string" && Object.hasOwn(table, type)
    ? table[type as Key](message)
    : null;
}

/** A line that is known and says nothing of interest. */
export const nothing = (): readonly Said[] => [];
