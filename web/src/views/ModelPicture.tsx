// SPDX-License-Identifier: Apache-2.0
import type { Geometry } from "../api/types";
import { niceStep } from "../data/ticks";
import { engineering } from "../data/units";

/** Axonometric view, x to the lower left, y to the right, z up: as [right, down]. */
export function project(x: number, y: number, z: number): [number, number] {
  return [y * 0.94 - x * 0.35, x * 0.28 + y * 0.12 - z];
}

const edgeLimit = 20_000;

interface Label {
  name: string;
  x: number;
  y: number;
}

/** Height of a line of text, and width of a letter. */
const textHeight = 14;
const letterWidth = 8;

/** Labels to the right of their points, or to the left where there is one already. */
export function placeLabels<T extends Label>(labels: readonly T[]): (T & { labelX: number })[] {
  const placed: (T & { labelX: number })[] = [];
  const span = (label: Label, labelX: number): [number, number] => {
    const width = label.name.length * letterWidth;
    return labelX < label.x ? [labelX - width, labelX] : [labelX, labelX + width];
  };
  const free = (label: T, labelX: number) =>
    placed.every((other) => {
      const [from, to] = span(label, labelX);
      const [otherFrom, otherTo] = span(other, other.labelX);
      return Math.abs(other.y - label.y) >= textHeight || to <= otherFrom || from >= otherTo;
    });
  for (const label of labels) placed.push({ ...label, labelX: free(label, label.x + 8) || !free(label, label.x - 8) ? label.x + 8 : label.x - 8 });
  return placed;
}

/** The model as a line drawing: for printing, and where WebGL is missing. */
export function ModelPicture({ geometry }: { geometry: Geometry }) {
  const lines: [number, number, number, number][] = [];
  const segments = geometry.segments ?? [];
  const vertices = geometry.vertices ?? [];
  const triangles = geometry.triangles ?? [];
  for (let i = 0; i + 6 < segments.length; i += 7) lines.push([...project(segments[i]!, segments[i + 1]!, segments[i + 2]!), ...project(segments[i + 3]!, segments[i + 4]!, segments[i + 5]!)]);
  const at = (index: number) => project(vertices[3 * index]!, vertices[3 * index + 1]!, vertices[3 * index + 2]!);
  const seen = new Set<number>();
  const edges: [number, number, number, number][] = [];
  for (let i = 0; i + 2 < triangles.length && edges.length < edgeLimit; i += 3)
    for (const [p, q] of [[0, 1], [1, 2], [2, 0]] as const) {
      const a = Math.min(triangles[i + p]!, triangles[i + q]!);
      const b = Math.max(triangles[i + p]!, triangles[i + q]!);
      const key = a * 4_000_000 + b;
      if (seen.has(key)) continue;
      seen.add(key);
      edges.push([...at(a), ...at(b)]);
    }
  const xs = [...lines, ...edges].flatMap((line) => [line[0], line[2]]);
  const ys = [...lines, ...edges].flatMap((line) => [line[1], line[3]]);
  if (xs.length === 0) return <p class="muted">The model has no wires and no surfaces.</p>;
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  const [left, right, top, bottom] = [least(xs), most(xs), least(ys), most(ys)];
  const size = Math.max(right - left, bottom - top) || 1;
  const scale = 360 / size;
  const width = (right - left) * scale + 220;
  const height = (bottom - top) * scale + 90;
  const fx = (x: number) => Number(((x - left) * scale + 70).toFixed(1));
  const fy = (y: number) => Number(((y - top) * scale + 25).toFixed(1));
  const path = (list: [number, number, number, number][]) => list.map(([a, b, c, d]) => `M${fx(a)} ${fy(b)}L${fx(c)} ${fy(d)}`).join("");
  const bar = niceStep(size, 4);
  return (
    <svg class="drawing model" viewBox={`0 0 ${width} ${height}`} role="img" aria-label="Line drawing of the model with its ports">
      {edges.length > 0 && <path class="mesh" d={path(edges)} />}
      <path class="wire" d={path(lines)} />
      {placeLabels((geometry.ports ?? []).map((port) => ({ name: port.name, x: fx(project(...port.position)[0]), y: fy(project(...port.position)[1]) }))).map((port) => (
        <g key={port.name} class="port">
          <circle cx={port.x} cy={port.y} r={4} />
          <text x={port.labelX} y={port.y + 4} text-anchor={port.labelX < port.x ? "end" : "start"}>
            {port.name}
          </text>
        </g>
      ))}
      <g class="labels">
        <path class="rim" d={`M70 ${height - 18}h${bar * scale}`} />
        <text x={70} y={height - 24}>
          {engineering(bar, "m", 3)}
        </text>
      </g>
    </svg>
  );
}
