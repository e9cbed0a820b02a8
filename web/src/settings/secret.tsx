import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface SecretProps {
  readonly title: string;
  readonly secret: string | null;
  readonly says: string;
  readonly onDone: () => void;
}

/** What is shown this once. */
export function Secret({ title, secret, says, onDone }: SecretProps): ReactNode {
  return (
    <Stack gap="sm">
      <Text fw={600}>{title}</Text>
      <Text>{says}</Text>
      {secret === null ? null : (
        <Group gap="xs" wrap="nowrap">
          <Code
            block
            style={{ flex: 1, overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}
            data-secret
          >
            {secret}
          </Code>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
        </Group>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
