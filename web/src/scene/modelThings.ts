// SPDX-License-Identifier: Apache-2.0
// The model as things of a scene: at most six draw calls, however large it is.
import { DoubleSide, Mesh, MeshBasicMaterial, PlaneGeometry, type DataTexture, type LineSegments, type Material, type Object3D, type Scene, type ShaderMaterial } from "three";

import type { Geometry } from "../api/types";
import { niceStep } from "../data/ticks";
import { boxOfModel, diagonalOf, middleOf, type Box } from "./box";
import { perCorner, type Currents } from "./currents";
import { discard, surface, thinLines, tubes, wideLines, wireAttributes, write } from "./drawables";
import { colourMap, createPaint, lineMaterial, plainColour, surfaceMaterial, tubeMaterial, type Paint } from "./materials";
import { cornersOfTriangles, edgesOf, groundLines, lineShare, medianLength, tintsOf, wiresOf, type Wires } from "./model";
import { surfaceTint, type Palette } from "./palette";

const strongestEdge = 0.6;

export interface Shown {
  radius: boolean;
  mesh: boolean;
}

export class ModelThings {
  readonly wires: Wires;
  readonly corners: Float32Array;
  readonly box: Box;
  /** between lines of the ground's grid; 0 without ground [m] */
  readonly gridStep: number;
  readonly wirePaint: Paint;
  readonly facePaint: Paint;
  private readonly map: DataTexture;
  private readonly lines: Mesh;
  private readonly attributes: ReturnType<typeof wireAttributes>;
  private readonly faces: Mesh | null;
  private tubes: Mesh | null = null;
  private edges: LineSegments | null = null;
  /** of a typical edge of the mesh [m] */
  private edgeLength = 0;
  private ground: Object3D[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly geometry: Geometry,
    palette: Palette,
  ) {
    this.map = colourMap();
    this.wirePaint = createPaint(this.map);
    this.facePaint = createPaint(this.map);
    this.wires = wiresOf(geometry);
    this.corners = cornersOfTriangles(geometry);
    this.box = boxOfModel(geometry);
    this.attributes = wireAttributes(this.wires);
    this.lines = wideLines(this.attributes, this.wires.count, lineMaterial(this.wirePaint));
    this.faces = this.corners.length > 0 ? surface(this.corners, new Uint8Array(this.corners.length), surfaceMaterial(this.facePaint)) : null;
    if (this.wires.count > 0) scene.add(this.lines);
    if (this.faces) scene.add(this.faces);
    this.gridStep = geometry.ground ? niceStep(2 * this.groundHalf, 14) : 0;
    this.theme(palette);
  }

  theme(palette: Palette): void {
    const set = (material: Material | Material[], name: string, colour: string) => ((material as ShaderMaterial).uniforms[name]!.value = plainColour(colour));
    set(this.lines.material, "tint", palette.text);
    set(this.lines.material, "rim", palette.line);
    if (this.tubes) set(this.tubes.material, "tint", palette.muted);
    if (this.faces) {
      const tints = this.faces.geometry.getAttribute("tint");
      (tints.array as Uint8Array).set(tintsOf(this.geometry, (kind) => surfaceTint(kind, palette.dark)));
      tints.needsUpdate = true;
    }
    if (this.edges) (this.edges.material as Material & { color: { set(css: string): void } }).color.set(palette.dark ? "#05080b" : "#2c3947");
    this.putGround(palette);
  }

  show(shown: Shown, palette: Palette): void {
    if (shown.radius && !this.tubes && this.wires.count > 0) {
      this.tubes = tubes(this.attributes, this.wires.count, tubeMaterial(this.wirePaint));
      this.scene.add(this.tubes);
      this.theme(palette);
    }
    if (shown.mesh && !this.edges && this.corners.length > 0) {
      const edges = edgesOf(this.geometry);
      this.edgeLength = medianLength(edges);
      this.edges = thinLines(edges, "#000000", strongestEdge);
      this.scene.add(this.edges);
      this.theme(palette);
    }
    if (this.tubes) this.tubes.visible = shown.radius;
    if (this.edges) this.edges.visible = shown.mesh;
  }

  fadeEdges(metresPerDot: number): void {
    if (this.edges) (this.edges.material as Material).opacity = strongestEdge * lineShare(this.edgeLength / metresPerDot);
  }

  setCurrents(currents: Currents): void {
    if (currents.wires) {
      this.attributes.current!.set(currents.wires);
      this.attributes.current!.needsUpdate = true;
    }
    if (this.faces && currents.faceReal && currents.faceImaginary) {
      write(this.faces, "re", perCorner(currents.faceReal));
      write(this.faces, "im", perCorner(currents.faceImaginary));
    }
  }

  resized(width: number, height: number): void {
    const uniforms = (this.lines.material as ShaderMaterial).uniforms;
    (uniforms.size!.value as { set(x: number, y: number): void }).set(width, height);
  }

  lineWidth(width: number): void {
    (this.lines.material as ShaderMaterial).uniforms.width!.value = width;
  }

  dispose(): void {
    discard([this.lines, ...[this.faces, this.tubes, this.edges].filter((thing) => thing !== null), ...this.ground]);
    this.map.dispose();
  }

  private get groundHalf(): number {
    const { low, high } = this.box;
    return 0.75 * Math.max(high[0] - low[0], high[1] - low[1], 0.35 * diagonalOf(this.box));
  }

  /** A plane with a grid; of a perfect conductor cool, of soil warm. */
  private putGround(palette: Palette): void {
    discard(this.ground);
    this.ground = [];
    if (!this.geometry.ground) return;
    const perfect = this.geometry.ground === "perfect";
    const [x, y] = middleOf(this.box);
    const half = this.groundHalf;
    const lines = groundLines(x, y, half, this.gridStep);
    const dark = palette.dark;
    const colour = perfect ? (dark ? "#8fa8c4" : "#7d93ac") : dark ? "#b98b4e" : "#a5772f";
    const grid = thinLines(lines, colour, dark ? 0.45 : 0.55);
    const material = new MeshBasicMaterial({ color: colour, transparent: true, opacity: perfect ? 0.13 : 0.2, side: DoubleSide, depthWrite: false, polygonOffset: true, polygonOffsetFactor: 2, polygonOffsetUnits: 2 });
    const width = lines.reduce((most, value, i) => (i % 3 === 0 ? Math.max(most, value) : most), -Infinity);
    const left = lines.reduce((least, value, i) => (i % 3 === 0 ? Math.min(least, value) : least), Infinity);
    const far = lines.reduce((most, value, i) => (i % 3 === 1 ? Math.max(most, value) : most), -Infinity);
    const near = lines.reduce((least, value, i) => (i % 3 === 1 ? Math.min(least, value) : least), Infinity);
    const plane = new Mesh(new PlaneGeometry(width - left, far - near), material);
    plane.position.set((width + left) / 2, (far + near) / 2, 0);
    plane.renderOrder = -1;
    this.ground = [plane, grid];
    this.scene.add(...this.ground);
  }
}
