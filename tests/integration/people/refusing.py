"""What the tests of people share: the kinds of problems in a refusal."""

import pytest

from service.errors import ProblemKind, Refused
from service.people.rules import (
    IdentityKind,
)

SLACK_ADA = (IdentityKind.SLACK, "UADA")


def kinds(refusal: pytest.ExceptionInfo[Refused]) -> list[ProblemKind]:
    return [problem.kind for problem in refusal.value.problems]
