// SPDX-License-Identifier: Apache-2.0

/** true while the one-file report is built, which has no editor */
declare const __REPORT__: boolean;
