import { Button, Skeleton, Table } from "@mantine/core";
import type { ReactNode } from "react";

import { type ListResult, rowsOf } from "../api/lists.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "./problem-box.tsx";

export interface Column<Item> {
  readonly key: string;
  readonly head: string;
  readonly cell: (item: Item) => ReactNode;
  readonly width?: string;
  /** Shown on a wide screen only. */
  readonly wide?: boolean;
  readonly align?: "right";
}

interface ListViewProps<Item> {
  /** What the table holds, for those who hear it. */
  readonly label: string;
  readonly list: ListResult<Item>;
  /** Those of the list that are shown, where that is not all in its own order. */
  readonly rows?: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  readonly empty: ReactNode;
  /** Above the rows: "12 new". */
  readonly above?: ReactNode;
  /** Under the last row. */
  readonly below?: ReactNode;
}

const SKELETON_ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

const classOf = (column: { wide?: boolean; align?: "right" }): string =>
  [column.wide === true ? "only-wide" : "", column.align === "right" ? "num" : ""].join(" ").trim();

/** A list as a table: a skeleton of itself while it loads, more on demand, empty states that start the work. */
export function ListView<Item>(props: ListViewProps<Item>): ReactNode {
  const { label, list, columns, keyOf, empty, above, below } = props;
  const { rows = rowsOf(list.data) } = props;
  if (list.isError && rows.length === 0) return <ListProblem list={list} />;
  if (list.isSuccess && rows.length === 0) {
    return (
      <div className="panel">
        {above}
        {empty}
        {below}
      </div>
    );
  }
  return (
    <div className="panel">
      {above}
      <Table className="rows" aria-label={label} aria-busy={list.isPending}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th
                key={column.key}
                className={classOf(column)}
                style={{ width: column.width }}
              >
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.isPending
            ? SKELETON_ROWS.map((key) => <SkeletonRow key={key} columns={columns} />)
            : rows.map((item) => <Row key={keyOf(item)} item={item} columns={columns} />)}
        </Table.Tbody>
      </Table>
      <More list={list} />
      {below}
    </div>
  );
}

function Row<Item>({
  item,
  columns,
}: {
  readonly item: Item;
  readonly columns: readonly Column<Item>[];
}): ReactNode {
  return (
    <Table.Tr>
      {columns.map((column) => (
        <Table.Td key={column.key} className={classOf(column)}>
          {column.cell(item)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function SkeletonRow<Item>({ columns }: { readonly columns: readonly Column<Item>[] }): ReactNode {
  return (
    <Table.Tr>
      {columns.map((column) => (
        <Table.Td key={column.key} className={classOf(column)}>
          <Skeleton height={14} my={4} width={column.align === "right" ? "60%" : "75%"} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function More<Item>({ list }: { readonly list: ListResult<Item> }): ReactNode {
  if (list.isFetchNextPageError) return <ListProblem list={list} />;
  if (!list.hasNextPage) return null;
  return (
    <div style={{ padding: 10, textAlign: "center" }}>
      <Button
        variant="default"
        size="xs"
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        Load more
      </Button>
    </div>
  );
}

function ListProblem<Item>({ list }: { readonly list: ListResult<Item> }): ReactNode {
  const again = (
    <Button size="xs" variant="default" onClick={() => void list.refetch()}>
      Try again
    </Button>
  );
  return <ProblemBox problem={problemOf(list.error)} action={again} />;
}
