import { Button, FileButton, Group, Radio, Stack, Table, Text, Title } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";

import type { ImportReport } from "#contract/shapes/crm.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { ImportReportView } from "./import-report.tsx";
import { decodeFile, type Preview, previewOf } from "./preview.ts";
import { contactFieldsQuery } from "./queries.ts";

interface Chosen {
  readonly name: string;
  readonly text: string;
}

async function readFile(file: File): Promise<Chosen> {
  return { name: file.name, text: decodeFile(new Uint8Array(await file.arrayBuffer())) };
}

/** Drop a file, look at what it becomes, import, and read what became of each broken row. */
export function ImportPage(): ReactNode {
  const [chosen, setChosen] = useState<Chosen>();
  const [report, setReport] = useState<ImportReport>();
  const choose = (file: File | null): void => {
    if (file === null) return;
    setReport(undefined);
    void readFile(file).then(setChosen);
  };
  const startAgain = (): void => {
    setChosen(undefined);
    setReport(undefined);
  };
  return (
    <>
      <PageHead title="Import contacts">From a CSV file with a header line</PageHead>
      {chosen === undefined ? <DropPlace onChoose={choose} /> : null}
      {chosen !== undefined && report === undefined ? (
        <Look chosen={chosen} onReport={setReport} onOther={startAgain} />
      ) : null}
      {report === undefined ? null : <ImportReportView report={report} onAgain={startAgain} />}
    </>
  );
}

function DropPlace({ onChoose }: { readonly onChoose: (file: File | null) => void }): ReactNode {
  const [isOver, setOver] = useState(false);
  return (
    <div
      className="drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onChoose(event.dataTransfer.files[0] ?? null);
      }}
    >
      <Stack align="center" gap="xs">
        <IconFileImport size={28} stroke={1.5} aria-hidden />
        <Title order={2}>Drop a CSV file here</Title>
        <FileButton
          accept=".csv,text/csv,text/plain"
          onChange={onChoose}
          inputProps={{ "aria-label": "CSV file" }}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
        <Text c="dimmed" maw={520}>
          Its first line names the columns, such as First Name, Last Name, Email, Company, Tags.
          Commas, semicolons and tabs all do. Nothing is written before you have seen what it
          becomes.
        </Text>
      </Stack>
    </div>
  );
}

interface LookProps {
  readonly chosen: Chosen;
  readonly onReport: (report: ImportReport) => void;
  readonly onOther: () => void;
}

function Look({ chosen, onReport, onOther }: LookProps): ReactNode {
  const { text, name } = chosen;
  const workspaceId = useWorkspaceId();
  const fields = useQuery(contactFieldsQuery(workspaceId)).data;
  const preview = useMemo(() => previewOf(text, fields), [text, fields]);
  const client = useQueryClient();
  const [existing, setExisting] = useState<"update" | "skip">("update");
  const permission = usePermission("crm:write");
  const load = useMutation({
    mutationFn: () =>
      api.importContacts({ params: { workspaceId }, query: { existing }, body: text }),
    onSuccess: (report) => {
      void client.invalidateQueries();
      onReport(report);
    },
  });
  return (
    <Stack gap="md">
      {preview.refusal === undefined ? null : (
        <ProblemBox problem={{ title: "This file cannot be imported", detail: preview.refusal }} />
      )}
      <Title order={2}>
        {name}: {preview.lines.toLocaleString("en-US")} {preview.lines === 1 ? "row" : "rows"}
      </Title>
      <PreviewTable preview={preview} />
      <Radio.Group
        label="Where an email address is here already"
        value={existing}
        onChange={(value) => setExisting(value === "skip" ? "skip" : "update")}
      >
        <Group mt={6}>
          <Radio value="update" label="Update the contact" />
          <Radio value="skip" label="Leave the contact as it is" />
        </Group>
      </Radio.Group>
      {load.error === null ? null : <ProblemBox problem={problemOf(load.error)} />}
      <Group gap="xs">
        {preview.refusal === undefined ? (
          <ActButton permission={permission} loading={load.isPending} onClick={() => load.mutate()}>
            Import
          </ActButton>
        ) : null}
        <Button variant="default" onClick={onOther}>
          Choose another file
        </Button>
        <BackToContacts />
      </Group>
    </Stack>
  );
}

function BackToContacts(): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <Button
      variant="subtle"
      renderRoot={(props: object) => (
        <Link {...props} to="/w/$workspaceId/contacts" params={{ workspaceId }} />
      )}
    >
      Back to the contacts
    </Button>
  );
}

function PreviewTable({ preview: { columns, rows } }: { readonly preview: Preview }): ReactNode {
  return (
    // What scrolls must be reachable by keys.
    <section className="panel scroll-x" tabIndex={0} aria-label="First rows of the file">
      <Table className="rows" aria-label="First rows of the file">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ place, header, becomes }) => (
              <Table.Th key={place}>
                {header === "" ? `Column ${place + 1}` : header}
                <div
                  style={{
                    fontWeight: 550,
                    color: becomes === undefined ? "var(--tone-orange)" : "var(--tone-green)",
                  }}
                >
                  {becomes === undefined ? "left out" : `→ ${becomes}`}
                </div>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells) => (
            <Table.Tr key={cells.join("\u0001")}>
              {columns.map(({ place }) => (
                <Table.Td key={place}>{cells[place] ?? ""}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
