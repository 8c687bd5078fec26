"""The whole suite as `make test` runs it: checks, every test on SQLite and each of the database on PostgreSQL, a browser.

Usage: python -m tests.run [PHASE …] [-- PYTEST ARGUMENTS]. The servers are started here, so no test lacks one.
"""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests import servers

NOTHING_COLLECTED = 5
BROWSER_TESTS = "tests/e2e"
NOT_FROM_OUTSIDE = {"DATABASE_URL", "REDIS_URL", "DATA_DIR", "TEST_SQLITE", "FILES_DIR"}  # a developer's own settings
NOT_FROM_OUTSIDE |= {"PYTHONDONTWRITEBYTECODE"}  # or every process would compile all modules and rewrite all asserts
PYTEST = [sys.executable, "-m", "pytest"]
BY_MODULES = ["-n", "2", "--dist", "loadscope"]  # a module stays with one process, which has a database of its own
CLOSING = re.compile(r"=+ .*\bin [\d.]+s.* =+|.*\b(passed|failed|errors?|no tests ran)\b.* in [\d.]+s.*")


@dataclass
class Outcome:
    """How a phase ended; `closing` is pytest's last line, empty for a phase without tests."""

    name: str
    ok: bool
    closing: str = ""
    seconds: float = 0
    processor: float = 0

    def count(self, word: str) -> int:
        found = re.search(rf"(\d+) {word}", self.closing)
        return int(found[1]) if found else 0


def stream(argv: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run and pass the output on as it comes; gives the exit code and the last line that closes a test run."""
    closing, together = "", subprocess.STDOUT
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=together, text=True) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                closing = line.strip("= \n") if CLOSING.fullmatch(line.rstrip()) else closing
        except BaseException:
            process.terminate()
            raise
    return process.returncode, closing


def check(_: list[str]) -> Outcome:
    code, _ = stream(["make", "--no-print-directory", "check"], dict(os.environ))
    return Outcome("check", ok=code == 0)


def suite(name: str, argv: list[str], arguments: list[str], **environment: str) -> Outcome:
    """A phase without any test is a failure, unless only some tests were asked for."""
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_FROM_OUTSIDE}
    with servers.folder() as data, servers.redis() as redis_url:
        surroundings = inherited | {"DATA_DIR": str(data), "REDIS_URL": redis_url} | environment
        code, closing = stream([*PYTEST, *argv, *arguments], surroundings)
    return Outcome(name, ok=code == 0 or bool(arguments and code == NOTHING_COLLECTED), closing=closing)


def parallel(arguments: list[str]) -> list[str]:
    """All but the browser tests, two at a time."""
    return [*BY_MODULES, "--ignore", BROWSER_TESTS, *([] if paths(arguments) else ["tests"])]


def on_sqlite(arguments: list[str]) -> Outcome:
    return suite("sqlite", parallel(arguments), arguments)


def on_postgres(arguments: list[str]) -> Outcome:
    """Only what may open the database: the rest has been proved on SQLite, and does not know of the engine."""
    with servers.postgres() as database_url:
        return suite("postgres", [*parallel(arguments), "-m", "database"], arguments, DATABASE_URL=database_url)


def in_browser(arguments: list[str]) -> Outcome:
    place = [] if paths(arguments) else [BROWSER_TESTS]
    environment = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}  # Playwright runs a loop of its own
    return suite("browser", [*BY_MODULES, *place], arguments, **environment)


def paths(arguments: list[str]) -> list[str]:
    return [argument for argument in arguments if argument.startswith("tests")]


PHASES: dict[str, Callable[[list[str]], Outcome]] = {
    "check": check,
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "browser": in_browser,
}


def wanted(name: str, arguments: list[str]) -> bool:
    """Whether a phase has to run when only some tests are asked for."""
    if name == "check":
        return not arguments
    chosen = paths(arguments)
    return not chosen or any(path.startswith(BROWSER_TESTS) == (name == "browser") for path in chosen)


def run(name: str, arguments: list[str]) -> Outcome:
    print(f"\n##### {name}", flush=True)
    begun, used = time.monotonic(), processor_seconds()
    outcome = PHASES[name](arguments)
    outcome.seconds, outcome.processor = time.monotonic() - begun, processor_seconds() - used
    return outcome


def processor_seconds() -> float:
    """What all ended children have used: the figure to compare when others use the machine, too."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def times(outcomes: list[Outcome]) -> str:
    seconds, processor = sum(each.seconds for each in outcomes), sum(each.processor for each in outcomes)
    return f"{seconds:7.1f} s (processor {processor:6.1f} s)"


def report(outcomes: list[Outcome]) -> None:
    print()
    for outcome in outcomes:
        print(f"{outcome.name:<9} {'passed' if outcome.ok else 'FAILED'} {times([outcome])}  {outcome.closing}")
    print(f"{'total':<16} {times(outcomes)}")
    passed = sum(outcome.count("passed") for outcome in outcomes)
    failed = sum(outcome.count("failed") + outcome.count("error") for outcome in outcomes)
    if passed or failed:
        print(f"{passed} passed, {failed} failed", flush=True)


def main(argv: list[str]) -> int:
    """Phases by name; without a name, all that the arguments leave something to do."""
    cut = argv.index("--") if "--" in argv else len(argv)
    names, arguments = argv[:cut], argv[cut + 1 :]
    unknown = set(names) - set(PHASES)
    if unknown:
        print(f"unknown phase: {', '.join(sorted(unknown))}; there are {', '.join(PHASES)}")
        return 2
    names = names or [name for name in PHASES if wanted(name, arguments)]
    outcomes = [run(name, arguments) for name in names]
    report(outcomes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every server is stopped on the way out
    sys.exit(main(sys.argv[1:]))
