// SPDX-License-Identifier: Apache-2.0
// What a ray through the picture meets. All lengths in metres.
import type { Vector } from "../api/types";
import type { Wires } from "./model";

export interface Ray {
  origin: Vector;
  /** unit vector */
  direction: Vector;
}

export interface Hit {
  index: number;
  /** along the ray */
  depth: number;
}

/** First triangle of a list with 9 numbers each, seen from either side (Möller and Trumbore's method). */
export function hitTriangle(corners: ArrayLike<number>, ray: Ray): Hit | null {
  const [ox, oy, oz] = ray.origin;
  const [dx, dy, dz] = ray.direction;
  let best: Hit | null = null;
  for (let i = 0; i + 8 < corners.length; i += 9) {
    const ax = corners[i]!;
    const ay = corners[i + 1]!;
    const az = corners[i + 2]!;
    const ux = corners[i + 3]! - ax;
    const uy = corners[i + 4]! - ay;
    const uz = corners[i + 5]! - az;
    const vx = corners[i + 6]! - ax;
    const vy = corners[i + 7]! - ay;
    const vz = corners[i + 8]! - az;
    const px = dy * vz - dz * vy;
    const py = dz * vx - dx * vz;
    const pz = dx * vy - dy * vx;
    const determinant = ux * px + uy * py + uz * pz;
    if (determinant === 0) continue;
    const tx = ox - ax;
    const ty = oy - ay;
    const tz = oz - az;
    const u = (tx * px + ty * py + tz * pz) / determinant;
    if (!(u >= 0 && u <= 1)) continue;
    const qx = ty * uz - tz * uy;
    const qy = tz * ux - tx * uz;
    const qz = tx * uy - ty * ux;
    const v = (dx * qx + dy * qy + dz * qz) / determinant;
    if (!(v >= 0 && u + v <= 1)) continue;
    const depth = (vx * qx + vy * qy + vz * qz) / determinant;
    if (depth >= 0 && (best === null || depth < best.depth)) best = { index: i / 9, depth };
  }
  return best;
}

/** Distance of a segment from a ray's line and how deep its nearest point lies; the line is meant endless. */
export function segmentDistance(start: Vector, end: Vector, ray: Ray): { distance: number; depth: number } {
  const d = ray.direction;
  const along = (p: Vector) => (p[0] - ray.origin[0]) * d[0] + (p[1] - ray.origin[1]) * d[1] + (p[2] - ray.origin[2]) * d[2];
  const [da, db] = [along(start), along(end)];
  // both ends seen along the ray: the distance from the ray's foot to a flat segment
  const flat = (p: Vector, depth: number) => [0, 1, 2].map((k) => p[k]! - ray.origin[k]! - depth * d[k]!) as Vector;
  const a = flat(start, da);
  const b = flat(end, db);
  const way = [0, 1, 2].map((k) => b[k]! - a[k]!) as Vector;
  const square = way[0] ** 2 + way[1] ** 2 + way[2] ** 2;
  const t = square > 0 ? Math.min(1, Math.max(0, -(a[0] * way[0] + a[1] * way[1] + a[2] * way[2]) / square)) : da <= db ? 0 : 1;
  return { distance: Math.hypot(a[0] + t * way[0], a[1] + t * way[1], a[2] + t * way[2]), depth: da + t * (db - da) };
}

/** The segment nearest to the ray, at most `reach` plus its drawn radius away. */
export function hitSegment(wires: Wires, ray: Ray, reach: number, solid: boolean): Hit | null {
  let best: Hit | null = null;
  let least = Infinity;
  for (let i = 0; i < wires.count; i += 1) {
    const at = (list: Float32Array) => [list[3 * i]!, list[3 * i + 1]!, list[3 * i + 2]!] as Vector;
    const { distance, depth } = segmentDistance(at(wires.start), at(wires.end), ray);
    const gap = Math.max(0, distance - (solid ? wires.radius[i]! : 0));
    if (gap > reach || depth < 0) continue;
    if (gap < least - 1e-12 || (gap <= least + 1e-12 && best !== null && depth < best.depth)) {
      least = gap;
      best = { index: i, depth };
    }
  }
  return best;
}
