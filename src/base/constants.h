/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_CONSTANTS_H
#define ALI_BASE_CONSTANTS_H

/** Speed of light in vacuum [m/s], exact (SI). */
#define ALI_C0 299792458.0
/** Pi. */
#define ALI_PI 3.14159265358979323846264338327950288
/** Magnetic constant [H/m], CODATA 2018. */
#define ALI_MU0 1.25663706212e-6
/** Electric constant [F/m], 1/(mu0 c^2). */
#define ALI_EPS0 (1.0 / (ALI_MU0 * ALI_C0 * ALI_C0))
/** Wave impedance of free space [ohm], mu0 c. */
#define ALI_ETA0 (ALI_MU0 * ALI_C0)
/** One degree [rad]. */
#define ALI_DEGREE (ALI_PI / 180.0)

#endif
