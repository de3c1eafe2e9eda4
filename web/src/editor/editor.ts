// SPDX-License-Identifier: Apache-2.0
// CodeMirror 6, in a chunk of its own that is loaded when the view Edit opens.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";

import { offsetOf } from "../data/text";

export interface Mark {
  line: number | null;
  severity: "error" | "warning" | "note";
}

export interface Editor {
  setText(text: string): void;
  mark(findings: readonly Mark[]): void;
  goTo(line: number, column: number): void;
  focus(): void;
  destroy(): void;
}

interface Options {
  text: string;
  readOnly: boolean;
  onInput(text: string): void;
  onSave(): void;
}

const fromOutside = Annotation.define<boolean>();
const setMarks = StateEffect.define<readonly Mark[]>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let after = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const worst = new Map<number, Mark["severity"]>();
      const rank = { error: 2, warning: 1, note: 0 };
      for (const { line, severity } of effect.value) {
        if (line === null || line < 1 || line > doc.lines) continue;
        const there = worst.get(line);
        if (there === undefined || rank[severity] > rank[there]) worst.set(line, severity);
      }
      after = Decoration.set([...worst].sort((a, b) => a[0] - b[0]).map(([line, severity]) => Decoration.line({ class: `finding-${severity}` }).range(doc.line(line).from)));
    }
    return after;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "13.5px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selection) !important" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--text)" },
});

export function createEditor(element: HTMLElement, options: Options): Editor {
  const save = {
    key: "Mod-s",
    run: () => {
      options.onSave();
      return true;
    },
  };
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        search({ top: true }),
        highlightSelectionMatches(),
        indentUnit.of("  "),
        EditorState.readOnly.of(options.readOnly),
        EditorView.contentAttributes.of({ "aria-label": "Text of the file", spellcheck: "false", tabindex: "0" }),
        marks,
        look,
        // Escape, then Tab, leaves the editor by keyboard: CodeMirror's own rule
        keymap.of([save, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside))) options.onInput(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(text) {
      const before = view.state.doc.toString();
      if (before === text) return;
      // only what differs, so that the caret and the undo history stay where they are
      const shorter = Math.min(before.length, text.length);
      let from = 0;
      while (from < shorter && before[from] === text[from]) from++;
      let same = 0;
      while (same < shorter - from && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
      view.dispatch({ changes: { from, to: before.length - same, insert: text.slice(from, text.length - same) }, annotations: fromOutside.of(true) });
    },
    mark: (findings) => view.dispatch({ effects: setMarks.of(findings) }),
    goTo(line, column) {
      const at = offsetOf(view.state.doc.toString(), line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
