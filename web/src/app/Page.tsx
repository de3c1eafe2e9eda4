// SPDX-License-Identifier: Apache-2.0

/** The whole page. */
export function Page() {
  return <main>Alicorn</main>;
}
