// SPDX-License-Identifier: Apache-2.0

/** Decimal prefixes that engineers use, as [exponent, sign]. */
const prefixes: readonly (readonly [number, string])[] = [
  [12, "T"],
  [9, "G"],
  [6, "M"],
  [3, "k"],
  [0, ""],
  [-3, "m"],
  [-6, "µ"],
  [-9, "n"],
  [-12, "p"],
];

/** What stands for a value that does not exist. */
export const nothing = "–";
const minus = "−";

export interface Prefix {
  factor: number;
  sign: string;
}

/** Prefix by which `value` reads as 1 to 999. */
export function prefixOf(value: number): Prefix {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return { factor: 1, sign: "" };
  // 999.9996 is shown as 1000, so it is already of the next prefix
  const exponent = Math.log10(size * (1 + 1e-6));
  for (const [power, sign] of prefixes) if (exponent >= power) return { factor: 10 ** power, sign };
  const [power, sign] = prefixes[prefixes.length - 1]!;
  return { factor: 10 ** power, sign };
}

/** Number with so many significant digits and a true minus, without exponent and trailing zeros. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return nothing;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e15 || size < 1e-5
      ? size.toExponential(Math.max(0, digits - 1)).replace(/\.?0*e/, "e")
      : size.toFixed(Math.min(20, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
  return (value < 0 ? minus : "") + (text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text);
}

/** Number with so many decimals and a true minus; never "−0". */
export function fixed(value: number | null | undefined, decimals = 1): string {
  if (value === null || value === undefined || Number.isNaN(value)) return nothing;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  const text = Math.abs(value).toFixed(decimals);
  return (value < 0 && Number(text) !== 0 ? minus : "") + text;
}

/** 162000000, "Hz" as "162 MHz". */
export function engineering(value: number | null | undefined, unit: string, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return nothing;
  // of what is shown: 999.96 Hz with four digits is 1 kHz
  const prefix = prefixOf(Number(value.toPrecision(digits)));
  return `${significant(value / prefix.factor, digits)} ${prefix.sign}${unit}`.trim();
}

/** Frequency with up to seven digits: channels 25 kHz apart stay apart. */
export const frequencyText = (hertz: number | null | undefined): string => engineering(hertz, "Hz", 7);

/** R + jX in ohms. */
export function impedanceText(z: readonly [number, number] | null, digits = 4): string {
  if (z === null) return nothing;
  return `${significant(z[0], digits)} ${z[1] < 0 ? minus : "+"} j${significant(Math.abs(z[1]), digits)} Ω`;
}

/** "3.4 ± 0.1 dB" */
export function withError(value: number | null, error: number | null, unit: string, decimals = 1): string {
  if (value === null) return nothing;
  const suffix = unit === "" ? "" : ` ${unit}`;
  return error === null ? `${fixed(value, decimals)}${suffix}` : `${fixed(value, decimals)} ± ${fixed(error, decimals)}${suffix}`;
}

/** Time that something took or will take. */
export function durationText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return nothing;
  if (seconds < 60) return engineering(seconds, "s", 3);
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Memory with binary sizes as everybody's system shows them. */
export function bytesText(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return nothing;
  let value = bytes;
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (value < 1024) return `${significant(value, 3)} ${unit}`;
    value /= 1024;
  }
  return `${significant(value, 3)} TiB`;
}

/** Reads "162 MHz", "162e6", "1,5 GHz" (decimal comma) as hertz; null if it is none. */
export function parseFrequency(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d*)?(?:e[+-]?\d+)?|[.,]\d+)\s*([kMGT]?)(?:Hz)?\s*$/i.exec(text);
  if (!match) return null;
  const factor = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 }[match[2]!.toLowerCase()]!;
  const value = Number(match[1]!.replace(",", ".")) * factor;
  return value > 0 && Number.isFinite(value) ? value : null;
}
