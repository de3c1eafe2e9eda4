// SPDX-License-Identifier: Apache-2.0

/** Shows another view. The address changes, so that the browser's way back works. */
export function show(view: string): void {
  location.hash = view;
}
