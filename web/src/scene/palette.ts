// SPDX-License-Identifier: Apache-2.0
// The page's colours, as its style sheets have them now.

export interface Palette {
  dark: boolean;
  background: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  bad: string;
  unsure: string;
  good: string;
  /** of the axes x, y, z */
  axes: readonly [string, string, string];
  font: string;
}

export function paletteOf(element: Element, dark: boolean): Palette {
  const style = getComputedStyle(element);
  const value = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    dark,
    background: value("--surface", dark ? "#181f27" : "#ffffff"),
    text: value("--text", dark ? "#e6ebf1" : "#17202b"),
    muted: value("--muted", dark ? "#a3b0bf" : "#535f6e"),
    line: value("--control", "#8390a0"),
    accent: value("--accent", dark ? "#5cb3f0" : "#0060a8"),
    bad: value("--bad", dark ? "#ff9a5c" : "#b23c00"),
    unsure: value("--unsure", dark ? "#f0c14b" : "#7a5200"),
    good: value("--good", dark ? "#3fcf9f" : "#00694d"),
    axes: dark ? ["#ff9a5c", "#3fcf9f", "#7cc4ff"] : ["#c04000", "#007a5a", "#0060a8"],
    font: value("--font", "sans-serif"),
  };
}

/** What surfaces look like without currents. */
export function surfaceTint(kind: string, dark: boolean): readonly [number, number, number] {
  if (kind === "conductor") return dark ? [150, 164, 180] : [188, 199, 211];
  return dark ? [176, 150, 110] : [222, 200, 164];
}
