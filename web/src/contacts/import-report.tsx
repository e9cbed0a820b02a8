import { Button, Group, Stack, Table, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { ImportReport } from "#contract/shapes/crm.ts";

import { useWorkspaceId } from "../session/workspace.tsx";
import { phraseReport } from "./report-words.ts";

interface ImportReportViewProps {
  readonly report: ImportReport;
  readonly onAgain: () => void;
}

export function ImportReportView({ report, onAgain }: ImportReportViewProps): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <Stack gap="md">
      <output className="problem" data-tone={report.errors.length === 0 ? "green" : "orange"}>
        <div className="title">{phraseReport(report)}</div>
        {report.errors.length === 0 ? null : (
          <p>
            Everything else is in. Correct these rows in your file and import it again: whoever is
            here already is found by their email address.
          </p>
        )}
        {report.warnings.map((warning) => (
          <p key={warning}>{warning}</p>
        ))}
      </output>
      <BrokenRows errors={report.errors} />
      <Group gap="xs">
        <Button
          renderRoot={(props: object) => (
            <Link {...props} to="/w/$workspaceId/contacts" params={{ workspaceId }} />
          )}
        >
          See the contacts
        </Button>
        <Button variant="default" onClick={onAgain}>
          Import another file
        </Button>
      </Group>
    </Stack>
  );
}

function BrokenRows({ errors }: Pick<ImportReport, "errors">): ReactNode {
  if (errors.length === 0) return null;
  return (
    <section>
      <Title order={2} mb="xs">
        What to look at
      </Title>
      <div className="panel">
        <Table className="rows" aria-label="What to look at">
          <Table.Thead>
            <Table.Tr>
              <Table.Th style={{ width: "5rem" }}>Line</Table.Th>
              <Table.Th style={{ width: "10rem" }}>Column</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {errors.map(({ line, column, message }) => (
              <Table.Tr key={`${line} ${column ?? ""} ${message}`}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{column ?? "–"}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
