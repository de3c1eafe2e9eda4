// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import { add, divide, magnitude, multiply, phase, subtract } from "../src/data/complex";
import { decibelBand, decibels, impedanceError, impedanceOf, powerDecibels, reflectionOf, returnLoss, returnLossBand, symmetricBand, vswr, vswrBand } from "../src/data/radio";
import { gammaOf, gridLines, gridValues, normalisedOf, reactanceCircle, reactanceEnd, resistanceCircle } from "../src/data/smith";

type Pair = readonly [number, number];
const near = (a: Pair | null, b: Pair) => {
  expect(a).not.toBeNull();
  expect(a![0]).toBeCloseTo(b[0], 12);
  expect(a![1]).toBeCloseTo(b[1], 12);
};

describe("complex numbers", () => {
  it("add, multiply and divide", () => {
    near(add([1, 2], [3, -5]), [4, -3]);
    near(subtract([1, 2], [3, -5]), [-2, 7]);
    near(multiply([1, 2], [3, -5]), [13, 1]); // 3 - 5j + 6j + 10
    near(divide([13, 1], [3, -5]), [1, 2]);
    expect(magnitude([3, -4])).toBe(5);
    expect(phase([0, 1])).toBeCloseTo(Math.PI / 2, 12);
    expect(Number.isFinite(divide([1, 0], [0, 0])[0])).toBe(false);
  });
});

describe("the Smith chart", () => {
  it("has its known points", () => {
    near(reflectionOf([50, 0], 50), [0, 0]);
    near(reflectionOf([0, 0], 50), [-1, 0]);
    near(reflectionOf([0, 50], 50), [0, 1]);
    near(reflectionOf([0, -50], 50), [0, -1]);
    near(reflectionOf([100, 0], 50), [1 / 3, 0]);
    near(reflectionOf([25, 0], 50), [-1 / 3, 0]);
    near(reflectionOf([1e15, 0], 50), [1, 0]);
    near(reflectionOf([75, 0], 75), [0, 0]);
    expect(reflectionOf([-50, 0], 50)).toBeNull();
    near(gammaOf([1, 1]), [0.2, 0.4]); // j / (2 + j)
  });

  it("gives the impedance back", () => {
    near(impedanceOf([0.2, 0.4], 50), [50, 50]);
    near(normalisedOf([0.2, 0.4]), [1, 1]);
    near(impedanceOf([-1, 0], 50), [0, 0]);
    expect(impedanceOf([1, 0], 50)).toBeNull();
    expect(normalisedOf([1, 0])).toBeNull();
  });

  it("has circles of constant resistance and reactance through their impedances", () => {
    for (const value of gridValues)
      for (const other of [-3, -0.4, 0, 0.7, 10]) {
        const r = resistanceCircle(value);
        const onR = gammaOf([value, other]);
        expect(Math.hypot(onR[0] - r.x, onR[1] - r.y)).toBeCloseTo(r.radius, 12);
        const x = reactanceCircle(-value);
        const onX = gammaOf([Math.abs(other), -value]);
        expect(Math.hypot(onX[0] - x.x, onX[1] - x.y)).toBeCloseTo(x.radius, 12);
      }
    near(reactanceEnd(1), [0, 1]);
    near(reactanceEnd(-2), [0.6, -0.8]);
    expect(resistanceCircle(1)).toEqual({ x: 0.5, y: 0, radius: 0.5 });
  });

  it("draws arcs of reactance around their own centres", () => {
    const scale = 100;
    const lines = gridLines(scale).filter((each) => each.kind === "reactance");
    expect(lines.length).toBe(2 * gridValues.length);
    for (const each of lines) {
      const [x1, y1, radius, , , large, sweep, x2, y2] = each.path.match(/-?[\d.]+/g)!.map(Number) as [number, number, number, number, number, number, number, number, number];
      // SVG's rule: sweep 1 turns clockwise on the screen (y down), the short way round
      expect(large).toBe(0);
      const half = Math.hypot(x2 - x1, y2 - y1) / 2;
      const rise = Math.sqrt(Math.max(0, radius * radius - half * half));
      const side = sweep === 1 ? 1 : -1;
      const centre = [(x1 + x2) / 2 - (side * rise * (y2 - y1)) / (2 * half), (y1 + y2) / 2 + (side * rise * (x2 - x1)) / (2 * half)];
      expect(centre[0]! / scale).toBeCloseTo(1, 2);
      expect(-centre[1]! / scale).toBeCloseTo(1 / each.value, 2);
    }
  });
});

describe("figures of one reflection", () => {
  it("are those of the textbook", () => {
    expect(vswr(0)).toBe(1);
    expect(vswr(1 / 3)).toBeCloseTo(2, 12);
    expect(vswr(0.5)).toBeCloseTo(3, 12);
    expect(vswr(1)).toBeNull();
    expect(vswr(1.01)).toBeNull();
    expect(returnLoss(0.1)).toBeCloseTo(20, 12);
    expect(returnLoss(0)).toBeNull();
    expect(decibels(0.5)).toBeCloseTo(-6.0206, 4);
    expect(powerDecibels(0.5)).toBeCloseTo(-3.0103, 4);
    expect(decibels(0)).toBeNull();
  });

  it("have bands that follow from the error of S", () => {
    const standing = vswrBand([1 / 3, 0], 1 / 6);
    expect(standing.least).toBeCloseTo(1.4, 12); // |gamma| = 1/6: 7/5
    expect(standing.value).toBeCloseTo(2, 12);
    expect(standing.most).toBeCloseTo(3, 12);
    expect(vswrBand([0.9, 0], 0.2).most).toBeNull();
    expect(vswrBand([0.1, 0], 0.2).least).toBe(1);
    const loss = returnLossBand([0.1, 0], 0.05);
    expect(loss.least).toBeCloseTo(-20 * Math.log10(0.15), 12);
    expect(loss.most).toBeCloseTo(-20 * Math.log10(0.05), 12);
    expect(decibelBand([0, 0.1], 0.1).least).toBeNull();
    expect(decibelBand([0, 0.1], null)).toEqual({ value: decibels(0.1), least: null, most: null });
    expect(symmetricBand(3, 1)).toEqual({ value: 3, least: 2, most: 4 });
    expect(symmetricBand(null, 1)).toEqual({ value: null, least: null, most: null });
  });

  it("carry the error of S to the impedance as the differential does", () => {
    const gamma: [number, number] = [0.3, -0.2];
    const step = 1e-6;
    const a = impedanceOf(gamma, 50)!;
    const b = impedanceOf([gamma[0] + step, gamma[1]], 50)!;
    expect(Math.hypot(b[0] - a[0], b[1] - a[1]) / step).toBeCloseTo(impedanceError(gamma, 1, 50), 2);
    expect(impedanceError([0, 0], 0.01, 50)).toBeCloseTo(1, 12);
  });
});
