/* SPDX-License-Identifier: Apache-2.0 */
#include "green/sommerfeld.h"

#include "base/constants.h"
#include "math/hankel.h"
#include "math/root.h"

#include <float.h>
#include <math.h>
#include <string.h>

/** Spectra, and what is integrated of them at most. */
enum { COUNT = ALI_SOMMERFELD_COUNT, MOST = ALI_SOMMERFELD_SLOPES_COUNT };

/** Panels that adaption may add, ten times what it ever needs. */
enum { PANEL_BUDGET = 4000 };
/** A path contributes where the exponential exceeds e^-decay of its maximum. */
static const double decay = 40.0;

/* ---- spectra ---- */

/** Spectral kernels times kz_base krho/(2 pi): with dkrho/kz_base they give the integrands without
 * Bessel function and exponentials. Free of differences of nearly equal terms. */
static void spectra(const ali_sommerfeld *p, double complex krho, const double complex kz[2],
                    double complex f[COUNT])
{
    double complex eps = p->permittivity;
    double complex across = kz[0] + kz[1], down = eps * kz[0] + kz[1];
    double complex base = kz[p->base], weight = krho / (2.0 * ALI_PI);
    double complex both = across * down;
    if (p->transmitted) {
        f[ALI_SOMMERFELD_XX] = -I * weight * base / across;
        f[ALI_SOMMERFELD_PHI] = -I * weight * base / down;
    } else {
        /* of k_base^2 - k_other^2 */
        double complex step = p->k[0] * p->k[0] * (p->base ? eps - 1.0 : 1.0 - eps);
        f[ALI_SOMMERFELD_XX] = -0.5 * I * weight * step / (across * across);
        f[ALI_SOMMERFELD_PHI] = -I * weight * step * (p->base ? eps : 1.0) / ((eps + 1.0) * both);
    }
    f[ALI_SOMMERFELD_ZX] = weight * base * (eps - 1.0) * krho / both;
}

/** Im <= 0: the sheet on which the integrals are defined. */
static double complex proper_root(double complex square)
{
    double complex root = ali_root(square);
    return cimag(root) > 0.0 ? -root : root;
}

static void proper_kz(const ali_sommerfeld *p, double complex krho, double complex kz[2])
{
    for (int side = 0; side < 2; side++)
        kz[side] = proper_root((p->k[side] - krho) * (p->k[side] + krho));
}

/* ---- quadrature ---- */

typedef struct contour contour;
/** Integrand at parameter s, f[count]. */
typedef void (*integrand)(const contour *path, double s, double complex *f);

struct contour {
    const ali_sommerfeld *problem;
    integrand at;
    int count;         /**< COUNT or MOST */
    int side;          /**< for slopes along the height */
    double goal[MOST]; /**< errors aimed at */
    bool reached;
    int budget; /**< panels that may still be cut */
    double complex sum[MOST];
    /* straight lines: krho = start + s direction */
    double complex start, direction;
    /* steepest descent: angle of the ray from the normal, unit wavenumber and its root */
    double sine, cosine;
    double complex root_unit; /**< sqrt(2 k/|k|) */
    /* the other medium's branch point */
    double complex branch;     /**< t there */
    double complex root_sheet; /**< factor of its square roots on the path, +-j */
    bool cut_up;               /**< which way its cut goes */
    double complex turn;       /**< e^{j eta}: the loop around it leaves steepest descent by eta */
};

enum { KRONROD_HALF = 8 };
/** 15-point Kronrod rule with the 7-point Gauss rule in its odd nodes, [PiessensEtAl:1983]. */
static const double kronrod_node[KRONROD_HALF] = {
    0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
    0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
    0.586087235467691130294144691258243, 0.405845151377397166906606412076961,
    0.207784955007898467600689403773245, 0.0};
static const double kronrod_weight[KRONROD_HALF] = {
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
    0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
    0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
static const double gauss_weight[KRONROD_HALF / 2] = {
    0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
    0.381830050505118944950369775488975, 0.417959183673469387755102040816327};

/** Cheap bound of |z|, tight within sqrt 2, for errors. */
static double size_of(double complex z)
{
    return fabs(creal(z)) + fabs(cimag(z));
}

/** Adds the integral over [a, b] if the two rules agree; false if not. */
static bool add_panel(contour *path, double a, double b, bool force)
{
    double complex kronrod[MOST] = {0}, gauss[MOST] = {0}, f[MOST];
    double size[MOST] = {0}, middle = 0.5 * (a + b), half = 0.5 * (b - a);
    for (int i = 0; i < 2 * KRONROD_HALF - 1; i++) {
        int m = i < KRONROD_HALF ? i : 2 * (KRONROD_HALF - 1) - i;
        double node = i < KRONROD_HALF ? -kronrod_node[m] : kronrod_node[m];
        path->at(path, middle + half * node, f);
        for (int n = 0; n < path->count; n++) {
            kronrod[n] += half * kronrod_weight[m] * f[n];
            if (m % 2)
                gauss[n] += half * gauss_weight[m / 2] * f[n];
            size[n] += fabs(half) * kronrod_weight[m] * size_of(f[n]);
        }
    }
    bool good = true;
    for (int n = 0; n < path->count; n++)
        good =
            good && size_of(kronrod[n] - gauss[n]) <= path->goal[n] + 50.0 * DBL_EPSILON * size[n];
    if (good || force)
        for (int n = 0; n < path->count; n++)
            path->sum[n] += kronrod[n];
    return good;
}

/** Halves panels, the left one first, until the rules agree. */
static void add_adaptive(contour *path, double a, double b)
{
    enum { DEPTH = 40 };
    double end[DEPTH];
    int open = 0;
    end[open++] = b;
    while (open > 0) {
        bool last = open == DEPTH || path->budget == 0;
        if (add_panel(path, a, end[open - 1], last)) {
            a = end[--open];
        } else if (last) {
            path->reached = false;
            a = end[--open];
        } else {
            end[open] = 0.5 * (a + end[open - 1]);
            open++;
            path->budget--;
        }
    }
}

/** [0, end] in panels that grow from `first` by factors of two; end may be negative. */
static void add_growing(contour *path, double first, double end)
{
    double sign = end < 0.0 ? -1.0 : 1.0, length = fabs(end);
    for (double a = 0.0, b = fmin(first, length); a < length; a = b, b = fmin(2.0 * b, length))
        add_adaptive(path, sign * a, sign * b);
}

/* ---- Bessel functions and exponentials ---- */

static double complex heights_exponent(const ali_sommerfeld *p, const double complex kz[2])
{
    return -I * (kz[0] * p->height[0] + kz[1] * p->height[1]);
}

/** Spectra f[COUNT] to integrands f[count]: `wave` is all but the Bessel functions of order 0 and
 * 1. */
static void times_waves(const contour *path, double complex krho, const double complex kz[2],
                        double complex wave, const double complex bessel[2], double complex *f)
{
    double complex even = wave * bessel[0], odd = wave * bessel[1];
    if (path->count > COUNT) {
        const double complex *spectrum = f;
        double complex rise = -I * kz[path->side], over = odd / path->problem->rho;
        if (path->problem->rho == 0.0)
            over = 0.5 * wave * krho;
        f[ALI_SOMMERFELD_ZX_OVER_RHO] = over * spectrum[ALI_SOMMERFELD_ZX];
        f[ALI_SOMMERFELD_ZX_DIVERGENCE] = even * krho * spectrum[ALI_SOMMERFELD_ZX];
        f[ALI_SOMMERFELD_XX_RHO] = -odd * krho * spectrum[ALI_SOMMERFELD_XX];
        f[ALI_SOMMERFELD_PHI_RHO] = -odd * krho * spectrum[ALI_SOMMERFELD_PHI];
        f[ALI_SOMMERFELD_XX_HEIGHT] = even * rise * spectrum[ALI_SOMMERFELD_XX];
        f[ALI_SOMMERFELD_PHI_HEIGHT] = even * rise * spectrum[ALI_SOMMERFELD_PHI];
        f[ALI_SOMMERFELD_ZX_HEIGHT] = odd * rise * spectrum[ALI_SOMMERFELD_ZX];
    }
    f[ALI_SOMMERFELD_XX] *= even;
    f[ALI_SOMMERFELD_PHI] *= even;
    f[ALI_SOMMERFELD_ZX] *= odd;
}

static void times_bessel(const contour *path, double complex krho, const double complex kz[2],
                         double complex step, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    double complex bessel[2];
    ali_bessel_j01(krho * p->rho, bessel);
    times_waves(path, krho, kz, step * cexp(heights_exponent(p, kz)), bessel, f);
}

/** Half of H^(2): the other half is the mirror image, or another path. */
static void times_hankel(const contour *path, double complex krho, const double complex kz[2],
                         double complex step, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    double complex hankel[2];
    ali_hankel2_scaled(krho * p->rho, hankel);
    double complex wave = cexp(heights_exponent(p, kz) - I * krho * p->rho);
    times_waves(path, krho, kz, 0.5 * step * wave, hankel, f);
}

static void times_first_hankel(const contour *path, double complex krho, const double complex kz[2],
                               double complex step, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    double complex hankel[2];
    ali_hankel2_scaled(conj(krho) * p->rho, hankel);
    hankel[0] = conj(hankel[0]);
    hankel[1] = conj(hankel[1]);
    double complex wave = cexp(heights_exponent(p, kz) + I * krho * p->rho);
    times_waves(path, krho, kz, 0.5 * step * wave, hankel, f);
}

/* ---- detour ---- */

typedef void (*factor)(const contour *, double complex, const double complex *, double complex,
                       double complex *);

static void on_line(const contour *path, double s, double complex *f, factor times)
{
    const ali_sommerfeld *p = path->problem;
    double complex krho = path->start + s * path->direction, kz[2];
    proper_kz(p, krho, kz);
    spectra(p, krho, kz, f);
    times(path, krho, kz, path->direction / kz[p->base], f);
}

static void bessel_line(const contour *path, double s, double complex *f)
{
    on_line(path, s, f, times_bessel);
}

static void hankel_line(const contour *path, double s, double complex *f)
{
    on_line(path, s, f, times_hankel);
}

static void first_hankel_line(const contour *path, double s, double complex *f)
{
    on_line(path, s, f, times_first_hankel);
}

static void add_line(contour *path, integrand at, double complex from, double complex to)
{
    const ali_sommerfeld *p = path->problem;
    double phase = cabs(to - from) * p->rho + 2.0 * cabs(p->k[0]) * p->height[0] +
                   2.0 * cabs(p->k[1]) * p->height[1];
    int panels = 4 + (int)(phase / 5.0);
    path->at = at;
    path->start = from;
    path->direction = to - from;
    for (int i = 0; i < panels; i++)
        add_adaptive(path, (double)i / panels, (double)(i + 1) / panels);
}

static void add_tail(contour *path, integrand at, double complex from, double complex direction)
{
    double rho = path->problem->rho;
    path->at = at;
    path->start = from;
    path->direction = direction;
    add_growing(path, 0.5 / rho, decay / rho);
}

static void add_detour(contour *path)
{
    const ali_sommerfeld *p = path->problem;
    double k = creal(p->k[0]);
    double rise = fmin(0.5 * k, 1.5 / p->rho);
    double complex left = rise * (1.0 + I), right = 1.3 * creal(p->k[1]) + rise * I;
    add_line(path, bessel_line, 0.0, left);
    add_line(path, bessel_line, left, right);
    add_tail(path, hankel_line, right, -I);
    add_tail(path, first_hankel_line, right, I);
}

/* ---- steepest descent ---- */

typedef struct descent {
    double complex krho, kz; /**< kz of the base medium */
    double complex step;     /**< (dkrho/dt)/kz */
} descent;

/** krho = k sin(theta + x), cos x = 1 - j t^2 |k|/k: the phase of the ray times a Gauss function.
 */
static descent descent_at(const contour *path, double complex t)
{
    const ali_sommerfeld *p = path->problem;
    double complex rate = ali_root(I) / path->root_unit;
    double complex s = rate * t, c = ali_root(1.0 - s * s);
    double complex sine = 2.0 * s * c, cosine = 1.0 - 2.0 * s * s;
    return (descent){p->k[p->base] * (path->sine * cosine + path->cosine * sine),
                     p->k[p->base] * (path->cosine * cosine - path->sine * sine), 2.0 * rate / c};
}

/** t where the path's map has krho = k sin w. */
static double complex descent_inverse(const contour *path, double complex w)
{
    double theta = atan2(path->sine, path->cosine);
    return path->root_unit / ali_root(I) * csin(0.5 * (w - theta));
}

static void set_descent(contour *path, double sine, double cosine)
{
    double complex k = path->problem->k[path->problem->base];
    path->sine = sine;
    path->cosine = cosine;
    path->root_unit = ali_root(2.0 * k / cabs(k));
}

static void nadir(const contour *path, double t, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    descent d = descent_at(path, t);
    double complex kz[2];
    proper_kz(p, d.krho, kz);
    kz[p->base] = d.kz;
    spectra(p, d.krho, kz, f);
    times_bessel(path, d.krho, kz, d.step, f);
}

static double first_panel(const contour *path, double end)
{
    (void)path;
    return fmin(0.3, 0.2 * end);
}

static void add_nadir(contour *path)
{
    const ali_sommerfeld *p = path->problem;
    set_descent(path, 0.0, 1.0);
    double end = sqrt(2.0 * decay / (cabs(p->k[p->base]) * (p->height[0] + p->height[1])));
    path->at = nadir;
    add_growing(path, first_panel(path, end), end);
}

/* ---- the specular ray ---- */

/** kz of the other medium, on the sheet of the path: its cut leaves the branch point straight up or
 * down in the krho plane, away from the path; see docs/theory/ground.md. */
static double complex sheet_kz(const contour *path, double complex krho)
{
    const ali_sommerfeld *p = path->problem;
    double complex eighth = cexp(0.25 * ALI_PI * I), sixteenth = cexp(0.125 * ALI_PI * I);
    double complex branch = p->k[1 - p->base], far = krho + branch, near = krho - branch;
    double complex far_root = ali_root(far * eighth) / sixteenth;
    double complex near_root =
        path->cut_up ? ali_root(I * near) / ali_root(I) : ali_root(-I * near) * ali_root(I);
    return path->root_sheet * near_root * far_root;
}

static void ray(const contour *path, double t, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    descent d = descent_at(path, t);
    double complex kz[2];
    kz[p->base] = d.kz;
    kz[1 - p->base] = sheet_kz(path, d.krho);
    spectra(p, d.krho, kz, f);
    times_hankel(path, d.krho, kz, d.step, f);
}

/** Jump across the cut of the other medium's branch point, t^2 = branch^2 + v^2 turn. */
static void loop(const contour *path, double v, double complex *f)
{
    const ali_sommerfeld *p = path->problem;
    bool right = creal(path->branch) > 0.0;
    double complex t = ali_root(path->branch * path->branch + v * v * path->turn);
    if (!right)
        t = -t;
    descent d = descent_at(path, t);
    double complex step = d.step * path->turn * v / t, kz[2], on_path[MOST];
    kz[p->base] = d.kz;
    kz[1 - p->base] = sheet_kz(path, d.krho);
    spectra(p, d.krho, kz, on_path);
    times_hankel(path, d.krho, kz, right ? -step : step, on_path);
    kz[1 - p->base] = -kz[1 - p->base];
    spectra(p, d.krho, kz, f);
    times_hankel(path, d.krho, kz, right ? step : -step, f);
    for (int n = 0; n < path->count; n++)
        f[n] += on_path[n];
}

/** Surface wave: the zero of eps kz_0 + kz_1 with kz_0 = -k_0/sqrt(eps + 1). */
static void add_pole(contour *path)
{
    const ali_sommerfeld *p = path->problem;
    double complex eps = p->permittivity, root = ali_root(eps + 1.0);
    double complex w = casin(1.0 / root) + (p->base ? 0.0 : 0.5 * ALI_PI);
    double complex t = descent_inverse(path, w), b = path->branch;
    if (cimag(t) <= 0.0 || (p->base && cimag((t * t - b * b) / path->turn) <= 0.0))
        return;
    if (p->base && cimag(b) <= 0.0)
        return;
    double complex krho = p->k[1] / root, kz[2] = {-p->k[0] / root, eps * p->k[0] / root};
    /* spectra with the denominator replaced by its derivative, -krho (eps/kz_0 + 1/kz_1) */
    double complex across = kz[0] + kz[1], slope = -krho * (eps / kz[0] + 1.0 / kz[1]);
    double complex f[MOST] = {0.0}, weight = krho / (2.0 * ALI_PI);
    f[ALI_SOMMERFELD_PHI] = -I * weight / slope;
    f[ALI_SOMMERFELD_ZX] = weight * (eps - 1.0) * krho / (across * slope);
    times_hankel(path, krho, kz, -2.0 * ALI_PI * I, f);
    for (int n = 0; n < path->count; n++)
        path->sum[n] += f[n];
}

static void add_ray(contour *path)
{
    const ali_sommerfeld *p = path->problem;
    double height = p->height[p->base], distance = hypot(p->rho, height);
    set_descent(path, p->rho / distance, height / distance);
    double complex ratio =
        p->base ? 1.0 / ali_root(p->permittivity) : ali_root(1.0 - p->permittivity);
    if (!p->base && cimag(ratio) < 0.0)
        ratio = -ratio; /* of a lossless soil, whose zero may have either sign */
    double complex w = casin(ratio) + (p->base ? 0.0 : 0.5 * ALI_PI);
    path->branch = descent_inverse(path, w);
    bool right = creal(path->branch) > 0.0, swept = cimag(path->branch) > 0.0;
    path->cut_up = swept;
    path->root_sheet = swept && right ? I : -I;
    /* away from the pole, which a good conductor has right on the descent from k_0, but not so far
     * that t^2 passes its zero on the other side */
    double room = carg(-path->branch * path->branch);
    path->turn = right || !swept ? 1.0 : cexp(I * fmin(0.35, 0.5 * room));
    double stretch = 1.0 - fmin(0.5, p->height[1 - p->base] / distance);
    double end = sqrt(decay / (cabs(p->k[p->base]) * distance * stretch));
    path->at = ray;
    double first = first_panel(path, end);
    add_growing(path, first, end);
    /* the same from the other end */
    for (int n = 0; n < path->count; n++)
        path->sum[n] = -path->sum[n];
    add_growing(path, first, -end);
    for (int n = 0; n < path->count; n++)
        path->sum[n] = -path->sum[n];
    if (swept) {
        path->at = loop;
        add_growing(path, end / 64.0, end / sqrt(creal(path->turn)));
    }
    add_pole(path);
}

/* ---- choice ---- */

ali_sommerfeld_path ali_sommerfeld_choose(const ali_sommerfeld *p)
{
    double sum = p->height[0] + p->height[1], k = cabs(p->k[p->base]);
    if (p->rho < 0.5 * sum && k * p->rho * p->rho < 8.0 * sum)
        return ALI_SOMMERFELD_NADIR;
    double height = p->height[p->base], other = p->height[1 - p->base];
    double distance = hypot(p->rho, height);
    bool ray = k * p->rho * p->rho > 8.0 * distance && other < 0.2 * distance &&
               cabs(p->k[1 - p->base]) * other * other < 2.0 * distance;
    return ray ? ALI_SOMMERFELD_RAY : ALI_SOMMERFELD_DETOUR;
}

static bool integrate(contour *path, ali_sommerfeld_path which, double complex *integral)
{
    path->reached = true;
    path->budget = PANEL_BUDGET;
    switch (which) {
    case ALI_SOMMERFELD_NADIR:
        add_nadir(path);
        break;
    case ALI_SOMMERFELD_DETOUR:
        add_detour(path);
        break;
    case ALI_SOMMERFELD_RAY:
        add_ray(path);
        break;
    }
    memcpy(integral, path->sum, (size_t)path->count * sizeof *integral);
    return path->reached;
}

bool ali_sommerfeld_integrate(const ali_sommerfeld *problem, ali_sommerfeld_path which,
                              double absolute, double complex integral[ALI_SOMMERFELD_COUNT])
{
    contour path = {.problem = problem, .count = COUNT, .goal = {absolute, absolute, absolute}};
    path.goal[ALI_SOMMERFELD_PHI] /= fmax(cabs(problem->permittivity - 1.0), 1.0);
    return integrate(&path, which, integral);
}

bool ali_sommerfeld_integrate_slopes(const ali_sommerfeld *problem, ali_sommerfeld_path which,
                                     int side, const double goal[ALI_SOMMERFELD_SLOPES_COUNT],
                                     double complex integral[ALI_SOMMERFELD_SLOPES_COUNT])
{
    contour path = {.problem = problem, .count = MOST, .side = side};
    memcpy(path.goal, goal, sizeof path.goal);
    return integrate(&path, which, integral);
}
