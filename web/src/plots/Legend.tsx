// SPDX-License-Identifier: Apache-2.0

interface Entry {
  label: string;
  colour: string;
  dash: readonly number[];
}

interface Properties {
  entries: readonly Entry[];
  /** place of the cursor in words */
  at: string | null;
  values: ReadonlyMap<string, string>;
  unit: string;
  hidden: ReadonlySet<string>;
  toggle(label: string): void;
}

/** Names of the traces with the values under the cursor; a press hides one. */
export function Legend({ entries, at, values, unit, hidden, toggle }: Properties) {
  return (
    <div class="legend">
      <p class="cursor" role="status">
        {at ?? " "}
      </p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.label}>
            <button type="button" aria-pressed={!hidden.has(entry.label)} title={hidden.has(entry.label) ? "Show" : "Hide"} onClick={() => toggle(entry.label)}>
              <svg width="26" height="10" aria-hidden="true">
                <path d="M1 5h24" stroke={entry.colour} stroke-width="2.5" stroke-dasharray={entry.dash.join(" ")} />
              </svg>
              <span>{entry.label}</span>
              {values.has(entry.label) && <output>{`${values.get(entry.label)} ${unit}`}</output>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
