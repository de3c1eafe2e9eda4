// SPDX-License-Identifier: Apache-2.0
// A far field as a surface: the further out, the stronger.
import type { Pattern, Vector } from "../api/types";
import type { Quantity } from "../data/pattern";

export interface Levels {
  /** of radius 1 [dB] */
  top: number;
  /** of the centre [dB] */
  floor: number;
}

export interface Lobes {
  /** corners of triangles, 9 numbers each; radii of 0 to 1 */
  corners: Float32Array;
  /** of each corner: place between floor and top, 0 to 1 */
  places: Float32Array;
  /** of each corner: index of the direction, phi row times number of thetas plus theta column */
  directions: Uint32Array;
  /** lines of the grid, 6 numbers each */
  lines: Float32Array;
}

/** Place of a level; what is not there has the level of nothing at all. */
export function levelPlace(level: number | null, levels: Levels): number {
  if (level === null || !(level > levels.floor)) return 0;
  return Math.min(1, (level - levels.floor) / (levels.top - levels.floor));
}

export function towards(theta: number, phi: number): Vector {
  const t = (theta * Math.PI) / 180;
  const p = (phi * Math.PI) / 180;
  return [Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t)];
}

/** Neighbours in a list of angles: pairs of indices, the last with the first if that gap is no wider than the others. */
export function neighbours(angles: readonly number[], turns: boolean): [number, number][] {
  const order = angles.map((_, i) => i).sort((a, b) => angles[a]! - angles[b]!);
  const pairs: [number, number][] = [];
  let widest = 0;
  for (let i = 1; i < order.length; i += 1) {
    pairs.push([order[i - 1]!, order[i]!]);
    widest = Math.max(widest, angles[order[i]!]! - angles[order[i - 1]!]!);
  }
  if (turns && order.length > 2) {
    const gap = 360 - (angles[order[order.length - 1]!]! - angles[order[0]!]!);
    if (gap > 1e-6 && gap <= widest * 1.01) pairs.push([order[order.length - 1]!, order[0]!]);
  }
  return pairs;
}

/**
 * The surface of a pattern's directions, and nothing between directions that were not asked for. A single cut becomes a fan to the centre.
 */
export function lobesOf(pattern: Pattern, quantity: Quantity, levels: Levels): Lobes {
  const grid = pattern[quantity] ?? [];
  const thetas = pattern.theta_deg ?? [];
  const columns = thetas.length;
  const place = (row: number, column: number) => levelPlace(grid[row]?.[column] ?? null, levels);
  const corners: number[] = [];
  const places: number[] = [];
  const directions: number[] = [];
  const lines: number[] = [];
  const point = (row: number, column: number): Vector => {
    const radius = place(row, column);
    return towards(thetas[column]!, pattern.phi_deg[row]!).map((part) => part * radius) as Vector;
  };
  const put = (row: number, column: number, centre = false) => {
    corners.push(...(centre ? [0, 0, 0] : point(row, column)));
    places.push(centre ? 0 : place(row, column));
    directions.push(row * columns + column);
  };
  const line = (a: [number, number], b: [number, number]) => {
    if (place(...a) > 0 || place(...b) > 0) lines.push(...point(...a), ...point(...b));
  };
  const across = neighbours(thetas, false);
  const around = neighbours(pattern.phi_deg, true);
  const fan = (a: [number, number], b: [number, number]) => {
    if (place(...a) === 0 && place(...b) === 0) return;
    put(...a);
    put(...b);
    put(...(place(...a) >= place(...b) ? a : b), true);
  };
  for (const [p, q] of around)
    for (const [s, t] of across) {
      if (place(p, s) + place(p, t) + place(q, s) + place(q, t) === 0) continue;
      for (const [row, column] of [[p, s], [q, s], [q, t], [p, s], [q, t], [p, t]] as const) put(row, column);
    }
  if (columns === 1) for (const [p, q] of around) fan([p, 0], [q, 0]);
  if (pattern.phi_deg.length === 1) for (const [s, t] of across) fan([0, s], [0, t]);
  for (let column = 0; column < columns; column += 1) for (const [p, q] of around) line([p, column], [q, column]);
  for (let row = 0; row < pattern.phi_deg.length; row += 1) for (const [s, t] of across) line([row, s], [row, t]);
  if (columns === 1 && pattern.phi_deg.length === 1) lines.push(0, 0, 0, ...point(0, 0));
  return { corners: new Float32Array(corners), places: new Float32Array(places), directions: new Uint32Array(directions), lines: new Float32Array(lines) };
}
