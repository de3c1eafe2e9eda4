// SPDX-License-Identifier: Apache-2.0
// Typed arrays as things of the scene. Each is one draw call.
import { BufferAttribute, BufferGeometry, InstancedBufferAttribute, InstancedBufferGeometry, LineBasicMaterial, LineSegments, Mesh, type Material, type Object3D } from "three";

import type { Wires } from "./model";

/** Attributes of all wires; the geometries of lines and of tubes share them. */
export function wireAttributes(wires: Wires): Record<string, InstancedBufferAttribute> {
  return {
    start: new InstancedBufferAttribute(wires.start, 3),
    end: new InstancedBufferAttribute(wires.end, 3),
    radius: new InstancedBufferAttribute(wires.radius, 1),
    current: new InstancedBufferAttribute(new Float32Array(2 * wires.count), 2),
  };
}

function instanced(corners: readonly number[], faces: readonly number[], attributes: Record<string, InstancedBufferAttribute>, count: number, material: Material): Mesh {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(corners), 3));
  geometry.setIndex([...faces]);
  for (const [name, attribute] of Object.entries(attributes)) geometry.setAttribute(name, attribute);
  geometry.instanceCount = count;
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false; // its own box is that of one instance
  return mesh;
}

export const wideLines = (attributes: Record<string, InstancedBufferAttribute>, count: number, material: Material): Mesh =>
  instanced([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0], [0, 1, 2, 0, 2, 3], attributes, count, material);

const sides = 14;

export function tubes(attributes: Record<string, InstancedBufferAttribute>, count: number, material: Material): Mesh {
  const corners = [0, 0, 0, 0, 0, 1];
  const faces: number[] = [];
  for (let i = 0; i < sides; i += 1) {
    const angle = (2 * Math.PI * i) / sides;
    corners.push(Math.cos(angle), Math.sin(angle), 0, Math.cos(angle), Math.sin(angle), 1);
    const here = 2 + 2 * i;
    const next = 2 + 2 * ((i + 1) % sides);
    faces.push(here, next, next + 1, here, next + 1, here + 1, 0, next, here, 1, here + 1, next + 1);
  }
  return instanced(corners, faces, attributes, count, material);
}

/** Triangles with 9 numbers each; `re` and `im` are 0 until there are currents. */
export function surface(corners: Float32Array, tints: Uint8Array, material: Material): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setAttribute("tint", new BufferAttribute(tints, 3, true));
  for (const name of ["re", "im"]) geometry.setAttribute(name, new BufferAttribute(new Float32Array(corners.length), 3));
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return mesh;
}

/** Lines one dot wide. */
export function thinLines(points: Float32Array, colour: string, opacity = 1): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(points, 3));
  const lines = new LineSegments(geometry, new LineBasicMaterial({ color: colour, opacity, transparent: opacity < 1, depthWrite: opacity >= 1 }));
  lines.frustumCulled = false;
  return lines;
}

/** Writes new numbers into an attribute of a thing. */
export function write(thing: Mesh, name: string, values: Float32Array): void {
  const attribute = thing.geometry.getAttribute(name) as BufferAttribute;
  attribute.set(values);
  attribute.needsUpdate = true;
}

/** Takes things out of their scene and frees what they hold on the graphics card. */
export function discard(things: readonly Object3D[]): void {
  for (const thing of things) {
    thing.removeFromParent();
    if (!(thing instanceof Mesh || thing instanceof LineSegments)) continue;
    (thing.geometry as BufferGeometry).dispose();
    (thing.material as Material).dispose();
  }
}
