// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";

import { ApiError } from "../api/source";
import type { Variable } from "../api/types";
import { offsetOf, shortSha, sliderRange } from "../data/text";
import { frequencyText, significant } from "../data/units";
import type { Editor } from "../editor/editor";
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Findings } from "./Findings";

/** Geometry follows the text after this pause in the typing [ms]. */
const typingPause = 300;
/** One frequency is solved when a slider has rested so long [ms]. */
const sliderRest = 400;

interface Conflict {
  mine: string;
  disk: string | null;
}

/** The file, its findings, and sliders for its variables. */
export function Edit() {
  const store = useStore();
  const session = useSignal(store.session);
  const disk = useSignal(store.disk);
  const draft = useSignal(store.draft);
  const geometry = useSignal(store.geometry);
  const jump = useSignal(store.jump);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  /** SHA-256 of the file that the text was begun from; a change on disk does not move it */
  const began = useRef<string | null>(null);
  // goes on when the view is left: the others show the geometry, too
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const { live } = store.source;

  useEffect(() => {
    if (disk && (draft === null || began.current === null)) began.current = store.draftBase.value ?? disk.sha256;
  }, [disk, draft]);

  if (!disk) return <p class="empty">{live ? "Reading the file …" : "This report does not hold its input."}</p>;

  const type = (text: string) => {
    const now = store.disk.value ?? disk;
    if (store.draft.value === null) store.draftBase.set(began.current ?? now.sha256);
    store.draft.set(text === now.text && store.draftBase.value === now.sha256 ? null : text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void store.refreshModel(), typingPause);
  };
  const discard = () => {
    store.draft.set(null);
    store.draftBase.set(null);
    began.current = disk.sha256;
    setConflict(null);
    void store.refreshModel();
  };
  const save = async (expect: string) => {
    const text = store.draft.value;
    if (text === null) return;
    try {
      const { sha256 } = await store.source.save(text, expect);
      store.disk.set({ text, sha256 });
      if (store.draft.value === text) {
        store.draft.set(null);
        store.draftBase.set(null);
      } else store.draftBase.set(sha256);
      began.current = sha256;
      setConflict(null);
      store.say("note", "Saved.");
    } catch (error) {
      if (error instanceof ApiError && error.http === 409) {
        const now = await store.source.text().catch(() => null);
        if (now) store.disk.set(now);
        setConflict({ mine: expect, disk: now?.sha256 ?? null });
      } else store.say("error", error instanceof Error ? error.message : String(error));
    }
  };
  const text = draft ?? disk.text;
  const latest = () => store.draft.value ?? store.disk.value?.text ?? "";
  const base = store.draftBase.value ?? disk.sha256;
  const moved = draft !== null && base !== disk.sha256;
  return (
    <div class="edit">
      <div class="editor-column">
        {live && (
          <div class="bar">
            <button type="button" class="primary" disabled={draft === null} onClick={() => void save(base)}>
              Save {session?.file}
            </button>
            <button type="button" disabled={draft === null} onClick={discard}>
              Discard changes
            </button>
            <span class="muted">{draft === null ? "As on disk" : "Changed; solved from memory until saved"}</span>
          </div>
        )}
        {(conflict !== null || moved) && (
          <div class="conflict" role="alert">
            <p>
              Somebody else changed the file. You began from <code>{shortSha(conflict?.mine ?? base)}</code>, on disk is now <code>{shortSha(conflict?.disk ?? disk.sha256)}</code>. Nothing was written.
            </p>
            <button type="button" onClick={discard}>
              Take the file from disk, drop my changes
            </button>
            <button type="button" onClick={() => setConflict(null)}>
              Keep editing
            </button>
          </div>
        )}
        <TextField text={text} latest={latest} readOnly={!live} jump={jump} findings={geometry?.findings ?? []} onInput={type} onSave={() => void save(base)} />
      </div>
      <div class="side">
        {live && <Variables variables={session?.variables ?? []} />}
        <section class="card">
          <h2>Findings</h2>
          <Findings geometry={geometry} inEditor />
        </section>
      </div>
    </div>
  );
}

interface FieldProperties {
  /** as of this rendering */
  text: string;
  /** as of now: keys may come faster than renderings, and what is rendered late must not undo them */
  latest(): string;
  readOnly: boolean;
  jump: { line: number; column: number; at: number } | null;
  findings: readonly { line: number | null; severity: "error" | "warning" | "note" }[];
  onInput(text: string): void;
  onSave(): void;
}

/** A plain text field at once, and the real editor in its place as soon as that is loaded. */
function TextField({ text, latest, readOnly, jump, findings, onInput, onSave }: FieldProperties) {
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<Editor | null>(null);
  const [loaded, setLoaded] = useState(false);
  const live = useRef({ latest, onInput, onSave });
  live.current = { latest, onInput, onSave };
  const jumped = useRef<number | null>(null);

  useEffect(() => {
    if (__REPORT__) return;
    let gone = false;
    import("../editor/editor").then(
      ({ createEditor }) => {
        if (gone || !place.current) return;
        const focused = document.activeElement === plain.current;
        editor.current = createEditor(place.current, {
          text: live.current.latest(),
          readOnly,
          onInput: (value) => live.current.onInput(value),
          onSave: () => live.current.onSave(),
        });
        setLoaded(true);
        if (focused) editor.current.focus();
      },
      () => undefined, // the text field stays
    );
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, []);
  useEffect(() => editor.current?.setText(live.current.latest()), [text, loaded]);
  useEffect(() => editor.current?.mark(findings), [findings, loaded]);
  useEffect(() => {
    if (!jump || jumped.current === jump.at) return;
    if (editor.current) {
      editor.current.goTo(jump.line, jump.column);
      jumped.current = jump.at;
    } else if (plain.current) {
      const offset = offsetOf(live.current.latest(), jump.line, jump.column);
      plain.current.focus();
      plain.current.setSelectionRange(offset, offset);
    }
  }, [jump, loaded]);
  return (
    <>
      <div class="editor" ref={place} hidden={!loaded} />
      {!loaded && (
        <textarea ref={plain} class="plain" aria-label="Text of the file" spellcheck={false} wrap="off" readOnly={readOnly} value={text} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </>
  );
}

function Variables({ variables }: { variables: readonly Variable[] }) {
  const store = useStore();
  const settings = useSignal(store.settings);
  const frequency = useSignal(store.frequency);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const set = (name: string, value: number | null) => {
    if (value !== null && !Number.isFinite(value)) return;
    store.settings.update((before) => {
      const after = { ...before };
      if (value === null) delete after[name];
      else after[name] = value;
      return after;
    });
    void store.refreshModel();
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      const at = store.frequency.value ?? store.geometry.value?.frequencies_hz?.[0];
      if (at !== undefined && store.geometry.value?.good) void store.runWhenFree(at);
    }, sliderRest);
  };
  if (variables.length === 0)
    return (
      <section class="card">
        <h2>Variables</h2>
        <p class="muted">The file has none. A project has them under variables:, a deck in SY cards; each gets a slider here.</p>
      </section>
    );
  return (
    <section class="card">
      <h2>Variables</h2>
      <p class="muted">The geometry follows at once{frequency === null ? "" : `, ${frequencyText(frequency)} is solved when a slider rests`}. The file stays as it is.</p>
      {variables.map((variable) => {
        const { least, most, step } = sliderRange(variable.value);
        const value = settings[variable.name] ?? variable.value;
        const changed = settings[variable.name] !== undefined;
        const id = `variable-${variable.name}`;
        return (
          <div key={variable.name} class="variable">
            <label for={id}>{variable.name}</label>
            <input id={id} type="range" min={least} max={most} step={step} value={value} onInput={(event) => set(variable.name, event.currentTarget.valueAsNumber)} />
            <input type="number" aria-label={`Value of ${variable.name}`} step="any" value={Number(value.toPrecision(6))} onChange={(event) => set(variable.name, event.currentTarget.valueAsNumber)} />
            <button type="button" disabled={!changed} title={`As in the file: ${variable.text}`} onClick={() => set(variable.name, null)}>
              <span class="hidden">Reset {variable.name} to </span>↺ {significant(variable.value)}
            </button>
          </div>
        );
      })}
    </section>
  );
}
