/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/geo_script.h"

#include "base/constants.h"

#include <stdarg.h>

/** Edges grow by this per length away from an embedded point. */
static const double growth = 0.3;
/** gmsh's sizes are means: its longest edges are longer than what it is told by about this. */
static const double size_spread = 1.25;

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

/** The profile's points, in the plane of own x and z (revolved) or x and y, and its lines: numbers
 * l … l + n - 1. With `body`, the profile is closed and becomes a face s; a line along the axis may
 * be the one that closes it. */
static void put_profile(script *s, const ali_form *form, bool body)
{
    bool revolved = form->kind == ALI_FORM_REVOLVED;
    size_t n = body ? form->count : ali_form_segment_count(form), lines = 0;
    put(s, "p = newp;");
    for (size_t i = 0; i < form->count; i++) {
        const double *q = form->profile[i];
        put_point(s, i, ali_form_point(form, q[0], revolved ? 0 : q[1], revolved ? q[1] : 0));
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
}

/** Turn and shift what was made around the z axis at the origin, so that the z axis becomes the
 *  form's: for what is round about it. */
static void put_axis(script *s, const ali_form *form, const char *what)
{
    const ali_vec3 *o = &form->origin, *z = &form->ez;
    double across = hypot(z->x, z->y), angle = atan2(across, z->z);
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
        put(s, "v = newv; Sphere(v) = {%.17g, %.17g, %.17g, %.17g};", form->origin.x,
            form->origin.y, form->origin.z, form->radius);
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

/** The size around an embedded point: its own within one edge and a half, growing from there. */
static void put_point_size(script *s, size_t field, const ali_embedded_point *point, double largest)
{
    put(s, "Field[%zu] = Ball; Field[%zu].Radius = %.17g; Field[%zu].Thickness = %.17g;", field,
        field, 1.5 * point->size, field, (largest - point->size) / growth);
    put(s, "Field[%zu].VIn = %.17g; Field[%zu].VOut = %.17g;", field, point->size, field, largest);
    put(s, "Field[%zu].XCenter = %.17g; Field[%zu].YCenter = %.17g; Field[%zu].ZCenter = %.17g;",
        field, point->point.x, field, point->point.y, field, point->point.z);
}

/** The size on one shape that wants shorter edges than others: inside a cylinder around it. A CAD
 *  file's place is not known here, so its size holds everywhere. */
static bool put_shape_size(script *s, size_t field, const ali_form *form, double size,
                           double largest)
{
    ali_vec3 centre;
    double radius, half;
    if (!ali_form_cylinder(form, &centre, &radius, &half))
        return false;
    double margin = 0.01 * (radius + half) + 0.1 * size;
    ali_vec3 axis = ali_vec3_scale(half + margin, form->ez);
    put(s, "Field[%zu] = Cylinder; Field[%zu].Radius = %.17g;", field, field, radius + margin);
    put(s, "Field[%zu].VIn = %.17g; Field[%zu].VOut = %.17g;", field, size, field, largest);
    put(s, "Field[%zu].XCenter = %.17g; Field[%zu].YCenter = %.17g; Field[%zu].ZCenter = %.17g;",
        field, centre.x, field, centre.y, field, centre.z);
    put(s, "Field[%zu].XAxis = %.17g; Field[%zu].YAxis = %.17g; Field[%zu].ZAxis = %.17g;", field,
        axis.x, field, axis.y, field, axis.z);
    return true;
}

/** No edges shorter than half of what is needed somewhere: a cone's tip would ask for ever shorter
 *  ones, and so may a CAD file. */
static double smallest_size(const ali_geo_job *job)
{
    double least = INFINITY;
    for (size_t i = 0; i < job->shape_count; i++) {
        double edge = job->shapes[i].longest_edge / size_spread;
        double radius = ali_form_least_radius(&job->forms[i]);
        if (job->forms[i].kind == ALI_FORM_FILE)
            radius = 0.05 * edge / job->curvature;
        least = fmin(least, fmin(edge, job->curvature * radius));
    }
    for (size_t i = 0; i < job->point_count; i++)
        if (job->points[i].size > 0)
            least = fmin(least, job->points[i].size);
    return least / 2;
}

static void put_sizes(script *s, const ali_geo_job *job)
{
    double largest = 0;
    size_t field = 0;
    for (size_t i = 0; i < job->shape_count; i++)
        largest = fmax(largest, job->shapes[i].longest_edge / size_spread);
    for (size_t i = 0; i < job->shape_count; i++)
        if (job->forms[i].kind == ALI_FORM_FILE)
            largest = fmin(largest, job->shapes[i].longest_edge / size_spread);
    for (size_t i = 0; i < job->shape_count; i++) {
        double size = job->shapes[i].longest_edge / size_spread;
        if (size < largest && put_shape_size(s, field + 1, &job->forms[i], size, largest))
            field++;
    }
    for (size_t i = 0; i < job->point_count; i++)
        if (job->points[i].size > 0 && job->points[i].size < largest)
            put_point_size(s, ++field, &job->points[i], largest);
    if (field > 0) {
        put(s, "Field[%zu] = Min; Field[%zu].FieldsList = {1 : %zu};", field + 1, field + 1, field);
        put(s, "Background Field = %zu;", field + 1);
    }
    put(s, "Mesh.MeshSizeMin = %.17g;", smallest_size(job));
    put(s, "Mesh.MeshSizeMax = %.17g;", largest);
    put(s, "Mesh.MeshSizeFromPoints = 0;");
    put(s, "Mesh.MeshSizeFromCurvature = %.0f;", ceil(2 * ALI_PI / job->curvature - 1e-9));
}

/** gmsh's default algorithm makes triangles like needles at the seam of a sphere: its older one
 * does not. Faces are told by where they are, as their numbers are not known. */
static void put_algorithms(script *s, const ali_geo_job *job)
{
    for (size_t i = 0; i < job->shape_count; i++) {
        const ali_form *form = &job->forms[i];
        ali_vec3 c = form->origin;
        double r = 1.001 * form->radius;
        if (form->kind != ALI_FORM_SPHERE)
            continue;
        put(s, "a() = Surface In BoundingBox{%.17g, %.17g, %.17g, %.17g, %.17g, %.17g};", c.x - r,
            c.y - r, c.z - r, c.x + r, c.y + r, c.z + r);
        put(s, "If (#a() > 0)");
        put(s, "MeshAlgorithm Surface{a()} = 1;");
        put(s, "EndIf");
    }
}

void ali_geo_write(const ali_geo_job *job, FILE *stream, int *first_line)
{
    script s = {stream, 1};
    put(&s, "SetFactory(\"OpenCASCADE\");");
    put(&s, "Geometry.OCCTargetUnit = \"M\";");
    put(&s, "Mesh.MshFileVersion = 4.1; Mesh.Binary = 1; Mesh.SaveAll = 1; Mesh.Algorithm = 6;");
    put(&s, "bodies() = {}; sheets() = {};");
    for (size_t i = 0; i < job->shape_count; i++) {
        first_line[i] = s.line;
        put_shape(&s, job, i);
    }
    first_line[job->shape_count] = s.line;
    if (job->join || job->point_count > 0)
        put_join(&s, job);
    put_sizes(&s, job);
    put_algorithms(&s, job);
}
