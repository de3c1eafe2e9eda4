// SPDX-License-Identifier: Apache-2.0
// The strip of controls over a picture, and the texts that lie in it.
import type { ComponentChildren } from "preact";

import type { Description } from "./describe";
import type { Point } from "./ink";

interface Toggle {
  label: string;
  title: string;
  pressed: boolean;
  disabled?: boolean;
  onPress(): void;
}

export const Toggle = ({ label, title, pressed, disabled, onPress }: Toggle) => (
  <button type="button" aria-pressed={pressed} title={title} disabled={disabled} onClick={onPress}>
    {label}
  </button>
);

export const Press = ({ label, title, onPress }: { label: string; title: string; onPress(): void }) => (
  <button type="button" aria-label={`${label}: ${title}`} title={title} onClick={onPress}>
    {label}
  </button>
);

/** Buttons that every picture has: where to look from. */
export function Views({ fit, along }: { fit(): void; along(axis: "x" | "y" | "z"): void }) {
  return (
    <div class="scene-group" role="group" aria-label="Look from">
      <Press label="Fit" title="Everything in sight (key 0, or double click)" onPress={fit} />
      {(["x", "y", "z"] as const).map((axis) => (
        <Press key={axis} label={axis} title={`Look along ${axis} (key ${axis})`} onPress={() => along(axis)} />
      ))}
    </div>
  );
}

/** Buttons at the end of every strip: what the drawing costs, and its export. */
export function Ends({ facts, toggle, save }: { facts: boolean; toggle(): void; save(): void }) {
  return (
    <div class="scene-group end">
      <Toggle label="i" title="Cost of the drawing (key i)" pressed={facts} onPress={toggle} />
      <Press label="PNG" title="Save this picture as PNG" onPress={save} />
    </div>
  );
}

export function Select<T extends string>({ label, value, options, disabled, title, onChange }: { label: string; value: T; options: readonly (readonly [T, string])[]; disabled?: boolean; title?: string; onChange(value: T): void }) {
  return (
    <label title={title}>
      {label}
      <select value={value} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Beside the pointer; turned to the other side where there is no room. */
export function Tip({ description, place, width, height }: { description: Description; place: Point; width: number; height: number }) {
  const style: Record<string, string> = {};
  if (place.x > width / 2) style.right = `${width - place.x + 14}px`;
  else style.left = `${place.x + 14}px`;
  if (place.y > height / 2) style.bottom = `${height - place.y + 10}px`;
  else style.top = `${place.y + 14}px`;
  return (
    <div class="scene-tip" style={style}>
      <Text description={description} />
      {description.line > 0 && <div class="muted">line {description.line}</div>}
    </div>
  );
}

const Text = ({ description }: { description: Description }) => (
  <>
    <strong>{description.title}</strong>
    {description.lines.map((line) => (
      <div key={line}>{line}</div>
    ))}
  </>
);

/** What was pressed, with the way to its line in the file. */
export function Chosen({ description, onLine, onClose }: { description: Description; onLine(line: number): void; onClose(): void }) {
  return (
    <div class="scene-chosen" role="status">
      <button type="button" class="close" aria-label="Close" title="Close (Escape)" onClick={onClose}>
        ×
      </button>
      <Text description={description} />
      {description.line > 0 && (
        <button type="button" class="link" onClick={() => onLine(description.line)}>
          line {description.line}
        </button>
      )}
    </div>
  );
}

export const Note = ({ children }: { children: ComponentChildren }) => <p class="scene-note">{children}</p>;
