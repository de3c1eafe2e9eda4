# SPDX-License-Identifier: Apache-2.0
"""Project files in the making."""

MEGAHERTZ = 299.792458  # wavelength 1 m


def place(point):
    return "[" + ", ".join("%.16g" % c for c in point) + "]"


class Project:
    """Parts, ports and requests; a move is applied to all geometry."""

    def __init__(self, engine, megahertz=MEGAHERTZ, move=None):
        self.engine = engine
        self.megahertz = megahertz
        self.move = move or (lambda point: point)
        self.parts = []
        self.ports = []
        self.requests = []
        self.ground = "free"

    def mesh(self, mesh, electric_share=None):
        share = "" if electric_share is None else f", electric_share: {electric_share:g}"
        self.parts.append(f"{{ name: body{len(self.parts)}, mesh: {self.engine.mesh(mesh.moved(self.move))}{share} }}")
        return self

    def wire(self, name, points, radius, segments):
        points = ", ".join(place(self.move(point)) for point in points)
        self.parts.append(f"{{ name: {name}, wire: {{ points: [{points}], radius: {radius:.9g}, "
                          f"segments: {segments} }} }}")
        return self

    def port(self, name, wire, at=0.5):
        self.ports.append(f"{{ name: {name}, wire: {wire}, at: {at} }}")
        return self

    def edge(self, name, points, closed=True):
        """A port along a line of mesh edges; closed: back to the first point."""
        points = list(points) + list(points[:1]) * closed
        self.ports.append(f"{{ name: {name}, edge: [{', '.join(place(self.move(p)) for p in points)}] }}")
        return self

    def request(self, text):
        self.requests.append(text)
        return self

    def over_ground(self):
        self.ground = "perfect"
        return self

    def text(self):
        lines = ["alicorn: 1", "parts:", *(f"  - {part}" for part in self.parts)]
        if self.ports:
            lines += ["ports:", *(f"  - {port}" for port in self.ports)]
        lines += [f"frequencies: {self.megahertz:.12g} MHz", f"ground: {self.ground}"]
        if self.requests:
            lines += ["requests:", *(f"  - {request}" for request in self.requests)]
        return "\n".join(lines) + "\n"

    def solve(self, *options):
        """The first solve."""
        return self.engine.solve(self.text(), *options)["solves"][0]


def matrix(solve, name="z"):
    """A network matrix of a solve as complex numbers."""
    return [[complex(*value) for value in row] for row in solve[name]]
