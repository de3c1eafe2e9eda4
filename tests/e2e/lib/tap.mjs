// SPDX-License-Identifier: Apache-2.0
// Cases as they come, the plan at the end.

const patience = 120_000; // [ms] for one case

export class Tap {
  count = 0;
  failed = 0;

  /** Figures that nobody asserts. */
  note(text) {
    for (const line of String(text).split("\n")) console.log(`# ${line}`);
  }

  /** What a whole run wants to be seen. */
  figure(text) {
    console.log(`## ${text}`);
  }

  async case(name, work, onFailure, most = patience) {
    const begin = performance.now();
    let timer;
    try {
      await Promise.race([work(), new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`takes more than ${most / 1000} s`)), most)))]);
      console.log(`ok ${++this.count} - ${name} # ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    } catch (error) {
      this.failed++;
      console.log(`not ok ${++this.count} - ${name}`);
      this.note(error?.stack ?? error);
      const more = await onFailure?.(this.count).catch(() => undefined);
      if (more) this.note(more);
    } finally {
      clearTimeout(timer);
    }
  }

  end() {
    console.log(`1..${this.count}`);
    return this.failed === 0 ? 0 : 1;
  }
}
