// SPDX-License-Identifier: Apache-2.0
// Extents of models and the camera that shows all of them.
import type { Geometry, Vector } from "../api/types";

export interface Box {
  low: Vector;
  high: Vector;
}

/** Around all points of the lists of x, y, z; null if there are none. */
export function boxOf(...lists: readonly ArrayLike<number>[]): Box | null {
  const low: Vector = [Infinity, Infinity, Infinity];
  const high: Vector = [-Infinity, -Infinity, -Infinity];
  for (const list of lists)
    for (let i = 0; i + 2 < list.length; i += 3)
      for (let k = 0; k < 3; k += 1) {
        const value = list[i + k]!;
        if (value < low[k]!) low[k] = value;
        if (value > high[k]!) high[k] = value;
      }
  return low[0] <= high[0] ? { low, high } : null;
}

export const middleOf = (box: Box): Vector => [0, 1, 2].map((k) => (box.low[k]! + box.high[k]!) / 2) as Vector;

export const diagonalOf = (box: Box): number => Math.hypot(...[0, 1, 2].map((k) => box.high[k]! - box.low[k]!));

/** Box of wires and surfaces. Of nothing, and of a single point, one metre. */
export function boxOfModel(geometry: Geometry): Box {
  const segments = geometry.segments ?? [];
  const ends: number[] = [];
  for (let i = 0; i + 6 < segments.length; i += 7) for (let k = 0; k < 6; k += 1) ends.push(segments[i + k]!);
  const box = boxOf(ends, geometry.vertices ?? []) ?? { low: [0, 0, 0], high: [0, 0, 0] };
  if (diagonalOf(box) > 0) return box;
  return { low: box.low.map((value) => value - 0.5) as Vector, high: box.high.map((value) => value + 0.5) as Vector };
}

export function cornersOf({ low, high }: Box): Vector[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2]]);
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export interface Fit {
  target: Vector;
  /** half of what the picture is high [m] */
  extent: number;
}

/** What an orthographic camera with these axes has to look at so that the points fill `share` of its picture. */
export function fitOf(points: readonly Vector[], right: Vector, up: Vector, back: Vector, aspect: number, share = 0.86): Fit {
  const range = (axis: Vector) => {
    const places = points.map((point) => dot(point, axis));
    const low = Math.min(...places);
    const high = Math.max(...places);
    return { middle: (low + high) / 2, half: (high - low) / 2 };
  };
  const across = range(right);
  const along = range(up);
  const depth = range(back).middle;
  const target = [0, 1, 2].map((k) => across.middle * right[k]! + along.middle * up[k]! + depth * back[k]!) as Vector;
  const extent = Math.max(along.half, across.half / aspect) / share;
  return { target, extent: extent > 0 ? extent : 1 };
}

/** Unit vector from the target to a camera at these angles [rad]: azimuth from +x, elevation from the horizon. */
export const directionOf = (azimuth: number, elevation: number): Vector => [
  Math.cos(elevation) * Math.cos(azimuth),
  Math.cos(elevation) * Math.sin(azimuth),
  Math.sin(elevation),
];

/** Just short of straight up: there the azimuth still tells which way is right. */
const steepest = Math.PI / 2 - 1e-4;

export const clampElevation = (elevation: number): number => Math.min(steepest, Math.max(-steepest, elevation));
