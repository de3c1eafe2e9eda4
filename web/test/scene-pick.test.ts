// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { Vector } from "../src/api/types";
import { overlaps, placeLabels, type Rectangle } from "../src/scene/labels";
import type { Wires } from "../src/scene/model";
import { hitSegment, hitTriangle, segmentDistance, type Ray } from "../src/scene/pick";

const down: Ray = { origin: [0.25, 0.25, 10], direction: [0, 0, -1] };

describe("rays", () => {
  const far = [0, 0, 1, 1, 0, 1, 0, 1, 1];
  const close = [0, 0, 4, 0, 1, 4, 1, 0, 4];

  it("meet the nearer of two triangles, from either side", () => {
    expect(hitTriangle([...far, ...close], down)).toEqual({ index: 1, depth: 6 });
    expect(hitTriangle([...close, ...far], down)).toEqual({ index: 0, depth: 6 });
    expect(hitTriangle([...far, ...close], { origin: [0.25, 0.25, -1], direction: [0, 0, 1] })).toEqual({ index: 0, depth: 2 });
  });

  it("meet nothing beside, behind or along a triangle", () => {
    expect(hitTriangle(far, { ...down, origin: [0.8, 0.8, 10] })).toBeNull();
    expect(hitTriangle(far, { ...down, origin: [0.25, 0.25, 0] })).toBeNull();
    expect(hitTriangle(far, { origin: [-1, 0.25, 1], direction: [1, 0, 0] })).toBeNull();
    expect(hitTriangle([], down)).toBeNull();
  });

  it("pass a segment at its least distance", () => {
    expect(segmentDistance([1, -1, 3], [1, 1, 5], { origin: [0, 0, 10], direction: [0, 0, -1] })).toEqual({ distance: 1, depth: 6 });
    expect(segmentDistance([3, 4, 0], [9, 9, 0], { origin: [0, 0, 10], direction: [0, 0, -1] }).distance).toBe(5);
    // along the ray: the end that is nearer to the eye
    expect(segmentDistance([0, 0, 0], [0, 0, 4], { origin: [0, 0, 10], direction: [0, 0, -1] })).toEqual({ distance: 0, depth: 6 });
  });

  it("meet the segment nearest to the pointer, of equals the one in front", () => {
    const wires: Wires = {
      count: 3,
      start: new Float32Array([0, -1, 0, 0.1, -1, 0, 0, -1, 5]),
      end: new Float32Array([0, 1, 0, 0.1, 1, 0, 0, 1, 5]),
      radius: new Float32Array([0.01, 0.5, 0.01]),
    };
    const ray = (x: number): Ray => ({ origin: [x, 0, 10], direction: [0, 0, -1] });
    expect(hitSegment(wires, ray(0.02), 0.05, false)).toEqual({ index: 2, depth: 5 });
    expect(hitSegment(wires, ray(0.09), 0.05, false)).toEqual({ index: 1, depth: 10 });
    expect(hitSegment(wires, ray(0.4), 0.05, false)).toBeNull();
    expect(hitSegment(wires, ray(0.4), 0.05, true)?.index).toBe(1);
  });
});

describe("labels", () => {
  const bounds: Rectangle = { x: 0, y: 0, width: 400, height: 300 };

  it("stand on the right of what they name, in the middle", () => {
    expect(placeLabels([{ x: 100, y: 100, width: 40, height: 16 }], bounds)).toEqual([{ x: 111, y: 92, width: 40, height: 16 }]);
  });

  it("change sides at the edge", () => {
    const [place] = placeLabels([{ x: 390, y: 100, width: 40, height: 16 }], bounds);
    expect(place!.x + place!.width).toBeLessThanOrEqual(390);
  });

  it("never lie on each other or on what is taken", () => {
    const taken = { x: 105, y: 80, width: 60, height: 40 };
    const labels = Array.from({ length: 12 }, (_, i) => ({ x: 100 + 3 * i, y: 100, width: 50, height: 16 }));
    const places = placeLabels(labels, bounds, [taken]).filter((place): place is Rectangle => place !== null);
    expect(places.length).toBeGreaterThan(8);
    places.forEach((a, i) => {
      expect(overlaps(a, taken)).toBe(false);
      places.slice(i + 1).forEach((b) => expect(overlaps(a, b)).toBe(false));
    });
  });

  it("are left out where there is no room", () => {
    const labels: { x: number; y: number; width: number; height: number }[] = [{ x: 20, y: 10, width: 500, height: 16 }];
    expect(placeLabels(labels, bounds)).toEqual([null]);
  });
});

describe("a ray as the camera gives it", () => {
  it("keeps its depth in metres whatever its origin", () => {
    const direction = [0.6, 0, -0.8] as Vector;
    const hit = hitTriangle([-9, -9, 0, 9, -9, 0, 0, 18, 0], { origin: [-0.6, 0, 0.8], direction });
    expect(hit!.depth).toBeCloseTo(1, 12);
  });
});
