import { Button, Group } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";

/** What stands in for a part of the page that failed to draw; the rest goes on. */
export function BrokenPage({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <div className="page">
      <ProblemBox
        problem={problemOf(error)}
        action={
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={reset}>
              Try again
            </Button>
            <Button size="xs" variant="subtle" onClick={() => location.reload()}>
              Load the page again
            </Button>
          </Group>
        }
      />
    </div>
  );
}
