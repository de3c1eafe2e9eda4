// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";

import { cssColour, inkOn, viridis } from "../data/colour";
import { csvText } from "../data/csv";
import { niceRange, niceTicks } from "../data/ticks";
import { fixed, significant } from "../data/units";
import { Figure } from "./Figure";
import { usePlotWidth } from "./width";

export interface HeatCell {
  value: number | null;
  /** in the cell instead of the value */
  text?: string;
  detail?: string;
}

interface Properties {
  title: string;
  /** names of the rows and columns; of continuous axes their values */
  rows: readonly string[];
  columns: readonly string[];
  rowTitle: string;
  columnTitle: string;
  unit: string;
  cell: (row: number, column: number) => HeatCell | null;
  /** large values are dark (bad ones of margins) instead of bright */
  reversed?: boolean;
  /** numbers in the cells; off for maps */
  numbers?: boolean;
  selected?: readonly [number, number] | null;
  onPick?: (row: number, column: number) => void;
  controls?: ComponentChildren;
}

/** Room for the colour scale and its numbers. */
const scaleWidth = 100;

/** Longest label in characters, for margins: the face is about 0.6 em wide. */
const longest = (names: readonly string[]) => names.reduce((most, name) => Math.max(most, name.length), 0);

/** A matrix in colour, with a scale beside it. Cells can be chosen by mouse, and by arrow keys and Enter. */
export function HeatMap({ title, rows, columns, rowTitle, columnTitle, unit, cell, reversed = false, numbers = true, selected = null, onPick, controls }: Properties) {
  const values: number[] = [];
  rows.forEach((_, i) => columns.forEach((__, j) => values.push(...[cell(i, j)?.value].filter((value): value is number => value !== null && value !== undefined))));
  const [low, high] = values.length > 0 ? niceRange(values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))) : [0, 1];
  const share = (value: number) => (reversed ? (high - value) / (high - low) : (value - low) / (high - low));

  const [place, available] = usePlotWidth(480);
  const left = 34 + Math.min(110, longest(rows) * 7.2);
  const fitting = (available - left - scaleWidth) / columns.length;
  const cellWidth = numbers ? Math.min(64, Math.max(44, fitting)) : Math.min(56, Math.max(1.5, fitting));
  const cellHeight = numbers ? 34 : Math.max(4, Math.min(34, 240 / rows.length));
  const turned = longest(columns) * 7.2 > cellWidth;
  const top = numbers ? (turned ? 30 + Math.min(90, longest(columns) * 5.6) : 46) : 14;
  const bottom = numbers ? 8 : 46;
  const width = columns.length * cellWidth;
  const height = rows.length * cellHeight;
  const full = { width: left + width + scaleWidth, height: top + Math.max(height, 150) + bottom };
  const barHeight = Math.max(height, 150);
  const every = (count: number, size: number, space: number) => Math.max(1, Math.ceil((space * count) / (count * size)));

  const pick = (i: number, j: number) => onPick?.(i, j);
  const move = (event: KeyboardEvent) => {
    if (!onPick || !selected) return;
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    let [i, j] = selected;
    do {
      i += step[0]!;
      j += step[1]!;
    } while (i >= 0 && j >= 0 && i < rows.length && j < columns.length && cell(i, j) === null);
    if (i >= 0 && j >= 0 && i < rows.length && j < columns.length) pick(i, j);
  };
  const csv = () =>
    csvText(
      [rowTitle, columnTitle, unit === "" ? "value" : `value [${unit}]`, "detail"],
      rows.flatMap((row, i) => columns.flatMap((column, j) => (cell(i, j) ? [[row, column, cell(i, j)!.value, cell(i, j)!.detail ?? ""]] : []))),
    );
  return (
    <Figure title={title} csv={csv} controls={controls}>
      <div class="scroll" ref={place} tabIndex={0} role="group" aria-label={`${title}, scrolls`}>
        <svg
          class="drawing heat"
          viewBox={`0 0 ${full.width} ${full.height}`}
          style={{ width: `${full.width}px` }}
          tabindex={onPick ? 0 : undefined}
          role="img"
          aria-label={`${title}: ${rows.length} by ${columns.length} values${unit ? ` in ${unit}` : ""}, ${rowTitle} down, ${columnTitle} across.${onPick ? " Arrow keys choose a cell." : ""}`}
          onKeyDown={move}
        >
          <g class="labels">
            <text x={left + width / 2} y={numbers ? 14 : top + height + 38} text-anchor="middle">
              {columnTitle}
            </text>
            <text transform={`translate(13 ${top + height / 2}) rotate(-90)`} text-anchor="middle">
              {rowTitle}
            </text>
            {rows.map((row, i) =>
              i % every(rows.length, cellHeight, 14) === 0 ? (
                <text key={row} x={left - 6} y={top + (i + 0.5) * cellHeight + 4} text-anchor="end">
                  {row}
                </text>
              ) : null,
            )}
            {columns.map((column, j) => {
              const x = left + (j + 0.5) * cellWidth;
              if (!numbers) {
                return j % every(columns.length, cellWidth, 44) === 0 ? (
                  <text key={column} x={x} y={top + height + 18} text-anchor="middle">
                    {column}
                  </text>
                ) : null;
              }
              return turned ? (
                <text key={column} transform={`translate(${x + 4} ${top - 6}) rotate(-50)`} text-anchor="start">
                  {column}
                </text>
              ) : (
                <text key={column} x={x} y={top - 8} text-anchor="middle">
                  {column}
                </text>
              );
            })}
          </g>
          {rows.map((row, i) =>
            columns.map((column, j) => {
              const here = cell(i, j);
              if (!here) return <rect key={`${i},${j}`} class="none" x={left + j * cellWidth} y={top + i * cellHeight} width={cellWidth} height={cellHeight} />;
              const colour = here.value === null ? null : viridis(share(here.value));
              const chosen = selected?.[0] === i && selected[1] === j;
              return (
                <g key={`${i},${j}`} class={onPick ? "cell pick" : "cell"} onClick={() => pick(i, j)}>
                  <title>{`${row}, ${column}: ${here.value === null ? "unknown" : `${fixed(here.value, 1)} ${unit}`}${here.detail ? `, ${here.detail}` : ""}`}</title>
                  <rect
                    class={colour ? "" : "unknown"}
                    x={left + j * cellWidth}
                    y={top + i * cellHeight}
                    width={numbers ? cellWidth - 1 : cellWidth}
                    height={numbers ? cellHeight - 1 : cellHeight}
                    style={colour ? { fill: cssColour(colour) } : undefined}
                  />
                  {numbers && (
                    <text x={left + (j + 0.5) * cellWidth} y={top + (i + 0.5) * cellHeight + 4.5} text-anchor="middle" style={colour ? { fill: inkOn(colour) } : undefined}>
                      {here.text ?? fixed(here.value, 1)}
                    </text>
                  )}
                  {chosen && <rect class="chosen" x={left + j * cellWidth + 1} y={top + i * cellHeight + 1} width={cellWidth - 3} height={cellHeight - 3} />}
                </g>
              );
            }),
          )}
          <g>
            {Array.from({ length: 64 }, (_, i) => {
              const value = low + ((high - low) * (i + 0.5)) / 64;
              return <rect key={i} x={left + width + 24} y={top + barHeight * (1 - (i + 1) / 64)} width={14} height={barHeight / 64 + 0.5} style={{ fill: cssColour(viridis(share(value))) }} />;
            })}
          </g>
          <g class="labels">
            {niceTicks(low, high, 6).map((tick) => (
              <text key={tick} x={left + width + 43} y={top + barHeight * (1 - (tick - low) / (high - low)) + 4} text-anchor="start">
                {significant(tick)}
              </text>
            ))}
            <text transform={`translate(${left + width + 94} ${top + barHeight / 2}) rotate(-90)`} text-anchor="middle">
              {unit}
            </text>
          </g>
        </svg>
      </div>
    </Figure>
  );
}
