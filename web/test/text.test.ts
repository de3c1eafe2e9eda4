// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { CositeDocument, Interference, Tone, Verdict } from "../src/api/types";
import { contrast, inkOn, lineStyle, luminance, parseHex, viridis } from "../src/data/colour";
import { csvText } from "../src/data/csv";
import { limitLines, limitText, placeText, requirementTitle, valueText, viewOf } from "../src/data/requirement";
import { describe as words, interferencesOf, spectrumLines } from "../src/data/spectrum";
import { offsetOf, shortSha, sliderRange } from "../src/data/text";
import { nothing } from "../src/data/units";

describe("CSV", () => {
  it("quotes what RFC 4180 says, and leaves missing values empty", () => {
    expect(csvText(["a", 'b "c"', "d, e"], [[1.5, null, "x\ny"], [undefined, NaN, true], [Infinity, -2, ""]])).toBe('a,"b ""c""","d, e"\r\n1.5,,"x\ny"\r\n,,true\r\n,-2,\r\n');
  });

  it("lets no text become a formula", () => {
    expect(csvText(["h"], [["=1+1"], ["@x"], ["+a"], ["-b"]])).toBe("h\r\n'=1+1\r\n'@x\r\n'+a\r\n'-b\r\n");
  });
});

describe("places in a text", () => {
  it("are offsets, kept inside", () => {
    const text = "ab\ncde\n\nf";
    expect(offsetOf(text, 1, 1)).toBe(0);
    expect(offsetOf(text, 2, 3)).toBe(5);
    expect(offsetOf(text, 2, 99)).toBe(6);
    expect(offsetOf(text, 3, 1)).toBe(7);
    expect(offsetOf(text, 4, 1)).toBe(8);
    expect(offsetOf(text, 99, 1)).toBe(text.length);
    expect(offsetOf(text, 1, 0)).toBe(0);
  });
});

describe("sliders", () => {
  it("reach from half to twice the value, negative ones too", () => {
    expect(sliderRange(1.2)).toEqual({ least: 0.6, most: 2.4, step: 0.006 });
    expect(sliderRange(-3)).toMatchObject({ least: -6, most: -1.5 });
    expect(sliderRange(0)).toEqual({ least: -1, most: 1, step: 0.01 });
  });
  it("have short names for files", () => expect(shortSha("0123456789abcdef")).toBe("0123456789"));
});

describe("colours", () => {
  it("run from dark to light", () => {
    expect(viridis(0)).toEqual([68, 1, 84]);
    expect(viridis(1)).toEqual([253, 231, 37]);
    expect(viridis(-3)).toEqual(viridis(0));
    expect(viridis(NaN)).toEqual(viridis(0));
    for (let i = 1; i <= 50; i += 1) expect(luminance(viridis(i / 50))).toBeGreaterThan(luminance(viridis((i - 1) / 50)));
  });

  it("have WCAG's contrasts", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
    expect(parseHex("#ff8001")).toEqual([255, 128, 1]);
    for (let i = 0; i <= 20; i += 1) {
      const rgb = viridis(i / 20);
      expect(contrast(rgb, inkOn(rgb) === "#000" ? [0, 0, 0] : [255, 255, 255])).toBeGreaterThan(4.5);
    }
  });

  it("of 28 lines differ in colour or dash, and stand out from the page", () => {
    for (const dark of [false, true]) {
      const styles = Array.from({ length: 28 }, (_, i) => lineStyle(i, dark));
      expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(28);
      for (const style of styles) expect(contrast(parseHex(style.colour), dark ? [24, 31, 39] : [255, 255, 255])).toBeGreaterThan(3);
    }
  });
});

const verdict = (more: Partial<Verdict>): Verdict => ({
  verdict: "fail",
  requirement: "isolation",
  line: 3,
  column: 5,
  unit: "dB",
  at_least: null,
  at_most: null,
  value: null,
  value_least: null,
  value_most: null,
  error: null,
  port: null,
  other_port: null,
  frequency_hz: null,
  theta_deg: null,
  phi_deg: null,
  samples: 1,
  unestimated: 0,
  ...more,
});

describe("requirements in words", () => {
  it("tell limits", () => {
    expect(limitText(verdict({ at_least: 40 }))).toBe("≥ 40 dB");
    expect(limitText(verdict({ at_least: 1, at_most: 2.5, unit: "" }))).toBe("≥ 1, ≤ 2.5");
    expect(limitText(verdict({ at_least: 95, unit: "%", gain_dbi: -3 }))).toBe("≥ 95 %; counting −3 dBi");
    expect(limitText(verdict({ at_most: 10, unit: "dBsm", percentile: 50 }))).toBe("≤ 10 dBsm; 50 % of directions");
    expect(limitText(verdict({}))).toBe(nothing);
  });

  it("tell values with their bands, and where", () => {
    expect(valueText(verdict({ value: 19.31, value_least: 19.29, value_most: 19.34 }))).toBe("19.31 dB (19.29 … 19.34)");
    expect(valueText(verdict({ value: 2, value_least: 2, value_most: 2 }))).toBe("2 dB");
    expect(valueText(verdict({}))).toBe(nothing);
    expect(placeText(verdict({ port: "AIS", other_port: "UHF", frequency_hz: 162.025e6 }))).toBe("AIS → UHF, 162.025 MHz");
    expect(placeText(verdict({ port: "AIS", theta_deg: 90, phi_deg: 35.4 }))).toBe("AIS, θ 90°, φ 35°");
    expect(placeText(verdict({}))).toBe(nothing);
  });

  it("are lines in plots of their own quantity", () => {
    expect(limitLines(verdict({ at_least: 40 }), "isolation")).toEqual([{ label: "at least 40 dB", value: 40 }]);
    expect(limitLines(verdict({ at_least: 40 }), "vswr")).toEqual([]);
    expect(limitLines(verdict({ requirement: "vswr", unit: "", at_most: 2 }), "vswr")).toEqual([{ label: "at most 2", value: 2 }]);
    expect(limitLines(null, "vswr")).toEqual([]);
  });

  it("lead to a plot", () => {
    expect(requirementTitle(verdict({ requirement: "vswr" }))).toBe("VSWR");
    expect(requirementTitle(verdict({ requirement: "something_new" }))).toBe("something_new");
    expect(["isolation", "vswr", "return_loss", "gain", "coverage", "rcs", "cosite", "efficiency", "else"].map((requirement) => viewOf(verdict({ requirement })))).toEqual(["isolation", "sweep", "sweep", "pattern", "pattern", "rcs", "cosite", null, null]);
  });
});

const tone = (radio: string, more: Partial<Tone> = {}): Tone => ({ radio, carrier_hz: 1e8, emission: "carrier", number: 0, coefficient: 1, frequency_hz: 1e8, level_dbm: 30, ...more });
const row = (more: Partial<Interference>): Interference => ({
  victim: "AIS",
  receive_hz: 162e6,
  emission: "carrier",
  response: "co-channel",
  p: 0,
  q: 0,
  order: 0,
  tones: [tone("VHF")],
  frequency_hz: 162e6,
  path_db: -40,
  level_dbm: -70,
  limit_dbm: -107,
  margin_db: 37,
  margin_least_db: null,
  margin_most_db: null,
  beyond_law: false,
  needed_db: 37,
  desensitisation_db: null,
  assumed: false,
  ...more,
});

describe("spectrum at a receiver", () => {
  const rows = [row({ margin_db: -5 }), row({ margin_db: null, level_dbm: null }), row({ margin_db: 12, tones: [tone("UHF")] }), row({ margin_db: 30, victim: "VHF" })];
  const document = { interferences: rows } as unknown as CositeDocument;

  it("has the worst first", () => {
    expect(interferencesOf(document, "AIS", null).map((each) => each.margin_db)).toEqual([12, -5, null]);
    expect(interferencesOf(document, "AIS", "UHF").map((each) => each.margin_db)).toEqual([12]);
    expect(interferencesOf(document, "nobody", null)).toEqual([]);
  });

  it("has no line without a level", () => {
    const lines = spectrumLines(interferencesOf(document, "AIS", null));
    expect(lines.length).toBe(2);
    expect(lines[0]).toMatchObject({ frequency: 162e6, level: -70, limit: -107 });
  });

  it("says what it is", () => {
    expect(words(row({}))).toBe("carrier of VHF, co-channel");
    expect(words(row({ emission: "harmonic", tones: [tone("VHF", { emission: "harmonic", number: 3 })] }))).toBe("harmonic 3 of VHF, co-channel");
    expect(words(row({ emission: "intermodulation", order: 3, tones: [tone("VHF", { coefficient: 2 }), tone("UHF", { coefficient: -1 })] }))).toBe("intermodulation of 2 × VHF − UHF, co-channel, order 3");
    expect(words(row({ response: "spurious", p: 2, q: 1 }))).toBe("carrier of VHF, spurious |2 RF ± 1 LO|");
  });
});
