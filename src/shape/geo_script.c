/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/geo_script.h"

#include "base/constants.h"

#include <stdarg.h>

/** Edges grow by this per length away from an embedded point. */
static const double growth = 0.3;
/** gmsh's sizes are means: its longest edges are longer than what it is told by about this. */
static const double size_spread = 1.25;

/** Azimuth of the seams of round bodies in own coordinates [rad]: not where a wire is likely to
 * end. */
static const double seam = 1.0;

typedef struct script {
    FILE *stream;
    int line; /**< to be written next */
} script;

/** One line. */
static void put(script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(script *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(s->stream, format, arguments);
    va_end(arguments);
    fputc('\n', s->stream);
    s->line++;
}

void ali_geo_step_name(char name[ALI_GEO_NAME_SIZE], size_t shape)
{
    snprintf(name, ALI_GEO_NAME_SIZE, "shape%zu.step", shape);
}

/** A point, which the script numbers p + index. */
static void put_point(script *s, size_t index, ali_vec3 at)
{
    put(s, "Point(p + %zu) = {%.17g, %.17g, %.17g};", index, at.x, at.y, at.z);
}

/** The profile's points, in a plane through own z (revolved) or that of x and y, and its lines:
 * numbers l … l + n - 1. With `body`, the profile is closed and becomes a face s; a line along the
 * axis may be the one that closes it. */
static void put_profile(script *s, const ali_form *form, bool body)
{
    bool revolved = form->kind == ALI_FORM_REVOLVED;
    size_t n = body ? form->count : ali_form_segment_count(form), lines = 0;
    put(s, "p = newp;");
    for (size_t i = 0; i < form->count; i++) {
        const double *q = form->profile[i];
        put_point(s, i,
                  revolved ? ali_form_point(form, q[0] * cos(seam), q[0] * sin(seam), q[1])
                           : ali_form_point(form, q[0], q[1], 0));
    }
    put(s, "l = newl;");
    for (size_t i = 0; i < n; i++) {
        size_t next = (i + 1) % form->count;
        bool on_axis = revolved && form->profile[i][0] == 0 && form->profile[next][0] == 0;
        if (on_axis && !body)
            continue;
        put(s, "Line(l + %zu) = {p + %zu, p + %zu};", lines++, i, next);
    }
    put(s, "lines() = {l : l + %zu};", lines - 1);
    if (!body)
        return;
    put(s, "k = newll; Curve Loop(k) = {lines()};");
    put(s, "s = news; Plane Surface(s) = {k};");
}

static void put_revolved(script *s, const ali_form *form)
{
    const ali_vec3 *o = &form->origin, *z = &form->ez;
    put_profile(s, form, form->solid);
    put(s, "e() = Extrude{{%.17g, %.17g, %.17g}, {%.17g, %.17g, %.17g}, 2 * Pi}{%s};", z->x, z->y,
        z->z, o->x, o->y, o->z, form->solid ? "Surface{s};" : "Curve{lines()};");
}

static void put_prism(script *s, const ali_form *form)
{
    ali_vec3 h = ali_vec3_scale(form->height, form->ez);
    put_profile(s, form, form->solid);
    put(s, "e() = Extrude{%.17g, %.17g, %.17g}{%s};", h.x, h.y, h.z,
        form->solid ? "Surface{s};" : "Curve{lines()};");
}

static void put_plate(script *s, const ali_form *form)
{
    double x = form->size[0] / 2, y = form->size[1] / 2;
    const double corner[4][2] = {{-x, -y}, {x, -y}, {x, y}, {-x, y}};
    put(s, "p = newp;");
    for (size_t i = 0; i < 4; i++)
        put_point(s, i, ali_form_point(form, corner[i][0], corner[i][1], 0));
    put(s, "l = newl;");
    for (size_t i = 0; i < 4; i++)
        put(s, "Line(l + %zu) = {p + %zu, p + %zu};", i, i, (i + 1) % 4);
    put(s, "k = newll; Curve Loop(k) = {l : l + 3};");
    put(s, "s = news; Plane Surface(s) = {k};");
}

/** Cylinder and cone as primitives of the kernel, which are simpler inside than turned profiles. */
static void put_round(script *s, const ali_shape *shape, const ali_form *form)
{
    const ali_vec3 *o = &form->origin;
    ali_vec3 h = ali_vec3_scale(form->height, form->ez);
    double top = shape->kind == ALI_SHAPE_CONE ? shape->top_radius * form->scale : form->radius;
    bool cone = fabs(top - form->radius) > 1e-9 * form->radius; /* the kernel refuses equal radii */
    put(s, "v = newv;");
    if (cone)
        put(s, "Cone(v) = {%.17g, %.17g, %.17g, %.17g, %.17g, %.17g, %.17g, %.17g};", o->x, o->y,
            o->z, h.x, h.y, h.z, form->radius, top);
    else
        put(s, "Cylinder(v) = {%.17g, %.17g, %.17g, %.17g, %.17g, %.17g, %.17g};", o->x, o->y, o->z,
            h.x, h.y, h.z, form->radius);
    put(s, "Rotate{{%.17g, %.17g, %.17g}, {%.17g, %.17g, %.17g}, %.17g}{Volume{v};}", h.x, h.y, h.z,
        o->x, o->y, o->z, seam);
}

/** A sphere of three bodies: a band around the equator, and two caps that are cut from a sphere
 * whose poles are elsewhere. Faces without poles mesh several times better, or a hundred times
 * faster, than with them. The plane faces between the bodies are dropped with all others that are
 * inside. All is turned, so that no seam runs along a face of something else that is square to the
 * axes. */
static void put_sphere(script *s, const ali_form *form)
{
    const ali_vec3 *o = &form->origin;
    double r = form->radius, h = r * sqrt(0.5);
    put(s, "v = newv; Sphere(v) = {0, 0, 0, %.17g, -Pi / 4, Pi / 4};", r);
    put(s, "v = newv; Sphere(v) = {0, 0, 0, %.17g};", r);
    put(s, "Rotate{{1, 0, 0}, {0, 0, 0}, Pi / 2}{Volume{v};}");
    put(s, "b = newv;");
    for (int k = 0; k < 2; k++)
        put(s, "Box(b + %d) = {%.17g, %.17g, %.17g, %.17g, %.17g, %.17g};", k, -r, -r,
            k == 0 ? h : -h - r, 2 * r, 2 * r, r);
    put(s, "e() = BooleanIntersection{Volume{v}; Delete;}{Volume{b, b + 1}; Delete;};");
    put(s, "v() = Volume{:}; v() -= volumes();");
    put(s, "Rotate{{1, 2, 0}, {0, 0, 0}, 0.7}{Volume{v()};}");
    put(s, "Translate{%.17g, %.17g, %.17g}{Volume{v()};}", o->x, o->y, o->z);
}

/** Turn and shift what was made around the z axis at the origin, so that the z axis becomes the
 *  form's: for what is round about it. */
static void put_axis(script *s, const ali_form *form, const char *what)
{
    const ali_vec3 *o = &form->origin, *z = &form->ez;
    double across = hypot(z->x, z->y), angle = atan2(across, z->z);
    put(s, "Rotate{{0, 0, 1}, {0, 0, 0}, %.17g}{%s}", seam, what);
    if (across > 0)
        put(s, "Rotate{{%.17g, %.17g, 0}, {0, 0, 0}, %.17g}{%s}", -z->y / across, z->x / across,
            angle, what);
    else if (z->z < 0)
        put(s, "Rotate{{1, 0, 0}, {0, 0, 0}, Pi}{%s}", what);
    put(s, "Translate{%.17g, %.17g, %.17g}{%s}", o->x, o->y, o->z, what);
}

static void put_disc(script *s, const ali_shape *shape, const ali_form *form)
{
    double inner = shape->inner_radius * form->scale;
    put(s, "c = newl; Circle(c) = {0, 0, 0, %.17g};", form->radius);
    put(s, "k = newll; Curve Loop(k) = {c};");
    if (inner > 0) {
        put(s, "c = newl; Circle(c) = {0, 0, 0, %.17g};", inner);
        put(s, "m = newll; Curve Loop(m) = {c};");
    }
    put(s, "s = news; Plane Surface(s) = {k%s};", inner > 0 ? ", m" : "");
    put_axis(s, form, "Surface{s};");
}

static void put_torus(script *s, const ali_form *form)
{
    put(s, "v = newv; Torus(v) = {0, 0, 0, %.17g, %.17g};", form->radius, form->tube);
    put_axis(s, form, "Volume{v};");
}

/** Angle and axis of the rotation whose columns are the unit vectors x, y, z (right-handed). */
static double rotation_angle(ali_vec3 x, ali_vec3 y, ali_vec3 z, ali_vec3 *axis)
{
    double c = fmin(fmax((x.x + y.y + z.z - 1) / 2, -1), 1);
    *axis = (ali_vec3){y.z - z.y, z.x - x.z, x.y - y.x};
    double twice_sine = ali_vec3_norm(*axis);
    if (twice_sine > 1e-6) {
        *axis = ali_vec3_scale(1 / twice_sine, *axis);
        return atan2(twice_sine / 2, c);
    }
    if (c > 0)
        return 0;
    /* half a turn: R + 1 = 2 a a', whose largest column is along the axis */
    ali_vec3 column[3] = {{x.x + 1, x.y, x.z}, {y.x, y.y + 1, y.z}, {z.x, z.y, z.z + 1}};
    *axis = column[0];
    for (int k = 1; k < 3; k++)
        if (ali_vec3_norm(column[k]) > ali_vec3_norm(*axis))
            *axis = column[k];
    *axis = ali_vec3_scale(1 / ali_vec3_norm(*axis), *axis);
    return ALI_PI;
}

/** A CAD file comes in metres: mirror, scale, turn and shift it. */
static void put_step(script *s, const ali_form *form, size_t number)
{
    char name[ALI_GEO_NAME_SIZE];
    ali_vec3 axis, y = form->ey;
    const ali_vec3 *o = &form->origin;
    bool mirrored = ali_vec3_dot(ali_vec3_cross(form->ex, y), form->ez) < 0;
    ali_geo_step_name(name, number);
    put(s, "e() = ShapeFromFile(\"%s\");", name);
    put(s, "v() = Volume{:}; v() -= volumes(); s() = Surface{:}; s() -= surfaces();");
    put(s, "If (#v() > 0)");
    put(s, "s() = {};");
    put(s, "EndIf");
    const char *const what[2] = {"Volume{v()};", "Surface{s()};"};
    for (int k = 0; k < 2; k++) {
        put(s, "If (#%s > 0)", k == 0 ? "v()" : "s()");
        if (mirrored)
            put(s, "Symmetry{0, 1, 0, 0}{%s}", what[k]);
        if (form->scale != 1)
            put(s, "Dilate{{0, 0, 0}, %.17g}{%s}", form->scale, what[k]);
        double angle =
            rotation_angle(form->ex, mirrored ? ali_vec3_scale(-1, y) : y, form->ez, &axis);
        if (angle != 0)
            put(s, "Rotate{{%.17g, %.17g, %.17g}, {0, 0, 0}, %.17g}{%s}", axis.x, axis.y, axis.z,
                angle, what[k]);
        put(s, "Translate{%.17g, %.17g, %.17g}{%s}", o->x, o->y, o->z, what[k]);
        put(s, "EndIf");
    }
}

/** Make one shape, and add its bodies or sheets to the lists. */
static void put_shape(script *s, const ali_geo_job *job, size_t i)
{
    const ali_shape *shape = &job->shapes[i];
    const ali_form *form = &job->forms[i];
    put(s, "volumes() = Volume{:}; surfaces() = Surface{:};");
    switch (form->kind) {
    case ALI_FORM_SPHERE:
        put_sphere(s, form);
        break;
    case ALI_FORM_TORUS:
        put_torus(s, form);
        break;
    case ALI_FORM_PRISM:
        put_prism(s, form);
        break;
    case ALI_FORM_PLATE:
        put_plate(s, form);
        break;
    case ALI_FORM_FILE:
        put_step(s, form, i);
        break;
    case ALI_FORM_REVOLVED:
        if (shape->kind == ALI_SHAPE_DISC)
            put_disc(s, shape, form);
        else if (shape->kind != ALI_SHAPE_REVOLVE && form->solid)
            put_round(s, shape, form);
        else
            put_revolved(s, form);
        break;
    }
    put(s, "v() = Volume{:}; v() -= volumes(); s() = Surface{:}; s() -= surfaces();");
    put(s, "If (#v() > 0)");
    put(s, "bodies() += v();");
    put(s, "Else");
    put(s, "sheets() += s();");
    put(s, "EndIf");
}

/** Points and shapes cut each other; what they share is one from then on. */
static void put_join(script *s, const ali_geo_job *job)
{
    put(s, "points() = {};");
    for (size_t i = 0; i < job->point_count; i++) {
        ali_vec3 at = job->points[i].point;
        put(s, "p = newp; Point(p) = {%.17g, %.17g, %.17g}; points() += p;", at.x, at.y, at.z);
    }
    const char *tool = job->point_count > 0 ? "Point{points()}; Delete;" : "";
    put(s, "If (#bodies() + #sheets() + #points() > 1)"); /* it refuses to cut nothing */
    put(s, "If (#bodies() > 0 && #sheets() > 0)");
    put(s, "f() = BooleanFragments{Volume{bodies()}; Surface{sheets()}; Delete;}{%s};", tool);
    put(s, "ElseIf (#bodies() > 0)");
    put(s, "f() = BooleanFragments{Volume{bodies()}; Delete;}{%s};", tool);
    put(s, "Else");
    put(s, "f() = BooleanFragments{Surface{sheets()}; Delete;}{%s};", tool);
    put(s, "EndIf");
    put(s, "EndIf");
}

/* ---- sizes: the smallest of all fields holds at a point ---- */

typedef struct sizes {
    script *script;
    double largest; /**< [m] where nothing else is asked */
    size_t count;   /**< of fields so far */
} sizes;

/** A piece of a shape as a slice of a cone around an axis: radii and sizes at its two ends [m]. */
typedef struct slice {
    ali_vec3 end[2];
    double radius[2], size[2];
} slice;

/** A size inside a ball, growing outside. */
static void put_ball(sizes *z, ali_vec3 centre, double radius, double size)
{
    size_t f = ++z->count;
    put(z->script, "Field[%zu] = Ball; Field[%zu].Radius = %.17g; Field[%zu].Thickness = %.17g;", f,
        f, radius, f, (z->largest - size) / growth);
    put(z->script, "Field[%zu].VIn = %.17g; Field[%zu].VOut = %.17g;", f, size, f, z->largest);
    put(z->script,
        "Field[%zu].XCenter = %.17g; Field[%zu].YCenter = %.17g; Field[%zu].ZCenter = %.17g;", f,
        centre.x, f, centre.y, f, centre.z);
}

/** Sizes between two cones with one axis: linear between inner and outer ones, and along the axis.
 */
static void put_frustum(sizes *z, const slice *inner, const slice *outer)
{
    size_t f = ++z->count;
    put(z->script, "Field[%zu] = Frustum;", f);
    for (int k = 0; k < 2; k++) {
        ali_vec3 at = inner->end[k];
        put(z->script, "Field[%zu].X%d = %.17g; Field[%zu].Y%d = %.17g; Field[%zu].Z%d = %.17g;", f,
            k + 1, at.x, f, k + 1, at.y, f, k + 1, at.z);
        put(z->script, "Field[%zu].R%d_inner = %.17g; Field[%zu].V%d_inner = %.17g;", f, k + 1,
            inner->radius[k], f, k + 1, inner->size[k]);
        put(z->script, "Field[%zu].R%d_outer = %.17g; Field[%zu].V%d_outer = %.17g;", f, k + 1,
            outer->radius[k], f, k + 1, outer->size[k]);
    }
}

/** Sizes that grow away from a slice: sideways, and beyond its ends. */
static void put_growth(sizes *z, const slice *piece)
{
    ali_vec3 along = ali_vec3_sub(piece->end[1], piece->end[0]);
    double length = ali_vec3_norm(along);
    slice inner = *piece, outer = *piece;
    along = ali_vec3_scale(1 / length, along);
    for (int k = 0; k < 2; k++) {
        double size = piece->size[k], sign = k == 0 ? -1 : 1;
        if (size >= z->largest)
            continue;
        /* from half an edge inside: no rim may lie where a field begins, and flicker */
        ali_vec3 near = ali_vec3_axpy(piece->end[k], -0.5 * sign * fmin(size, length), along);
        ali_vec3 far = ali_vec3_axpy(piece->end[k], sign * (z->largest - size) / growth, along);
        double r = piece->radius[k] + 0.1 * size; /* never empty: the field divides by it */
        const slice core = {{near, far}, {0, 0}, {size, z->largest}};
        const slice rim = {{near, far}, {r, r}, {size, z->largest}};
        put_frustum(z, &core, &rim);
    }
    for (int k = 0; k < 2; k++) {
        double size = fmin(piece->size[k], z->largest), sign = k == 0 ? -1 : 1;
        inner.end[k] = ali_vec3_axpy(piece->end[k], 0.5 * sign * size, along);
        inner.radius[k] = fmax(piece->radius[k] - 0.1 * size, 0);
        outer.radius[k] = piece->radius[k] + (z->largest - size) / growth + 1e-3 * size;
        outer.size[k] = z->largest;
    }
    put_frustum(z, &inner, &outer);
}

/** The size on one shape that wants shorter edges than others: inside a cylinder around it. */
static void put_inside(sizes *z, const ali_form *form, double size)
{
    ali_vec3 centre;
    double radius, half;
    if (!ali_form_cylinder(form, &centre, &radius, &half))
        return;
    double margin = 0.01 * (radius + half) + 0.1 * size;
    ali_vec3 axis = ali_vec3_scale(half + margin, form->ez);
    size_t f = ++z->count;
    put(z->script, "Field[%zu] = Cylinder; Field[%zu].Radius = %.17g;", f, f, radius + margin);
    put(z->script, "Field[%zu].VIn = %.17g; Field[%zu].VOut = %.17g;", f, size, f, z->largest);
    put(z->script,
        "Field[%zu].XCenter = %.17g; Field[%zu].YCenter = %.17g; Field[%zu].ZCenter = %.17g;", f,
        centre.x, f, centre.y, f, centre.z);
    put(z->script, "Field[%zu].XAxis = %.17g; Field[%zu].YAxis = %.17g; Field[%zu].ZAxis = %.17g;",
        f, axis.x, f, axis.y, f, axis.z);
}

/** The slices of a revolved form, each with the sizes that its curvature asks for. */
static void put_revolved_growth(sizes *z, const ali_form *form, double edge, double curvature)
{
    const double *from, *to;
    double least = curvature * ali_form_least_radius(form) / 2;
    for (size_t k = 0; k < ali_form_segment_count(form); k++) {
        ali_form_segment(form, k, &from, &to);
        const double *ends[2] = {from, to};
        slice piece;
        if (from[1] == to[1] || from[0] + to[0] == 0)
            continue;
        for (int j = 0; j < 2; j++) {
            piece.end[j] = ali_form_point(form, 0, 0, ends[j][1]);
            piece.radius[j] = ends[j][0];
            piece.size[j] = fmin(edge, fmax(least, curvature * ends[j][0]));
        }
        if (fmin(piece.size[0], piece.size[1]) < z->largest)
            put_growth(z, &piece);
    }
}

/** A torus, and growth into its hole. */
static void put_ring(sizes *z, const ali_form *form, double size)
{
    double half = form->tube + 0.1 * size, out = form->radius + half, in = form->radius - half;
    const ali_vec3 low = ali_form_point(form, 0, 0, -half), high = ali_form_point(form, 0, 0, half);
    double reach = fmin((z->largest - size) / growth, in);
    const slice outside = {{low, high}, {out, out}, {size, size}};
    const slice inside = {{low, high}, {in, in}, {size, size}};
    put_frustum(z, &inside, &outside);
    if (in <= 0)
        return;
    double middle = size + growth * reach;
    const slice hole = {{low, high}, {in - reach, in - reach}, {middle, middle}};
    put_frustum(z, &hole, &inside);
}

double ali_geo_curvature(const ali_shape *shape, double standard)
{
    return shape->curvature > 0 ? shape->curvature : standard;
}

/** What one shape wants of its neighbourhood. A CAD file's place is not known here, so its size
 * holds everywhere. */
static void put_shape_sizes(sizes *z, const ali_form *form, double edge, double curvature)
{
    ali_vec3 centre;
    double radius, half;
    if (edge < z->largest)
        put_inside(z, form, edge);
    if (!ali_form_cylinder(form, &centre, &radius, &half))
        return;
    if (form->kind == ALI_FORM_SPHERE) {
        double size = fmin(edge, curvature * form->radius);
        if (size < z->largest)
            put_ball(z, form->origin, 1.001 * form->radius, size);
        return;
    }
    if (form->kind == ALI_FORM_REVOLVED)
        put_revolved_growth(z, form, edge, curvature);
    double size = form->kind == ALI_FORM_TORUS ? fmin(edge, curvature * form->tube) : edge;
    if (size >= z->largest)
        return;
    if (form->kind == ALI_FORM_TORUS)
        put_ring(z, form, size);
    half = fmax(half, 1e-3 * size);
    const slice whole = {
        {ali_vec3_axpy(centre, -half, form->ez), ali_vec3_axpy(centre, half, form->ez)},
        {radius, radius},
        {size, size}};
    put_growth(z, &whole);
}

/** No edges shorter than half of what is needed somewhere: a cone's tip would ask for ever shorter
 *  ones, and so may a CAD file. */
static double smallest_size(const ali_geo_job *job)
{
    double least = INFINITY;
    for (size_t i = 0; i < job->shape_count; i++) {
        double edge = job->shapes[i].longest_edge / size_spread;
        double curvature = ali_geo_curvature(&job->shapes[i], job->curvature);
        double radius = ali_form_least_radius(&job->forms[i]);
        if (job->forms[i].kind == ALI_FORM_FILE)
            radius = 0.05 * edge / curvature;
        least = fmin(least, fmin(edge, curvature * radius));
    }
    for (size_t i = 0; i < job->point_count; i++)
        if (job->points[i].size > 0)
            least = fmin(least, job->points[i].size);
    return least / 2;
}

static void put_sizes(script *s, const ali_geo_job *job)
{
    sizes z = {.script = s};
    bool files = false;
    double file_curvature = INFINITY;
    for (size_t i = 0; i < job->shape_count; i++)
        z.largest = fmax(z.largest, job->shapes[i].longest_edge / size_spread);
    for (size_t i = 0; i < job->shape_count; i++)
        if (job->forms[i].kind == ALI_FORM_FILE) {
            z.largest = fmin(z.largest, job->shapes[i].longest_edge / size_spread);
            file_curvature =
                fmin(file_curvature, ali_geo_curvature(&job->shapes[i], job->curvature));
            files = true;
        }
    for (size_t i = 0; i < job->shape_count; i++)
        put_shape_sizes(&z, &job->forms[i], job->shapes[i].longest_edge / size_spread,
                        ali_geo_curvature(&job->shapes[i], job->curvature));
    for (size_t i = 0; i < job->point_count; i++)
        if (job->points[i].size > 0 && job->points[i].size < z.largest)
            put_ball(&z, job->points[i].point, 1.5 * job->points[i].size, job->points[i].size);
    if (z.count > 0) {
        put(s, "Field[%zu] = Min; Field[%zu].FieldsList = {1 : %zu};", z.count + 1, z.count + 1,
            z.count);
        put(s, "Background Field = %zu;", z.count + 1);
    }
    put(s, "Mesh.MeshSizeMin = %.17g;", smallest_size(job));
    put(s, "Mesh.MeshSizeMax = %.17g;", z.largest);
    put(s, "Mesh.MeshSizeFromPoints = 0;");
    put(s,
        "Mesh.LcIntegrationPrecision = 1e-5;"); /* fields have steps: the usual 1e-9 takes ages */
    /* a hole with short edges in a large plate must not make all of the plate fine: the fields say
     * how sizes grow, except around what is not known here */
    put(s, "Mesh.MeshSizeExtendFromBoundary = %d;", job->shape_count == 1 || files);
    /* the fields know the curvature of all but files; gmsh's own measure never ends at a cone's tip
     */
    put(s, "Mesh.MeshSizeFromCurvature = %.0f;",
        files ? ceil(2 * ALI_PI / file_curvature - 1e-9) : 0.0);
}

void ali_geo_write(const ali_geo_job *job, FILE *stream, int *first_line)
{
    script s = {stream, 1};
    put(&s, "SetFactory(\"OpenCASCADE\");");
    put(&s, "Geometry.OCCTargetUnit = \"M\";");
    put(&s, "Mesh.MshFileVersion = 4.1; Mesh.Binary = 1; Mesh.SaveAll = 1;");
    put(&s, "Mesh.Algorithm = %d;", job->algorithm);
    /* a cone's tip makes gmsh turn to its older algorithm, which then never ends */
    put(&s, "Mesh.AlgorithmSwitchOnFailure = 0;");
    put(&s, "bodies() = {}; sheets() = {};");
    for (size_t i = 0; i < job->shape_count; i++) {
        first_line[i] = s.line;
        put_shape(&s, job, i);
    }
    first_line[job->shape_count] = s.line;
    bool in_pieces = false;
    for (size_t i = 0; i < job->shape_count; i++)
        in_pieces = in_pieces || job->forms[i].kind == ALI_FORM_SPHERE;
    if (job->join || job->point_count > 0 || in_pieces)
        put_join(&s, job);
    put_sizes(&s, job);
}
