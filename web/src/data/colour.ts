// SPDX-License-Identifier: Apache-2.0
// Colours that people with every kind of colour vision can tell apart.

/** Okabe and Ito's palette without yellow and black, darkened where it takes it to be read on white; [light, dark theme]. */
const lines: readonly (readonly [string, string])[] = [
  ["#0072b2", "#56b4e9"],
  ["#d55e00", "#e69f00"],
  ["#007a5a", "#2fc79b"],
  ["#a8487f", "#e39cc6"],
  ["#946200", "#f0e442"],
  ["#2c8fc4", "#8ea8ff"],
  ["#4d4d4d", "#d9d9d9"],
];

/** Dashes tell lines apart after the colours are used up, and in grey prints. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

export interface LineStyle {
  colour: string;
  dash: readonly number[];
}

export function lineStyle(index: number, dark: boolean): LineStyle {
  const colour = lines[index % lines.length]!;
  return { colour: colour[dark ? 1 : 0], dash: dashes[Math.floor(index / lines.length) % dashes.length]! };
}

/** Nine stops of viridis (CC0, matplotlib), dark to light. */
const viridisStops: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** Colour of t, 0 to 1, as red, green, blue of 0 to 255. */
export function viridis(t: number): [number, number, number] {
  const place = Math.min(1, Math.max(0, Number.isFinite(t) ? t : 0)) * (viridisStops.length - 1);
  const low = viridisStops[Math.floor(place)]!;
  const high = viridisStops[Math.ceil(place)]!;
  const share = place - Math.floor(place);
  return [0, 1, 2].map((i) => Math.round(low[i]! + (high[i]! - low[i]!) * share)) as [number, number, number];
}

export const cssColour = (rgb: readonly [number, number, number]): string => `rgb(${rgb.join(",")})`;

/** Relative luminance of sRGB, WCAG 2. */
export function luminance(rgb: readonly [number, number, number]): number {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21, WCAG 2. */
export function contrast(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(rgb: readonly [number, number, number]): "#000" | "#fff" {
  return contrast(rgb, [0, 0, 0]) >= contrast(rgb, [255, 255, 255]) ? "#000" : "#fff";
}

export function parseHex(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
