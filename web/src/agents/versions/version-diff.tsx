import { Table, Title } from "@mantine/core";
import { IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { VersionDiff } from "#contract/shapes/agents.ts";

import {
  CHANGE_WORDS,
  nameSetting,
  rowsOfSteps,
  showSetting,
  type SideOfStep,
  type StepRow,
} from "./comparing.ts";

interface WordsDiffProps {
  readonly pieces: VersionDiff["instructions"];
  readonly from: number;
  readonly to: number;
}

/** The earlier words with what went, beside the later ones with what came. */
export function WordsDiff({ pieces, from, to }: WordsDiffProps): ReactNode {
  return (
    <>
      <Title order={2} className="diff-title">
        Instructions
      </Title>
      <section className="panel panel-pad words" aria-label={`Instructions of version ${from}`}>
        <Pieces pieces={pieces} without="added" />
      </section>
      <section className="panel panel-pad words" aria-label={`Instructions of version ${to}`}>
        <Pieces pieces={pieces} without="removed" />
      </section>
    </>
  );
}

interface PiecesProps {
  readonly pieces: VersionDiff["instructions"];
  readonly without: "added" | "removed";
}

function Pieces({ pieces, without }: PiecesProps): ReactNode {
  let at = 0;
  return pieces
    .filter(({ is }) => is !== without)
    .map(({ is, text }) => {
      const key = at;
      at += text.length;
      if (is === "removed") return <del key={key}>{text}</del>;
      if (is === "added") return <ins key={key}>{text}</ins>;
      return <span key={key}>{text}</span>;
    });
}

export function StepsDiff({ steps }: Pick<VersionDiff, "steps">): ReactNode {
  return (
    <>
      <Title order={2} className="diff-title">
        Plan
      </Title>
      {rowsOfSteps(steps).map((row) => (
        <div key={row.key} className="diff-row" data-is={row.is}>
          <Side row={row} side={row.from} isLater={false} />
          <Side row={row} side={row.to} isLater />
        </div>
      ))}
    </>
  );
}

interface SideProps {
  readonly row: StepRow;
  readonly side: SideOfStep | undefined;
  readonly isLater: boolean;
}

const SIGNS = { changed: IconPencil, added: IconPlus, removed: IconMinus } as const;
const TONES = { changed: "amber", added: "green", removed: "slate" } as const;

function Side({ row: { is }, side, isLater }: SideProps): ReactNode {
  if (side === undefined) return <div className="diff-gap only-wide" />;
  const isSaid = is !== "same" && (isLater || is === "removed");
  const Sign = is === "same" ? undefined : SIGNS[is];
  return (
    <div className="plan-card" data-later={isLater}>
      <div className="plan-head">
        <span className="plan-number">{side.path}</span>
        <strong>{side.label}</strong>
        {isSaid && Sign !== undefined ? (
          <span className="chip" data-tone={TONES[is]}>
            <Sign size={13} aria-hidden />
            <span>{CHANGE_WORDS[is]}</span>
          </span>
        ) : null}
      </div>
      {side.lines.length === 0 ? null : (
        <dl className="plan-lines">
          {side.lines.map(({ line: [name, words], differs }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{differs ? <DiffWords isLater={isLater}>{words}</DiffWords> : words}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function DiffWords({
  isLater,
  children,
}: {
  readonly isLater: boolean;
  readonly children: string;
}): ReactNode {
  return isLater ? <ins>{children}</ins> : <del>{children}</del>;
}

export function SettingsDiff({ settings }: Pick<VersionDiff, "settings">): ReactNode {
  if (settings.length === 0) return null;
  return (
    <>
      <Title order={2} className="diff-title">
        Settings
      </Title>
      <div className="panel diff-all">
        <Table className="rows" aria-label="Settings that differ">
          <Table.Tbody>
            {settings.map(({ field, from, to }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{nameSetting(field)}</Table.Th>
                <Table.Td>
                  <del>{showSetting(from)}</del>
                </Table.Td>
                <Table.Td>
                  <ins>{showSetting(to)}</ins>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
