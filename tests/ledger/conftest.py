"""A place for a ledger: a file, and a schema of its own in PostgreSQL where there is one."""

import os
from urllib.parse import quote

import pytest

from tests.ledger.weeks import Place

WHERE = "CASELOAD_TEST_PG"


def lacks():
    """Skip a test that has no PostgreSQL, or fail it where that must not be."""
    reason = (
        f"no PostgreSQL: set {WHERE} to the URL of one that may be written to; CONTRIBUTING.md has "
        "the commands that start one"
    )
    if os.environ.get("CASELOAD_POSTGRESQL") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def file(tmp_path):
    return Place(str(tmp_path / "ledger.db"), "sqlite")


@pytest.fixture
def schema(request):
    url = os.environ.get(WHERE)
    if not url:
        lacks()
    import psycopg  # noqa: PLC0415 - where there is a PostgreSQL

    name = f"ledger_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**9}"
    server = url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    mark = "&" if "?" in url else "?"
    yield Place(f"{url}{mark}options={quote(f'-csearch_path={name}')}", "postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request):
    return request.getfixturevalue("file" if request.param == "sqlite" else "schema")
