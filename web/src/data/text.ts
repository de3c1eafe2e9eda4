// SPDX-License-Identifier: Apache-2.0

/** Offset of a line and column, both from 1, in a text; kept inside it. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i += 1) {
    const next = text.indexOf("\n", start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + Math.max(0, column - 1), end < 0 ? text.length : end);
}

/** Ends and step of a variable's slider: half to twice its value, of 0 from -1 to 1. */
export function sliderRange(value: number): { least: number; most: number; step: number } {
  if (value === 0 || !Number.isFinite(value)) return { least: -1, most: 1, step: 0.01 };
  const ends = [value / 2, value * 2] as const;
  const least = Math.min(...ends);
  const most = Math.max(...ends);
  return { least, most, step: Number(((most - least) / 300).toPrecision(1)) };
}

/** First digits of a SHA-256, enough to tell files apart by eye. */
export const shortSha = (sha: string): string => sha.slice(0, 10);
