"""What is raised when a library, or a file meant for one, cannot be used."""

from __future__ import annotations

from thirdchair.errors import ThirdchairError


class LibraryUnusable(ThirdchairError):
    """A library or a leaflet that cannot be read.

    Args:
        problem: what was found, in plain words.
        remedy: what would make it usable.
        where: the file, and the line or passage of it, or "".
    """

    def __init__(self, problem: str, *, remedy: str, where: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        self.where = where
        super().__init__(f"{where}: {problem} {remedy}" if where else f"{problem} {remedy}")
