// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import { angleTicks, decibelRings, logTicks, niceRange, niceStep, niceTicks, ringRadius, ticksFrom } from "../src/data/ticks";

describe("steps", () => {
  it("are 1, 2 or 5 times a power of ten", () => {
    expect(niceStep(10, 5)).toBe(2);
    expect(niceStep(10, 6)).toBe(2);
    expect(niceStep(1, 6)).toBeCloseTo(0.2, 12);
    expect(niceStep(300, 6)).toBe(50);
    expect(niceStep(7e6, 6)).toBe(2e6);
    expect(niceStep(6e6, 6)).toBe(1e6);
    expect(niceStep(0, 6)).toBe(1);
  });
});

describe("ticks", () => {
  it("are round and inside", () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(156e6, 162e6, 6)).toEqual([156e6, 157e6, 158e6, 159e6, 160e6, 161e6, 162e6]);
    expect(niceTicks(-33, -7, 5)).toEqual([-30, -20, -10]);
    expect(niceTicks(5, 5)).toEqual([5]);
  });

  it("of angles are parts of a turn", () => {
    expect(angleTicks(0, 355)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330]);
    expect(angleTicks(0, 360, 6)).toEqual([0, 60, 120, 180, 240, 300, 360]);
    expect(angleTicks(-90, 90)).toEqual([-90, -75, -60, -45, -30, -15, 0, 15, 30, 45, 60, 75, 90]);
    expect(angleTicks(80, 90, 5)).toEqual([80, 82, 84, 86, 88, 90]);
  });

  it("begin at the lower end where that has a meaning", () => {
    expect(ticksFrom(1, 10, 2)).toEqual([1, 2, 4, 6, 8, 10]);
    expect(ticksFrom(1, 5, 0.5)).toEqual([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
    expect(ticksFrom(1, 40, 10)).toEqual([1, 10, 20, 30, 40]);
    expect(ticksFrom(1, 12, 1.5)).toEqual([1, 3, 4.5, 6, 7.5, 9, 10.5, 12]);
  });

  it("of logarithmic axes are decades, with 2 and 5 where those are few", () => {
    expect(logTicks(1e6, 1e9)).toEqual([1e6, 1e7, 1e8, 1e9]);
    expect(logTicks(3e6, 30e6)).toEqual([5e6, 1e7, 2e7]);
    expect(logTicks(1e6, 100e6)).toEqual([1e6, 1e7, 1e8]);
    expect(logTicks(1, 10)).toEqual([1, 2, 5, 10]);
    expect(logTicks(0, 10)).toEqual([]);
    expect(logTicks(-1, 10)).toEqual([]);
  });

  it("of logarithmic axes are there for narrow bands, too", () => {
    expect(logTicks(144e6, 148e6).length).toBeGreaterThanOrEqual(3);
    logTicks(144e6, 148e6).forEach((tick) => expect(tick >= 144e6 && tick <= 148e6).toBe(true));
  });
});

describe("ranges", () => {
  it("grow to round ends", () => {
    expect(niceRange(-33.2, -7.1)).toEqual([-35, -5]);
    expect(niceRange(0, 10)).toEqual([0, 10]);
  });

  it("of one value have a width, and keep it inside", () => {
    const [low, high] = niceRange(-20, -20);
    expect(low).toBeLessThan(-20);
    expect(high).toBeGreaterThan(-20);
    expect(niceRange(0, 0)).toEqual([-1, 1]);
  });
});

describe("rings of polar plots", () => {
  it("begin above the largest value, 10 dB apart", () => {
    const rings = decibelRings(7.3, 40);
    expect(rings).toEqual({ top: 10, floor: -30, levels: [10, 0, -10, -20] });
    expect(ringRadius(10, rings)).toBe(1);
    expect(ringRadius(-10, rings)).toBe(0.5);
    expect(ringRadius(-30, rings)).toBe(0);
    expect(ringRadius(-99, rings)).toBe(0);
    expect(ringRadius(-Infinity, rings)).toBe(0);
    expect(ringRadius(null, rings)).toBeNull();
    expect(ringRadius(NaN, rings)).toBeNull();
  });

  it("follow a changed floor", () => {
    expect(decibelRings(2.15, 20)).toEqual({ top: 2.5, floor: -17.5, levels: [2.5, -2.5, -7.5, -12.5] });
    expect(decibelRings(0, 10).levels).toEqual([0, -2, -4, -6, -8]);
    expect(decibelRings(-0.4, 60).top).toBe(0);
  });
});
