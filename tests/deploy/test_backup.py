"""What deploy/backup.sh copies can be put back by the commands of deploy/README.md."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data" / "files" / "2026").mkdir(parents=True)
    (tmp_path / "data" / "files" / "2026" / "回复.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path / "data"


def backup(data: Path, **environment: str) -> Path:
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHON": sys.executable, "DATA_DIR": str(data)}
    done = subprocess.run(
        [ROOT / "deploy" / "backup.sh"], env=kept | environment, check=True, capture_output=True, text=True
    )
    return Path(done.stdout.strip())


def sums_hold(copy: Path) -> bool:
    return subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=copy, check=False).returncode == 0


def test_an_embedded_portal_is_copied_while_in_use(data, tmp_path):
    with closing(sqlite3.connect(data / "linkage.sqlite3")) as live:
        live.executescript("PRAGMA journal_mode=WAL; CREATE TABLE matter (title); INSERT INTO matter VALUES ('建议');")
        copy = backup(data)
    with closing(sqlite3.connect(copy / "database.sqlite3")) as restored:
        assert restored.execute("SELECT title FROM matter").fetchall() == [("建议",)]
    (tmp_path / "restored").mkdir()
    subprocess.run(["tar", "-xf", copy / "files.tar", "-C", tmp_path / "restored"], check=True)
    assert (tmp_path / "restored" / "2026" / "回复.pdf").read_bytes() == b"%PDF-1.7"
    assert sums_hold(copy)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_postgres_portal_is_restored_from_its_dump(data):
    with servers.postgres() as url:
        admin, source, target = (url.removesuffix("linkage") + name for name in ("postgres", "linkage", "restored"))
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE linkage")
            connection.execute("CREATE DATABASE restored")
        with psycopg.connect(source) as connection:
            connection.execute("CREATE TABLE matter (title text)")
            connection.execute("INSERT INTO matter VALUES ('建议')")
        copy = backup(data, DATABASE_URL=source)
        subprocess.run(
            ["pg_restore", "--exit-on-error", "--no-owner", f"--dbname={target}", copy / "database.dump"], check=True
        )
        with psycopg.connect(target) as connection:
            assert connection.execute("SELECT title FROM matter").fetchall() == [("建议",)]
    assert sums_hold(copy)


def test_copies_that_are_old_enough_are_removed(data):
    old = data / "backup" / "2026-01-01T023000"
    recent = data / "backup" / "2026-03-01T023000"
    for folder in (old, recent):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    sqlite3.connect(data / "linkage.sqlite3").close()
    backup(data, BACKUP_DAYS="7")
    assert not old.exists()
    assert recent.exists()
