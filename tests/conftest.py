"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from people import make_person

if TYPE_CHECKING:
    from thirdchair_web.accounts.models import User


# No test depends on how fast the machine is.
hypothesis.settings.register_profile("thirdchair", deadline=None)
hypothesis.settings.load_profile("thirdchair")


collect_ignore = ["generative/disclosing_service.py"]
"""A process of its own, which opens a socket and sets the environment as soon as it is imported."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills 200` is what `make kills` asks for; the ordinary run makes do with a few."""
    parser.addoption("--kills", type=int, default=8, help="how often to kill a process with signal 9")
    parser.addoption("--disclosures", type=int, default=40, help="how many people disclose a danger")
    parser.addoption("--disclosure-kills", type=int, default=12, help="how many kills they meet")
    parser.addoption("--chunkings", type=int, default=2000, help="how many ways of cutting a stream to try")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The door's threads keep their connections; PostgreSQL drops no database while one stands."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def open_data() -> Path:
    """The folder of the open data sets, as the Makefile names it: `DATA`, or ../shared/data. They are never copied here."""
    folder = Path(os.environ.get("DATA") or Path(__file__).parents[1] / ".." / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip(f"the open data sets are not at {folder}; name their folder in DATA")
    return folder


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Makes an account: `make_user("nurse")`, `make_user("patient", username="ruth")`.

    Staff get a second factor unless `second_factor=False`, so that a test can sign in and go on.
    """
    return make_person


@pytest.fixture
def cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every method counts as cleared: what evidence says is tested elsewhere, and changes with the code."""
    from thirdchair.policy import Cleared
    from thirdchair.uses import USES
    from thirdchair_web.governance.methods import methods
    from thirdchair_web.review import clinic

    every = {
        (use.id, method, language): Cleared("0" * 64)
        for use in USES.values()
        for method in methods()
        for language in use.languages
    }
    monkeypatch.setattr(clinic, "clearances", lambda: every)


@pytest.fixture(autouse=True)
def its_own_anchors(request: pytest.FixtureRequest) -> None:
    """The database is emptied between tests, so the anchors of the test before would say its trail was cut."""
    if "django_db" in request.keywords or {"db", "transactional_db"} & set(request.fixturenames):
        from django.conf import settings

        (settings.DATA_DIR / "trail.anchors").unlink(missing_ok=True)
