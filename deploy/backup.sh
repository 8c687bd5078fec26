#!/usr/bin/env bash
# Copies the database and then the files into BACKUP_DIR/<time>/, and removes copies older than BACKUP_DAYS.
# The database comes first: files are only ever added, so every file that it names is in the copy. Restoring: README.md here.
# Reads DATABASE_URL (or the SQLite file in DATA_DIR), FILES_DIR, BACKUP_DIR and BACKUP_DAYS from the environment.
set -euo pipefail
umask 077
cd "$(dirname "$0")/.."

data=${DATA_DIR:-var}
files=${FILES_DIR:-$data/files}
target=${BACKUP_DIR:-$data/backup}/$(date +%Y-%m-%dT%H%M%S)
python=${PYTHON:-.venv/bin/python}

postgres_settings() { # the address as variables of libpq, so that the password shows in no list of processes
    "$python" - "$DATABASE_URL" <<'PY'
import shlex, sys
from urllib.parse import unquote, urlsplit
url = urlsplit(sys.argv[1])
parts = {"PGHOST": url.hostname, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.path[1:]}
print("export", *(f"{key}={shlex.quote(unquote(str(value)))}" for key, value in parts.items() if value))
PY
}

dump_postgres() {
    eval "$(postgres_settings)"
    pg_dump --format=custom --no-owner --file="$target/database.dump"
}

copy_sqlite() { # SQLite's own backup: consistent while the portal is in use
    "$python" - "$1" "$target/database.sqlite3" <<'PY'
import sqlite3, sys
from contextlib import closing
with closing(sqlite3.connect(sys.argv[1])) as source, closing(sqlite3.connect(sys.argv[2])) as copy:
    source.backup(copy)
PY
}

mkdir -p "$target"
case ${DATABASE_URL:-} in
    postgres*) dump_postgres ;;
    sqlite:///*) copy_sqlite "${DATABASE_URL#sqlite:///}" ;;
    *) copy_sqlite "$data/linkage.sqlite3" ;;
esac
mkdir -p "$files"
tar -cf "$target/files.tar" -C "$files" .
(cd "$target" && sha256sum database.* files.tar >SHA256SUMS)
find "$(dirname "$target")" -mindepth 1 -maxdepth 1 -type d -mtime "+${BACKUP_DAYS:-30}" -exec rm -rf {} +
echo "$target"
