import { Paper, Table, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { z } from "zod";

import type { modelTestedSchema, ShownModelSettings } from "#contract/shapes/model-settings.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { phraseCost } from "./model-values.ts";

type Tested = z.output<typeof modelTestedSchema>;

/** Whether the model reads a sentence with what the form holds. */
export function ModelTest({ tested }: { readonly tested: Tested }): ReactNode {
  const { ok, model, ms, problem, suggestion } = tested;
  if (ok) {
    return (
      <p className="chip bare" data-tone="green" role="status">
        <IconCircleCheck size={15} aria-hidden />
        <span>
          {model} read a sentence in {(ms / 1000).toFixed(1)} s
        </span>
      </p>
    );
  }
  return (
    <ProblemBox
      problem={{
        title: `${model} did not read it`,
        detail: problem ?? "It gave no reason.",
        ...(suggestion === null ? {} : { suggestion }),
      }}
    />
  );
}

/** What reading cost lately, by model. */
export function ModelUsage({ usage }: Pick<ShownModelSettings, "usage">): ReactNode {
  if (usage.length === 0) return null;
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        The last 30 days
      </Title>
      <Table className="rows" aria-label="What reading cost">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th className="num">Read</Table.Th>
            <Table.Th className="num">Without an answer</Table.Th>
            <Table.Th className="num">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {usage.map(({ model, readings, troubled, cost, costUnknown }) => (
            <Table.Tr key={model}>
              <Table.Td>{model}</Table.Td>
              <Table.Td className="num">{readings.toLocaleString("en-US")}</Table.Td>
              <Table.Td className="num">{troubled.toLocaleString("en-US")}</Table.Td>
              <Table.Td className="num">{phraseCost(cost, costUnknown)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
