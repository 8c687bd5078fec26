"""The manual's tables of steps are those of the program."""

from pathlib import Path

from django.core.management import call_command


def test_the_manual_prints_the_tables_of_the_program(capsys):
    call_command("steps")
    manual = Path("docs/manual/steps.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == manual
