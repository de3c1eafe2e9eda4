// SPDX-License-Identifier: Apache-2.0
import type { Finding, Geometry } from "../api/types";
import { show } from "../state/route";
import { useStore } from "../state/select";

const signs = { error: "✗ error", warning: "⚠ warning", note: "· note" } as const;

/** Errors, warnings and notes; a press leads to the line. */
export function Findings({ geometry, inEditor = false }: { geometry: Geometry | null; inEditor?: boolean }) {
  const store = useStore();
  const findings = geometry?.findings ?? [];
  if (geometry === null) return <p class="muted">The model was not read yet.</p>;
  if (findings.length === 0) return <p class="muted">No errors, warnings or notes.</p>;
  const go = (finding: Finding) => {
    store.goTo(finding.line ?? 1, finding.column ?? 1);
    if (!inEditor) show("edit");
  };
  return (
    <ul class="findings">
      {findings.map((finding, i) => (
        <li key={i} class={finding.severity}>
          <button type="button" disabled={finding.line === null} onClick={() => go(finding)}>
            <span class="severity">{signs[finding.severity]}</span>
            {finding.line !== null && (
              <span class="place">
                line {finding.line}
                {finding.column !== null ? `, column ${finding.column}` : ""}
              </span>
            )}
            <span class="text">{finding.message}</span>
            {finding.name && <code>{finding.name}</code>}
          </button>
        </li>
      ))}
    </ul>
  );
}
