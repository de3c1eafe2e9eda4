/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/fresnel.h"
#include "operator/moments.h"

#include <math.h>

/** Impedance of the ground where the ray between two elements' middles is reflected: with the
 * screen in parallel inside its circle. The hub keeps the logarithm of the screen's impedance above
 * zero, as NEC does. */
static double complex local_impedance(const ali_reflector *reflector, double k,
                                      const ali_element *test, const ali_element *source)
{
    double height = test->mid.z + source->mid.z;
    if (reflector->screen_count == 0 || !(height > 0.0))
        return reflector->impedance;
    double x = (test->mid.x * source->mid.z + source->mid.x * test->mid.z) / height;
    double y = (test->mid.y * source->mid.z + source->mid.y * test->mid.z) / height;
    double hub = reflector->screen_count * reflector->screen_radius;
    double rho = sqrt(x * x + y * y + hub * hub);
    if (rho > reflector->screen_length)
        return reflector->impedance;
    return ali_fresnel_screen(reflector->impedance, k, rho, reflector->screen_count,
                              reflector->screen_radius);
}

/** The field of the image, E_I, is multiplied by R_V in the plane of incidence and by -R_H across
 * it (NEC's reflection- coefficient approximation, [BurkePoggio:1981] part I, IV). With p^ the
 * horizontal unit vector across that plane,
 *
 *      E = R_V E_I + (-R_H - R_V) (p^.E_I) p^,
 *      p^.E_I = -j omega mu (p^.t') (1 - (1 + jkR)/(kR)^2) G      because p^ is perpendicular to R,
 *
 *  taken in mixed potentials with the coefficients of the two elements' middles: the first term
 * scales vector and scalar potential of the image alike, the second adds to the vector part. t' is
 * the image's direction of current. */
void ali_reflection_factors(const ali_element *test, const ali_element *source, double k,
                            const ali_reflector *reflector, double complex *vector,
                            double complex *scalar)
{
    ali_vec3 d = ali_vec3_sub(test->mid, ali_vec3_mirror_z(source->mid));
    double r = ali_vec3_norm(d), rho = hypot(d.x, d.y);
    ali_vec3 image = ali_vec3_scale(-1.0, ali_vec3_mirror_z(source->dir));
    ali_fresnel reflection =
        ali_fresnel_reflect(local_impedance(reflector, k, test, source), d.z / r);
    *vector = reflection.vertical * ali_vec3_dot(test->dir, image);
    *scalar = -reflection.vertical;
    if (rho < 1e-6 * r)
        return;
    ali_vec3 across = {-d.y / rho, d.x / rho, 0.0};
    double x = k * r;
    double complex dipole = 1.0 + CMPLX(-1.0 / (x * x), -1.0 / x);
    *vector += (-reflection.horizontal - reflection.vertical) * dipole *
               ali_vec3_dot(test->dir, across) * ali_vec3_dot(image, across);
}
