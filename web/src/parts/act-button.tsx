import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

import type { Permission } from "../session/permission.ts";

interface ActButtonProps extends ButtonProps {
  readonly permission: Permission;
  readonly onClick?: () => void;
  readonly type?: "button" | "submit";
  /** The id of the form that it submits, where it stands outside of it. */
  readonly form?: string;
  readonly children: ReactNode;
}

/** A button that says why somebody may not press it, instead of hiding. */
export function ActButton({
  permission,
  onClick,
  type = "button",
  form,
  children,
  ...rest
}: ActButtonProps): ReactNode {
  if (permission.allowed) {
    return (
      <Button {...rest} type={type} form={form} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={permission.reason}>
      <Button
        {...rest}
        type="button"
        data-disabled
        aria-disabled="true"
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
