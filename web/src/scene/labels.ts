// SPDX-License-Identifier: Apache-2.0
// Where texts go so that they do not lie on each other.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Label {
  /** of what it names [px] */
  x: number;
  y: number;
  width: number;
  height: number;
}

export const overlaps = (a: Rectangle, b: Rectangle): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Sides in the order in which they are tried, as shares of width and height, and steps away from the anchor. */
const sides: readonly (readonly [number, number, number, number])[] = [
  [0, -0.5, 1, 0],
  [-1, -0.5, -1, 0],
  [-0.5, -1, 0, -1],
  [-0.5, 0, 0, 1],
  [0, -1, 0.7, -0.7],
  [-1, -1, -0.7, -0.7],
  [0, 0, 0.7, 0.7],
  [-1, 0, -0.7, 0.7],
];

/** Further and further away from the anchor [px]. */
const distances = [11, 22, 40, 64];

/** Left upper corner of each label, earlier ones first; null where there is no room inside `bounds`. */
export function placeLabels(labels: readonly Label[], bounds: Rectangle, taken: readonly Rectangle[] = []): (Rectangle | null)[] {
  const placed: Rectangle[] = [...taken];
  return labels.map((label) => {
    for (const distance of distances)
      for (const [across, down, dx, dy] of sides) {
        const place = { x: label.x + across * label.width + dx * distance, y: label.y + down * label.height + dy * distance, width: label.width, height: label.height };
        const inside = place.x >= bounds.x && place.y >= bounds.y && place.x + place.width <= bounds.x + bounds.width && place.y + place.height <= bounds.y + bounds.height;
        if (!inside || placed.some((other) => overlaps(place, other))) continue;
        placed.push(place);
        return place;
      }
    return null;
  });
}
