// SPDX-License-Identifier: Apache-2.0

export type Cell = string | number | boolean | null | undefined;

/** RFC 4180 text: fields with commas, quotes or line ends are quoted; numbers with a decimal point, missing values empty. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const field = (cell: Cell): string => {
    if (cell === null || cell === undefined || (typeof cell === "number" && !Number.isFinite(cell))) return "";
    const text = String(cell);
    // spreadsheets take a leading =, @, + or - of text for a formula
    const safe = typeof cell === "string" && /^[=@+\-\t]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [header, ...rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}
