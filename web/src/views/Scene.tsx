// SPDX-License-Identifier: Apache-2.0
// Where the three-dimensional drawings of src/scene are mounted. They come as a chunk of their own.
import { useEffect, useRef, useState } from "preact/hooks";

import type { Geometry, Pattern, Solve } from "../api/types";
import type { Quantity } from "../data/pattern";
import { show } from "../state/route";
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark, reducedMotion } from "../state/theme";
import { ModelPicture } from "./ModelPicture";

export interface SceneInput {
  kind: "model" | "pattern";
  geometry: Geometry | null;
  solve: Solve | null;
  pattern: Pattern | null;
  /** part of the pattern, and how far below its outermost ring the centre lies [dB] */
  quantity: Quantity;
  range: number;
  dark: boolean;
  reducedMotion: boolean;
  /** line of FILE of what was picked */
  onPick(line: number): void;
}

export interface SceneHandle {
  update(input: SceneInput): void;
  destroy(): void;
}

/** What src/scene/index.ts exports. Throws where WebGL is missing. */
export interface SceneModule {
  createScene(element: HTMLElement, input: SceneInput): SceneHandle;
}

const modules = import.meta.glob<SceneModule>("../scene/index.ts");

let webGl: boolean | null = null;

/** Asked once: every answer costs one of the browser's few contexts. */
export function hasWebGl(): boolean {
  try {
    webGl ??= document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    webGl = false;
  }
  return webGl;
}

interface Properties {
  kind: "model" | "pattern";
  solve: Solve | null;
  pattern?: Pattern | null;
  quantity?: Quantity;
  range?: number;
}

export function Scene({ kind, solve, pattern = null, quantity = "total_dbi", range = 40 }: Properties) {
  const store = useStore();
  const geometry = useSignal(store.geometry);
  const dark = useDark();
  const place = useRef<HTMLDivElement>(null);
  const handle = useRef<SceneHandle | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input: SceneInput = {
    kind,
    geometry,
    solve,
    pattern,
    quantity,
    range,
    dark,
    reducedMotion: reducedMotion(),
    onPick: (line) => {
      if (line <= 0) return;
      store.goTo(line, 1);
      show("edit");
    },
  };
  const latest = useRef(input);
  latest.current = input;
  useEffect(() => {
    let gone = false;
    const load = modules["../scene/index.ts"];
    if (!hasWebGl()) setProblem("This browser offers no WebGL, so there is no picture in three dimensions; everything else works. Often hardware acceleration is switched off in the browser's settings.");
    else if (!load) setProblem("This build of the page has no three-dimensional view.");
    else
      load()
        .then((module) => {
          if (!gone && place.current) handle.current = module.createScene(place.current, latest.current);
        })
        .catch((error: unknown) => setProblem(`The three-dimensional view failed: ${error instanceof Error ? error.message : String(error)}`));
    return () => {
      gone = true;
      handle.current?.destroy();
      handle.current = null;
    };
  }, [kind]);
  useEffect(() => handle.current?.update(latest.current), [geometry, solve, pattern, quantity, range, dark]);
  if (problem !== null)
    return (
      <div class="scene-instead">
        <p class="banner">{problem}</p>
        {kind === "model" && geometry && <ModelPicture geometry={geometry} />}
      </div>
    );
  return <div class={`scene ${kind}`} ref={place} />;
}
