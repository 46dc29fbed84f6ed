"""What is raised when a questionnaire, a scoring key or a response cannot be used."""

from __future__ import annotations

from thirdchair.errors import ThirdchairError


class QuestionnaireUnusable(ThirdchairError):
    """A file of this package cannot be used as it stands.

    Args:
        problems: one line each: where, and what is wrong. Of a file they may quote the file; of a response they never
            quote an answer.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))
