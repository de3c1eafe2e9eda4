// SPDX-License-Identifier: Apache-2.0
// What pictures looked like when they were left, so that coming back to a view finds it as it was. Lives as long as the page.
const memories = new Map<string, unknown>();

export function remember<T>(name: string, memory: T): void {
  memories.set(name, memory);
}

export const remembered = <T>(name: string): T | null => (memories.get(name) as T | undefined) ?? null;
