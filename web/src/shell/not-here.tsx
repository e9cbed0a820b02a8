import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Empty } from "../parts/empty.tsx";

/** An address that names nothing: unknown, deleted, or not for this reader. */
export function NotHere({ what = "page" }: { readonly what?: string }): ReactNode {
  return (
    <Empty
      order={1}
      title={`There is no such ${what}`}
      action={
        <Button renderRoot={(props: object) => <Link {...props} to="/" />} variant="default">
          Back to the agents
        </Button>
      }
    >
      The address may be mistyped, or what it named was deleted, or it belongs to a workspace that
      you are not a member of.
    </Empty>
  );
}

/** The same where no workspace stands around it. */
export function Nowhere({ what = "page" }: { readonly what?: string }): ReactNode {
  return (
    <main className="page">
      <NotHere what={what} />
    </main>
  );
}
