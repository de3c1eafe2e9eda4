// SPDX-License-Identifier: Apache-2.0
// The lists of the geometry as arrays that a graphics card takes.
import type { Geometry } from "../api/types";

export interface Wires {
  count: number;
  /** x, y, z of first and second ends [m] */
  start: Float32Array;
  end: Float32Array;
  /** [m] */
  radius: Float32Array;
}

export function wiresOf(geometry: Geometry): Wires {
  const flat = geometry.segments ?? [];
  const count = Math.floor(flat.length / 7);
  const wires = { count, start: new Float32Array(3 * count), end: new Float32Array(3 * count), radius: new Float32Array(count) };
  for (let i = 0; i < count; i += 1) {
    for (let k = 0; k < 3; k += 1) {
      wires.start[3 * i + k] = flat[7 * i + k]!;
      wires.end[3 * i + k] = flat[7 * i + 3 + k]!;
    }
    wires.radius[i] = flat[7 * i + 6]!;
  }
  return wires;
}

/** Corners of all triangles, 9 numbers each [m]: every triangle has its own, so that it can have its own colour. */
export function cornersOfTriangles(geometry: Geometry): Float32Array {
  const { vertices = [], triangles = [] } = geometry;
  const corners = new Float32Array(3 * triangles.length);
  triangles.forEach((vertex, i) => {
    for (let k = 0; k < 3; k += 1) corners[3 * i + k] = vertices[3 * vertex + k]!;
  });
  return corners;
}

/** Every edge of the mesh once, 6 numbers each [m]. */
export function edgesOf(geometry: Geometry): Float32Array {
  const { vertices = [], triangles = [] } = geometry;
  const count = vertices.length / 3;
  const seen = new Set<number>();
  for (let i = 0; i + 2 < triangles.length; i += 3)
    for (let k = 0; k < 3; k += 1) {
      const a = triangles[i + k]!;
      const b = triangles[i + ((k + 1) % 3)]!;
      seen.add(Math.min(a, b) * count + Math.max(a, b));
    }
  const edges = new Float32Array(6 * seen.size);
  let at = 0;
  for (const key of seen)
    for (const vertex of [Math.floor(key / count), key % count]) for (let k = 0; k < 3; k += 1) edges[at++] = vertices[3 * vertex + k]!;
  return edges;
}

export function medianLength(lines: Float32Array): number {
  const lengths = Array.from({ length: lines.length / 6 }, (_, i) => Math.hypot(lines[6 * i + 3]! - lines[6 * i]!, lines[6 * i + 4]! - lines[6 * i + 1]!, lines[6 * i + 5]! - lines[6 * i + 2]!));
  return lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
}

/** How much of their opacity lines keep whose typical length is so many dots: close together they would cover what is below them. */
export const lineShare = (dots: number): number => Math.min(1, Math.max(0.1, dots / 22));

/** One colour for each corner, by the kind of its surface; red, green, blue of 0 to 255. */
export function tintsOf(geometry: Geometry, colour: (kind: string) => readonly [number, number, number]): Uint8Array {
  const count = (geometry.triangles?.length ?? 0) / 3;
  const tints = new Uint8Array(9 * count);
  for (const surface of geometry.surfaces ?? []) {
    const rgb = colour(surface.kind);
    for (let i = 9 * surface.first; i < 9 * Math.min(count, surface.first + surface.count); i += 1) tints[i] = rgb[i % 3]!;
  }
  return tints;
}

/** Parallels to x and y that are `step` apart in the square around (x, y), 6 numbers each. */
export function groundLines(x: number, y: number, half: number, step: number): Float32Array {
  const lines: number[] = [];
  const left = Math.floor((x - half) / step) * step;
  const right = Math.ceil((x + half) / step) * step;
  const near = Math.floor((y - half) / step) * step;
  const far = Math.ceil((y + half) / step) * step;
  const count = (low: number, high: number) => Math.round((high - low) / step);
  for (let i = 0; i <= count(left, right); i += 1) lines.push(left + i * step, near, 0, left + i * step, far, 0);
  for (let i = 0; i <= count(near, far); i += 1) lines.push(left, near + i * step, 0, right, near + i * step, 0);
  return new Float32Array(lines);
}
