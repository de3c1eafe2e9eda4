// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import { bytesText, durationText, engineering, fixed, frequencyText, impedanceText, nothing, parseFrequency, prefixOf, significant, withError } from "../src/data/units";

describe("significant digits", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [100, "100"],
    [3.14159265, "3.142"],
    [0.00123456, "0.001235"],
    [999.96, "1000"],
    [0.00099999, "0.001"],
    [123456, "123456"],
    [-2.5, "−2.5"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, nothing],
    [null, nothing],
    [undefined, nothing],
    [1e-12, "1e-12"],
    [-3.2e-7, "−3.2e-7"],
    [1.5e18, "1.5e+18"],
  ])("of %s are %s", (value, text) => expect(significant(value)).toBe(text));

  it("are as many as asked for", () => {
    expect(significant(156.7625, 7)).toBe("156.7625");
    expect(significant(156.7625, 2)).toBe("157");
  });
});

describe("fixed decimals", () => {
  it("have a true minus and no negative zero", () => {
    expect(fixed(-3.14159, 2)).toBe("−3.14");
    expect(fixed(-0.04, 1)).toBe("0.0");
    expect(fixed(2, 0)).toBe("2");
    expect(fixed(null)).toBe(nothing);
    expect(fixed(-Infinity)).toBe("−∞");
  });
});

describe("engineering prefixes", () => {
  it.each([
    [162e6, "Hz", "162 MHz"],
    [2.4e9, "Hz", "2.4 GHz"],
    [137.5, "Hz", "137.5 Hz"],
    [1e3, "Hz", "1 kHz"],
    [0.0015, "m", "1.5 mm"],
    [2e-6, "s", "2 µs"],
    [-4700, "Ω", "−4.7 kΩ"],
    [0, "Hz", "0 Hz"],
    [5e-14, "F", "0.05 pF"],
    // rounded up to the next prefix, not "1000 Hz"
    [999.96, "Hz", "1 kHz"],
    [999_999.9, "Hz", "1 MHz"],
    [999.4, "Hz", "999.4 Hz"],
  ])("of %s %s: %s", (value, unit, text) => expect(engineering(value, unit)).toBe(text));

  it("of no value is a dash", () => {
    expect(engineering(null, "Hz")).toBe(nothing);
    expect(engineering(NaN, "Hz")).toBe(nothing);
    expect(prefixOf(NaN)).toEqual({ factor: 1, sign: "" });
    expect(prefixOf(Infinity)).toEqual({ factor: 1, sign: "" });
  });

  it("keep channels 25 kHz apart", () => {
    expect(frequencyText(156_775_000)).toBe("156.775 MHz");
    expect(frequencyText(156_762_500)).toBe("156.7625 MHz");
    expect(frequencyText(null)).toBe(nothing);
  });
});

describe("values in words", () => {
  it("of impedances", () => {
    expect(impedanceText([73.13, 42.55])).toBe("73.13 + j42.55 Ω");
    expect(impedanceText([50, -0.25])).toBe("50 − j0.25 Ω");
    expect(impedanceText(null)).toBe(nothing);
  });

  it("with error bars", () => {
    expect(withError(3.44, 0.05, "dB")).toBe("3.4 ± 0.1 dB");
    expect(withError(3.44, null, "")).toBe("3.4");
    expect(withError(null, 1, "dB")).toBe(nothing);
  });

  it("of times and memory", () => {
    expect(durationText(0.0123)).toBe("12.3 ms");
    expect(durationText(59.4)).toBe("59.4 s");
    expect(durationText(3599)).toBe("1 h 0 min");
    expect(durationText(90 * 60)).toBe("1 h 30 min");
    expect(durationText(600)).toBe("10 min");
    expect(durationText(null)).toBe(nothing);
    expect(bytesText(512)).toBe("512 B");
    expect(bytesText(1536)).toBe("1.5 KiB");
    expect(bytesText(3 * 1024 ** 3)).toBe("3 GiB");
    expect(bytesText(2 * 1024 ** 4)).toBe("2 TiB");
  });
});

describe("frequencies that are typed", () => {
  it.each([
    ["162 MHz", 162e6],
    ["162e6", 162e6],
    ["1,5 GHz", 1.5e9],
    [" 14.2m ", 14.2e6],
    ["3.5khz", 3500],
    [".5 G", 5e8],
    ["0", null],
    ["-5 MHz", null],
    ["MHz", null],
    ["12 parsec", null],
    ["", null],
  ])("%j is %s", (text, value) => (value === null ? expect(parseFrequency(text)).toBeNull() : expect(parseFrequency(text)).toBeCloseTo(value, 3)));
});
