// SPDX-License-Identifier: Apache-2.0
// The pictures in three dimensions; views/Scene.tsx loads this when one is wanted.
import type { SceneHandle, SceneInput } from "../views/Scene";
import { ModelScene } from "./modelScene";
import { PatternScene } from "./patternScene";

export function createScene(element: HTMLElement, input: SceneInput): SceneHandle {
  return input.kind === "model" ? new ModelScene(element, input) : new PatternScene(element, input);
}
