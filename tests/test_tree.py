"""The shape of the project: what may stand where, how long it may be, and what must never be committed."""

import ast
import fnmatch
import functools
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("linkage", "suggestions", "appearances", "meetings", "infoshare")
TOP = {
    *PACKAGES, "manage.py", "templates", "static", "tests", "pyproject.toml", "README.md", "Makefile", ".ci", "docs",
    "deploy", ".gitignore",
}  # fmt: skip
WITHOUT_LAYER = {"management", "migrations", "apps", "admin"}  # Django finds them by name; nobody imports them
NAMELESS = {"utils", "helpers", "common", "services", "constants", "misc"}
BARE_NOQA = re.compile(r"#\s*noqa(: [A-Z0-9, ]+)?$|#\s*type: ignore(\[[\w, -]+\])?$")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# Put together here, or this file would contain them.
FOREIGN_HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"),
    ("registry", "yarnpkg", "com"), ("unpkg", "com"), ("jsdelivr", "net"), ("cdnjs", "cloudflare", "com"),
    ("googleapis", "com"), ("gstatic", "com"),
)]  # fmt: skip
FOREIGN_PATHS = ["/".join(parts) for parts in (("", "work", "main"), ("", "work", "shared"))]


def ignored_names() -> list[str]:
    lines = (ROOT / ".gitignore").read_text().split()
    return [".git", *(line.rstrip("/") for line in lines)]


def files_of_the_project() -> Iterator[Path]:
    """Every file that git would take, relative to the root; works without git, too."""
    ignored = ignored_names()

    def kept(names: list[str]) -> list[str]:
        return [name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)]

    for folder, folders, names in os.walk(ROOT):
        folders[:] = kept(folders)
        yield from ((Path(folder) / name).relative_to(ROOT) for name in kept(names))


FILES = sorted(files_of_the_project())
MODULES = [path for path in FILES if path.suffix == ".py"]


def ours(path: Path) -> bool:
    """Written by hand for the product: no tests, migrations or vendored files."""
    return path.parts[0] != "tests" and not {"migrations", "vendor"} & set(path.parts)


def contract(name: str) -> dict:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return next(entry for entry in settings["tool"]["importlinter"]["contracts"] if entry["id"] == name)


def layer_names(name: str) -> set[str]:
    return {part.strip(" ()") for line in contract(name)["layers"] for part in re.split(r"[|:]", line)}


def children_of(package: str) -> set[str]:
    """Modules and sub-packages directly below, by their short names."""
    below = [path.relative_to(package) for path in MODULES if path.parts[0] == package]
    names = {path.parts[0] if len(path.parts) > 1 else path.stem for path in below}
    return names - {"__init__"}


def test_the_top_level_holds_only_what_the_architecture_names():
    assert {path.parts[0] for path in FILES} - TOP == set()


def test_every_package_and_every_part_of_the_hub_has_a_layer():
    layers = layer_names("layers")
    wanted = {f"linkage.{name}" for name in children_of("linkage") - {"migrations"}}
    wanted |= {package for package in PACKAGES if package != "linkage" and children_of(package)}
    assert wanted - layers == set()


@pytest.mark.parametrize("package", PACKAGES[1:])
def test_every_module_of_a_mechanism_has_its_place_in_the_order(package):
    assert children_of(package) - layer_names("inside") - WITHOUT_LAYER == set()


def test_the_contract_covers_every_mechanism():
    assert set(contract("inside")["containers"]) == set(PACKAGES[1:])


def test_no_module_has_a_name_that_says_nothing():
    assert [str(path) for path in MODULES if NAMELESS & {path.stem, *path.parts[:-1]}] == []


def test_no_file_is_too_long_to_read():
    measured = [path for path in FILES if path.suffix in {".py", ".html", ".js", ".sh"} and ours(path)]
    lengths = {str(path): (ROOT / path).read_text().count("\n") for path in measured}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)]


def long_functions(path: Path) -> list[str]:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(path)}
    return [f"{path} {name} {length}" for name, length in lengths.items() if length > LONGEST_FUNCTION]


def test_no_function_is_too_long_to_read():
    assert [line for path in MODULES if ours(path) for line in long_functions(path)] == []


def silenced_without_reason(path: Path) -> list[str]:
    lines = enumerate((ROOT / path).read_text().splitlines(), start=1)
    return [f"{path}:{number}" for number, line in lines if BARE_NOQA.search(line)]


def test_who_silences_a_rule_says_why():
    assert [line for path in MODULES if ours(path) for line in silenced_without_reason(path)] == []


@functools.cache
def text_of(path: Path) -> str:
    try:
        return (ROOT / path).read_text()
    except UnicodeDecodeError:  # a font, an image, a scanned paper
        return ""


@pytest.mark.parametrize("forbidden", [*FOREIGN_HOSTS, *FOREIGN_PATHS])
def test_no_file_names_a_package_index_or_a_folder_of_one_machine(forbidden):
    assert [str(path) for path in FILES if forbidden in text_of(path)] == []
