import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { rowsOf } from "../api/lists.ts";
import { contactsQuery } from "../contacts/queries.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { sampleOf } from "./sample.ts";

interface TemplatePreviewProps {
  readonly subject: string;
  readonly body: string;
}

/** How it reads for one contact, chosen from those who are there. */
export function TemplatePreview({ subject, body }: TemplatePreviewProps): ReactNode {
  const [words, setWords] = useState("");
  const [search] = useDebouncedValue(words, 250);
  const [chosen, setChosen] = useState<string | null>(null);
  const contacts = rowsOf(
    useInfiniteQuery(
      contactsQuery(useWorkspaceId(), chosen !== null || search === "" ? {} : { search }),
    ).data,
  );
  const contact = contacts.find(({ id }) => id === chosen) ?? contacts[0];
  if (contact === undefined) return null;
  const [first, text] = [sampleOf(subject, contact), sampleOf(body, contact)];
  const missing = [...new Set([...first.missing, ...text.missing])];
  return (
    <section aria-label="Preview" className="panel panel-pad">
      <Select
        label="Preview with"
        searchable
        data={contacts.map(({ id, name }) => ({ value: id, label: name }))}
        value={contact.id}
        onChange={setChosen}
        onSearchChange={setWords}
        mb="sm"
      />
      {missing.length === 0 ? null : (
        <ProblemBox
          tone="orange"
          problem={{
            title: "This would not be sent to them",
            detail: `${missing.join(", ")} is unknown for ${contact.name}, and a text with a hole in it is never sent.`,
            suggestion: "Give it a fallback, such as @contact.firstName|there",
          }}
        />
      )}
      <div style={{ fontWeight: 600, marginTop: 10 }}>{first.text}</div>
      <div className="letter">{text.text}</div>
    </section>
  );
}
