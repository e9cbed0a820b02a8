import { Group, ScrollArea, Table } from "@mantine/core";
import type { ReactNode } from "react";

import type { ExecutionStep } from "#contract/shapes/executions.ts";

import { describeParams, outcomesOf, phraseFound } from "./results.ts";
import { linesOf } from "./steps.ts";

export function StepPart({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="step-part">
      <div className="label">{name}</div>
      <div className="wrap-anywhere">{children}</div>
    </div>
  );
}

export function StepParams({
  step: { type, params },
}: {
  readonly step: ExecutionStep;
}): ReactNode {
  const lines = describeParams(type, params) ?? linesOf(params);
  if (lines.length === 0) return null;
  return (
    <StepPart name="Params">
      <Lines lines={lines} />
    </StepPart>
  );
}

export function StepResult({
  step: { result, progress },
}: {
  readonly step: ExecutionStep;
}): ReactNode {
  if (result === null || result === undefined) return null;
  const found = phraseFound(result);
  if (found !== undefined) return <StepPart name="Result">{found}</StepPart>;
  const outcomes = outcomesOf(result);
  if (outcomes !== undefined) {
    return (
      <StepPart name={nameOfResult(outcomes.length, progress?.total)}>
        <ScrollArea.Autosize mah={280} type="auto">
          <Table
            className="outcomes"
            aria-label="Results"
            verticalSpacing={3}
            horizontalSpacing={8}
          >
            <Table.Tbody>
              {outcomes.map(({ who, what }) => (
                <Table.Tr key={`${who} ${what}`}>
                  <Table.Th scope="row">{who}</Table.Th>
                  <Table.Td>{what}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      </StepPart>
    );
  }
  const lines = linesOf(result);
  if (lines.length === 0) return null;
  return (
    <StepPart name="Result">
      <Lines lines={lines} />
    </StepPart>
  );
}

/** The server shows the first of many; the journeys hold them all. */
function nameOfResult(shown: number, total: number = shown): string {
  return shown < total ? `Result, ${shown} of ${total.toLocaleString("en-US")}` : "Result";
}

function Lines({ lines }: { readonly lines: readonly (readonly [string, string])[] }): ReactNode {
  return lines.map(([key, text]) => (
    <Group key={key} gap="xs" align="baseline" wrap="nowrap">
      {key === "" ? null : <span className="quiet nowrap">{key}</span>}
      <pre className={/^[[{]/.test(text) ? "pre mono" : "pre plain-text"}>{text}</pre>
    </Group>
  ));
}
