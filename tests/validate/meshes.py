# SPDX-License-Identifier: Apache-2.0
"""Triangle meshes of the bodies whose answers are known, made here so that no mesher has a say in them.

Lengths are in metres; normals point outwards."""
import math


class Mesh:
    """Vertices [(x, y, z)] and triangles [(i, j, k)]. Vertices that coincide are one."""

    def __init__(self):
        self.vertices = []
        self.triangles = []
        self.known = {}

    def vertex(self, place):
        key = tuple(round(c, 10) + 0.0 for c in place)
        if key not in self.known:
            self.known[key] = len(self.vertices)
            self.vertices.append(tuple(place))
        return self.known[key]

    def triangle(self, *corners):
        """Corners by place; nothing is added if two coincide."""
        indices = tuple(self.vertex(corner) for corner in corners)
        if len(set(indices)) == 3:
            self.triangles.append(indices)

    def quadrilateral(self, a, b, c, d, turn=False):
        """Two triangles; the diagonal runs from a to c, or from b to d."""
        first, second = ((a, b, d), (b, c, d)) if turn else ((a, b, c), (a, c, d))
        self.triangle(*first)
        self.triangle(*second)

    def add(self, other, move=lambda place: place, flip=False):
        """Another mesh, moved; flipped if the move mirrors."""
        for triangle in other.triangles:
            corners = [move(other.vertices[i]) for i in triangle]
            self.triangle(*(reversed(corners) if flip else corners))
        return self

    def moved(self, move, flip=False):
        return Mesh().add(self, move, flip)

    def volume(self):
        """Enclosed by a closed mesh whose normals point outwards."""
        return sum(dot(self.vertices[i], cross(self.vertices[j], self.vertices[k]))
                   for i, j, k in self.triangles) / 6

    def edge(self):
        """Root mean square of the edges' lengths."""
        lengths = [math.dist(self.vertices[t[i]], self.vertices[t[i - 1]]) ** 2
                   for t in self.triangles for i in range(3)]
        return math.sqrt(sum(lengths) / len(lengths))

    def text(self):
        """As a file of Gmsh's format 2.2."""
        lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$Nodes", str(len(self.vertices))]
        lines += ["%d %.16g %.16g %.16g" % (i, *v) for i, v in enumerate(self.vertices, 1)]
        lines += ["$EndNodes", "$Elements", str(len(self.triangles))]
        lines += ["%d 2 2 1 1 %d %d %d" % (i, a + 1, b + 1, c + 1)
                  for i, (a, b, c) in enumerate(self.triangles, 1)]
        return "\n".join(lines + ["$EndElements", ""])


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def cross(a, b):
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def scaled(factor):
    return lambda place: tuple(factor * c for c in place)


def shifted(*by):
    return lambda place: tuple(c + b for c, b in zip(place, by))


def rotated(axis, degrees):
    """A turn about an axis through the origin (Rodrigues)."""
    length = math.sqrt(dot(axis, axis))
    n = tuple(c / length for c in axis)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def move(place):
        along = dot(n, place) * (1 - cosine)
        return tuple(cosine * p + sine * c + along * m for p, c, m in zip(place, cross(n, place), n))
    return move


def geodesic(cuts, radius=1.0, keep_volume=True):
    """A sphere of 20 cuts² triangles: an icosahedron with every edge cut. The vertices lie on the sphere, or
    a little outside so that the volume is the sphere's."""
    golden = (1 + math.sqrt(5)) / 2
    corners = [(-1, golden, 0), (1, golden, 0), (-1, -golden, 0), (1, -golden, 0),
               (0, -1, golden), (0, 1, golden), (0, -1, -golden), (0, 1, -golden),
               (golden, 0, -1), (golden, 0, 1), (-golden, 0, -1), (-golden, 0, 1)]
    faces = ((0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2),
             (10, 7, 6), (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5),
             (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1))
    mesh = Mesh()
    for face in faces:
        a, b, c = (corners[i] for i in face)

        def place(i, j):
            p = [x + (y - x) * i / cuts + (z - x) * j / cuts for x, y, z in zip(a, b, c)]
            return tuple(radius * x / math.sqrt(dot(p, p)) for x in p)
        for i in range(cuts):
            for j in range(cuts - i):
                mesh.triangle(place(i, j), place(i + 1, j), place(i, j + 1))
                if i + j < cuts - 1:
                    mesh.triangle(place(i + 1, j), place(i + 1, j + 1), place(i, j + 1))
    if keep_volume:
        mesh = mesh.moved(scaled((4 * math.pi / 3 * radius ** 3 / mesh.volume()) ** (1 / 3)))
    return mesh


def with_pole(mesh):
    """The geodesic sphere turned so that one of its twelve vertices of five triangles lies on +z."""
    return mesh.moved(rotated((1, 0, 0), math.degrees(math.atan2(2, 1 + math.sqrt(5)))))


def plate(xs, ys):
    """In the plane z = 0, cells between these coordinates with alternating diagonals."""
    mesh = Mesh()
    for i, (x0, x1) in enumerate(zip(xs, xs[1:])):
        for j, (y0, y1) in enumerate(zip(ys, ys[1:])):
            mesh.quadrilateral((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0), (i + j) % 2)
    return mesh


def box(size, counts, bottom=True):
    """From -size/2 to size/2 in x and y, from z = 0 up to the height; counts cells along each axis."""
    grid = [[size[i] * (n / counts[i] - (0.5 if i < 2 else 0)) for n in range(counts[i] + 1)] for i in range(3)]
    xs, ys, zs = grid
    mesh = Mesh()
    half_x, half_y, height = size[0] / 2, size[1] / 2, size[2]
    mesh.add(plate(xs, ys), shifted(0, 0, height))
    if bottom:
        mesh.add(plate(xs, ys), lambda p: (p[0], p[1], 0.0), flip=True)
    for sign in (-1, 1):
        mesh.add(plate(ys, zs), lambda p, s=sign: (s * half_x, p[0], p[1]), flip=sign < 0)
        mesh.add(plate(xs, zs), lambda p, s=sign: (p[0], s * half_y, p[1]), flip=sign > 0)
    return mesh


def ring(rho, z, count, turn=0.0):
    """Corners of a regular polygon around the z axis; one point if rho is 0."""
    if rho == 0:
        return [(0.0, 0.0, z)]
    return [(rho * math.cos(2 * math.pi * i / count + turn), rho * math.sin(2 * math.pi * i / count + turn), z)
            for i in range(count)]


def band(mesh, inner, outer):
    """Triangles between two closed polygons of n points and n, 2n or 1, beginning at the same angle. The
    normal is along (direction around) × (from inner to outer)."""
    n, m = len(inner), len(outer)
    if n == 1 or m == 1:
        several, tip, inward = (outer, inner[0], True) if n == 1 else (inner, outer[0], False)
        for i, here in enumerate(several):
            there = several[(i + 1) % len(several)]
            mesh.triangle(*((tip, there, here) if inward else (here, there, tip)))
        return
    for i in range(n):
        a, b = inner[i], inner[(i + 1) % n]
        if m == n:
            mesh.quadrilateral(a, b, outer[(i + 1) % n], outer[i], i % 2)
            continue
        c, d, e = (outer[(2 * i + k) % m] for k in range(3))
        mesh.triangle(a, d, c)
        mesh.triangle(a, b, d)
        mesh.triangle(b, e, d)


def revolved(profile, count):
    """Rings around the z axis through the points (rho, z) of a profile, joined; seen from outside if the
    profile runs upwards along the outer side."""
    mesh = Mesh()
    rings = [ring(rho, z, count) for rho, z in profile]
    for lower, upper in zip(rings, rings[1:]):
        band(mesh, lower, upper)
    return mesh


def between(start, end, pieces):
    """Points from start to end, equally spaced, without the first."""
    return [tuple(a + (b - a) * i / pieces for a, b in zip(start, end)) for i in range(1, pieces + 1)]


def radial_plate(inner, half, edge, sides=8, growth=None, square=True):
    """A plate around the origin with rings of triangles that grow from a polygon of this circumradius to the
    rim; no edge much longer than `edge`. The inside of the innermost ring is left open. Returns the mesh, the
    innermost ring outwards."""
    growth = growth or 1 + 2 * math.pi / sides

    def circle(rho, count):
        blend = min(max((rho / half - 0.3) / 0.7, 0.0), 1.0) if square else 0.0
        points = []
        for x, y, _ in ring(1.0, 0.0, count):
            stretch = 1 - blend + blend / max(abs(x), abs(y))
            points.append((rho * x * stretch, rho * y * stretch, 0.0))
        return points
    radii = [inner]
    while radii[-1] < half:
        rho = radii[-1]
        radii.append(rho + min(edge, rho * (growth - 1)))
    excess = radii[-1] / half  # the last ring is the rim: pull in those in between
    if len(radii) > 1:
        radii = [inner * (rho / inner) ** (math.log(half / inner) / math.log(excess * half / inner))
                 for rho in radii]
    mesh = Mesh()
    count = sides
    previous = circle(radii[0], count)
    for rho in radii[1:]:
        if 2 * math.pi * rho / count > 1.35 * edge:
            count *= 2
        this = circle(rho, count)
        band(mesh, previous, this)
        previous = this
    return mesh
