// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";

import { useStore } from "../state/select";

interface Properties {
  children: ComponentChildren;
  /** what a press does about it; not in a report */
  action?: string;
  onAction?: () => void;
}

/** In place of a plot that has no data: what to do about it. */
export function Empty({ children, action, onAction }: Properties) {
  const { live } = useStore().source;
  return (
    <div class="empty">
      <p>{children}</p>
      {live && action && (
        <button type="button" class="primary" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
