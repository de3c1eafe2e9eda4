// SPDX-License-Identifier: Apache-2.0
// A pattern as things of a scene: its surface, its grid, rings of its levels, and the model inside.
import type { DataTexture, LineSegments, Mesh, Scene } from "three";

import type { Geometry, Pattern } from "../api/types";
import type { Quantity } from "../data/pattern";
import { decibelRings } from "../data/ticks";
import { boxOfModel, diagonalOf, middleOf } from "./box";
import { discard, surface, thinLines, write } from "./drawables";
import { lobesOf, type Levels, type Lobes } from "./lobes";
import { colourMap, createPaint, surfaceMaterial, type Paint } from "./materials";
import { edgesOf } from "./model";
import type { Palette } from "./palette";

/** The model inside fills this much of the largest radius. */
const modelShare = 0.5;

/** Lines of the model, moved to the middle and made to fit; it has another scale than the pattern. */
export function silhouetteOf(geometry: Geometry): Float32Array {
  const flat = geometry.segments ?? [];
  const edges = edgesOf(geometry);
  const lines = new Float32Array((flat.length / 7) * 6 + edges.length);
  for (let i = 0; 7 * i + 6 < flat.length; i += 1) for (let k = 0; k < 6; k += 1) lines[6 * i + k] = flat[7 * i + k]!;
  lines.set(edges, (flat.length / 7) * 6);
  const box = boxOfModel(geometry);
  const middle = middleOf(box);
  const scale = (2 * modelShare) / diagonalOf(box);
  return lines.map((value, i) => (value - middle[i % 3]!) * scale);
}

const turn = 72;

/** Circles in the horizontal plane, 6 numbers for each stroke. */
export function circles(radii: readonly number[]): Float32Array {
  const lines: number[] = [];
  for (const radius of radii)
    for (let i = 0; i < turn; i += 1)
      for (const at of [i, i + 1]) lines.push(radius * Math.cos((2 * Math.PI * at) / turn), radius * Math.sin((2 * Math.PI * at) / turn), 0);
  return new Float32Array(lines);
}

export const axisReach = 1.18;

export class LobeThings {
  readonly lobes: Lobes;
  readonly rings: { radius: number; level: number }[];
  private readonly paint: Paint;
  private readonly map: DataTexture;
  private readonly faces: Mesh;
  private readonly grid: LineSegments;
  private readonly circles: LineSegments;
  private readonly axes: LineSegments;
  private readonly model: LineSegments | null;

  constructor(
    scene: Scene,
    pattern: Pattern,
    quantity: Quantity,
    readonly levels: Levels,
    geometry: Geometry | null,
    palette: Palette,
  ) {
    this.map = colourMap();
    this.paint = createPaint(this.map);
    this.paint.painted.value = 1;
    this.lobes = lobesOf(pattern, quantity, levels);
    const { corners, places, lines } = this.lobes;
    this.faces = surface(corners, new Uint8Array(corners.length), surfaceMaterial(this.paint));
    const re = new Float32Array(corners.length);
    places.forEach((place, i) => (re[3 * i] = place));
    write(this.faces, "re", re);
    this.rings = decibelRings(levels.top, levels.top - levels.floor)
      .levels.map((level) => ({ level, radius: (level - levels.floor) / (levels.top - levels.floor) }))
      .filter((ring) => ring.radius > 0.05);
    this.grid = thinLines(lines, palette.dark ? "#000000" : "#20303c", 0.45);
    this.circles = thinLines(circles(this.rings.map((ring) => ring.radius)), palette.muted, 0.7);
    this.axes = thinLines(new Float32Array([0, 0, 0, axisReach, 0, 0, 0, 0, 0, 0, axisReach, 0, 0, 0, 0, 0, 0, axisReach]), palette.text, 0.8);
    const silhouette = geometry?.good ? silhouetteOf(geometry) : new Float32Array();
    this.model = silhouette.length > 0 ? thinLines(silhouette, palette.text, 0.75) : null;
    if (this.model) {
      // the model is seen through the pattern
      (this.model.material as { depthTest: boolean }).depthTest = false;
      this.model.renderOrder = 2;
    }
    scene.add(this.faces, this.grid, this.circles, this.axes, ...(this.model ? [this.model] : []));
  }

  show(shown: { grid: boolean; model: boolean }): void {
    this.grid.visible = shown.grid;
    if (this.model) this.model.visible = shown.model;
  }

  get hasModel(): boolean {
    return this.model !== null;
  }

  dispose(): void {
    discard([this.faces, this.grid, this.circles, this.axes, ...(this.model ? [this.model] : [])]);
    this.map.dispose();
  }
}
