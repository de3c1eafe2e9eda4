// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { Geometry, Vector } from "../src/api/types";
import { boxOf, boxOfModel, clampElevation, cornersOf, diagonalOf, directionOf, fitOf, middleOf } from "../src/scene/box";
import { cornersOfTriangles, edgesOf, groundLines, lineShare, medianLength, tintsOf, wiresOf } from "../src/scene/model";

/** A square of two triangles at z = 1, and a wire below it. */
const square: Geometry = {
  findings: [],
  good: true,
  segments: [0, 0, 0, 0, 0, 0.5, 0.01, 0, 0, 0.5, 0, 0, 1, 0.02],
  vertices: [0, 0, 1, 2, 0, 1, 2, 2, 1, 0, 2, 1],
  triangles: [0, 1, 2, 0, 2, 3],
  surfaces: [
    { name: "a", first: 0, count: 1, line: 3, kind: "conductor" },
    { name: "b", first: 1, count: 1, line: 4, kind: "sheet" },
  ],
};

describe("boxes", () => {
  it("hold wires and surfaces, not the wires' radii", () => {
    const box = boxOfModel(square);
    expect(box).toEqual({ low: [0, 0, 0], high: [2, 2, 1] });
    expect(middleOf(box)).toEqual([1, 1, 0.5]);
    expect(diagonalOf(box)).toBeCloseTo(3, 12);
    expect(cornersOf(box)).toHaveLength(8);
    expect(new Set(cornersOf(box).map(String)).size).toBe(8);
  });

  it("are never empty", () => {
    expect(boxOf([])).toBeNull();
    expect(diagonalOf(boxOfModel({ findings: [], good: true }))).toBeGreaterThan(0);
    expect(boxOfModel({ findings: [], good: true, segments: [1, 1, 1, 1, 1, 1, 0.1] })).toEqual({ low: [0.5, 0.5, 0.5], high: [1.5, 1.5, 1.5] });
  });
});

describe("fitting", () => {
  const back: Vector = [0, -1, 0];
  const points: Vector[] = [
    [-3, 7, 0],
    [5, 9, 0],
    [1, 8, 2],
  ];

  it("centres what it shows", () => {
    const fit = fitOf(points, [1, 0, 0], [0, 0, 1], back, 2, 1);
    expect(fit.target).toEqual([1, 8, 1]);
    // 8 m across in a picture twice as wide as high: 4 m high
    expect(fit.extent).toBeCloseTo(2, 12);
  });

  it("takes the height where that is what is short", () => {
    expect(fitOf(points, [1, 0, 0], [0, 0, 1], back, 100, 0.5).extent).toBeCloseTo(2, 12);
  });

  it("turns a direction the way azimuth and elevation are meant", () => {
    directionOf(0, 0).forEach((value, k) => expect(value).toBeCloseTo([1, 0, 0][k]!, 12));
    directionOf(Math.PI / 2, 0).forEach((value, k) => expect(value).toBeCloseTo([0, 1, 0][k]!, 12));
    directionOf(1, Math.PI / 2).forEach((value, k) => expect(value).toBeCloseTo([0, 0, 1][k]!, 12));
    expect(clampElevation(9)).toBeLessThan(Math.PI / 2);
    expect(clampElevation(-9)).toBeGreaterThan(-Math.PI / 2);
    expect(clampElevation(0.3)).toBe(0.3);
  });
});

describe("arrays for the graphics card", () => {
  it("hold the ends and radii of wires", () => {
    const wires = wiresOf(square);
    expect(wires.count).toBe(2);
    expect([...wires.start]).toEqual([0, 0, 0, 0, 0, 0.5]);
    expect([...wires.end]).toEqual([0, 0, 0.5, 0, 0, 1]);
    expect([...wires.radius].map((value) => Number(value.toFixed(3)))).toEqual([0.01, 0.02]);
    expect(wiresOf({ findings: [], good: false }).count).toBe(0);
  });

  it("give every triangle its own corners, in order", () => {
    expect([...cornersOfTriangles(square)]).toEqual([0, 0, 1, 2, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 2, 1]);
  });

  it("hold an edge that two triangles share once", () => {
    const edges = edgesOf(square);
    expect(edges.length / 6).toBe(5);
    const lengths = Array.from({ length: 5 }, (_, i) => Math.hypot(edges[6 * i + 3]! - edges[6 * i]!, edges[6 * i + 4]! - edges[6 * i + 1]!, edges[6 * i + 5]! - edges[6 * i + 2]!));
    expect(lengths.filter((length) => Math.abs(length - Math.SQRT2 * 2) < 1e-6)).toHaveLength(1);
    expect(lengths.filter((length) => Math.abs(length - 2) < 1e-6)).toHaveLength(4);
  });

  it("fade lines that lie close together", () => {
    expect(medianLength(new Float32Array([0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 3]))).toBe(2);
    expect(medianLength(new Float32Array())).toBe(0);
    expect(lineShare(100)).toBe(1);
    expect(lineShare(11)).toBe(0.5);
    expect(lineShare(0)).toBeGreaterThan(0);
  });

  it("colour surfaces by their kind", () => {
    const tints = tintsOf(square, (kind) => (kind === "sheet" ? [1, 2, 3] : [7, 8, 9]));
    expect([...tints]).toEqual([7, 8, 9, 7, 8, 9, 7, 8, 9, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  it("put the lines of the ground on round places that hold what was asked for", () => {
    const lines = groundLines(0.3, -0.2, 1, 0.5);
    const xs = [...lines].filter((_, i) => i % 3 === 0);
    const ys = [...lines].filter((_, i) => i % 3 === 1);
    expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([-1, 1.5, -1.5, 1]);
    expect([...lines].every((value) => Math.abs(value * 2 - Math.round(value * 2)) < 1e-6)).toBe(true);
    expect(lines.length / 6).toBe(6 + 6);
  });
});
