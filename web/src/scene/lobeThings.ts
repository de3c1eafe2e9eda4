// SPDX-License-Identifier: Apache-2.0
// A pattern as things of a scene: its surface, its grid, rings of its levels, and the model inside.
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, MeshBasicMaterial, type DataTexture, type LineSegments, type Material, type Object3D, type Scene } from "three";

import type { Geometry, Pattern } from "../api/types";
import type { Quantity } from "../data/pattern";
import { decibelRings } from "../data/ticks";
import { boxOfModel, diagonalOf, middleOf } from "./box";
import { discard, surface, thinLines, write } from "./drawables";
import { lobesOf, type Levels, type Lobes } from "./lobes";
import { colourMap, createPaint, surfaceMaterial, type Paint } from "./materials";
import { cornersOfTriangles, lineShare, medianLength } from "./model";
import type { Palette } from "./palette";

/** The model inside fills this much of the largest radius. */
const modelShare = 0.4;

/** Puts the model's points into the middle, over ground onto the plane of the horizon; it has another scale than the pattern. */
export function placing(geometry: Geometry): (points: Float32Array) => Float32Array {
  const box = boxOfModel(geometry);
  const middle = middleOf(box);
  if (geometry.ground) middle[2] = 0;
  const scale = (2 * modelShare) / diagonalOf(box);
  return (points) => points.map((value, i) => (value - middle[i % 3]!) * scale);
}

/** Wires as lines, 6 numbers each. */
function strokesOf(geometry: Geometry): Float32Array {
  return new Float32Array((geometry.segments ?? []).filter((_, i) => i % 7 < 6));
}

/** The model in one colour, seen through the pattern. */
function silhouette(geometry: Geometry, palette: Palette): (Mesh | LineSegments)[] {
  const place = placing(geometry);
  const things: (Mesh | LineSegments)[] = [];
  const faces = cornersOfTriangles(geometry);
  if (faces.length > 0) {
    const shape = new BufferGeometry();
    shape.setAttribute("position", new BufferAttribute(place(faces), 3));
    things.push(new Mesh(shape, new MeshBasicMaterial({ color: palette.muted, side: DoubleSide })));
  }
  const strokes = strokesOf(geometry);
  if (strokes.length > 0) things.push(thinLines(place(strokes), palette.text));
  things.forEach((thing, i) => {
    const material = thing.material as Material;
    material.depthTest = false;
    material.transparent = true; // drawn after everything solid
    thing.renderOrder = 2 + i;
    thing.frustumCulled = false;
  });
  return things;
}

const strongestLine = 0.6;

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
  /** of a typical line of the grid; the pattern's largest radius is 1 */
  private readonly lineLength: number;
  private readonly circles: LineSegments;
  private readonly axes: LineSegments;
  private readonly model: Object3D[];

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
    this.grid = thinLines(lines, palette.dark ? "#000000" : "#20303c", strongestLine);
    this.lineLength = medianLength(lines);
    this.circles = thinLines(circles(this.rings.map((ring) => ring.radius)), palette.muted, 0.7);
    this.axes = thinLines(new Float32Array([0, 0, 0, axisReach, 0, 0, 0, 0, 0, 0, axisReach, 0, 0, 0, 0, 0, 0, axisReach]), palette.text, 0.8);
    this.model = geometry?.good ? silhouette(geometry, palette) : [];
    scene.add(this.faces, this.grid, this.circles, this.axes, ...this.model);
  }

  fadeGrid(metresPerDot: number): void {
    (this.grid.material as Material).opacity = strongestLine * lineShare(this.lineLength / metresPerDot);
  }

  show(shown: { grid: boolean; model: boolean }): void {
    this.grid.visible = shown.grid;
    for (const thing of this.model) thing.visible = shown.model;
  }

  get hasModel(): boolean {
    return this.model.length > 0;
  }

  dispose(): void {
    discard([this.faces, this.grid, this.circles, this.axes, ...this.model]);
    this.map.dispose();
  }
}
