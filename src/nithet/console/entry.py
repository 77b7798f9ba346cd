"""The `nithet` command: finds the command, and turns every way of failing into words and an exit code.

Exit codes: 0 done, 1 refused by the data or by a rule, 2 bad input, 3 busy or unsafe, 70 a fault of the program.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, load_command_class
from django.db import OperationalError

from nithet import __version__
from nithet.console.words import both, say_error
from nithet.kernel.errors import BadInput, Busy, RuleBroken

DONE, REFUSED, BAD_INPUT, BUSY, FAULT = 0, 1, 2, 3, 70

COMMANDS = {
    "demo": "set everything up, read the real return, rebuild the demo office, write its papers, serve",
    "serve": "run the application on this machine",
    "worker": "run jobs in a process of their own (PostgreSQL)",
    "edition": "check an edition file: edition check FILE",
    "read-return": "read an old return and print what it holds",
    "import-return": "take an old return over as records of an office",
    "schools": "take a list of schools over (schools import FILE), or write it out (schools export)",
    "devices": "give a person's telephone its address for ODK Collect (devices add), or revoke it (devices revoke ID)",
    "submissions": "write what devices sent as CSV (submissions export --office NAME --form FORM_ID --csv FILE)",
    "instruments": "take a form over and publish it (instruments import FILE.xlsx --office NAME)",
    "judge": "judge an office's round, with reasons",
    "issue-return": "issue a round's return as DOCX and PDF",
    "backup": "write a backup of everything into a folder",
    "restore": "restore a backup, verified by hash",
    "office": "begin an office (office new), write a whole one into one file (office export), or open it here (office open FILE)",
    "check": "say whether this installation is safe to run",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    try:
        code = run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code. Nothing but a fault of the program shows a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_help())
        return DONE
    if arguments[0] in {"-V", "--version"}:
        print(f"nithet {__version__}")
        return DONE
    name = arguments[0]
    if name == "demo":
        # On the first run the folder does not know yet that it is a demo's; its accounts sign in without a telephone.
        os.environ.setdefault("NITHET_ADMIN_SECOND_FACTOR", "no")
    if name not in COMMANDS:
        print(f"ไม่มีคำสั่ง {name} / There is no command {name}.\n\n{_help()}", file=sys.stderr)
        return BAD_INPUT
    return _guarded(name, arguments[1:])


def _guarded(name: str, arguments: list[str]) -> int:
    try:
        django.setup()
        # A NithetCommand, whose module cannot be imported before Django is set up.
        command: Any = load_command_class("nithet.console", name.replace("-", "_"))
        command.run_from_console(f"nithet {name}", arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001  the last place where anything can be said
        return _explain(error)
    return DONE


def _explain(error: Exception) -> int:
    """Say an error in both languages; return its exit code."""
    if isinstance(error, BadInput):
        return say_error(error, BAD_INPUT)
    if isinstance(error, Busy):
        return say_error(error, BUSY)
    if isinstance(error, RuleBroken):
        return say_error(error, REFUSED)
    verdict = getattr(error, "verdict", None)
    if verdict is not None:
        return say_error(RuleBroken("refused", verdict.reason, **verdict.params), REFUSED)
    if isinstance(error, OperationalError):
        return say_error(
            Busy("database", "The database cannot be used just now: %(why)s", why=str(error).splitlines()[0]), BUSY
        )
    if isinstance(error, ImproperlyConfigured | CommandError):
        return say_error(BadInput("settings", "%(why)s", why=str(error)), BAD_INPUT)
    if isinstance(error, OSError):
        return say_error(
            BadInput("file", "The file cannot be used: %(why)s (%(name)s)", why=error.strerror or "?", name=error.filename or "?"),
            BAD_INPUT,
        )
    traceback.print_exc()
    return FAULT


def _help() -> str:
    """Return the commands in both languages; without settings that load, in English alone."""
    lines = [f"nithet {__version__}", "", "nithet COMMAND [--help]", ""]
    try:
        django.setup()
    except Exception:  # noqa: BLE001  help is given on a broken installation too
        return "\n".join([*lines, *(f"  {name:<15}{text}" for name, text in COMMANDS.items())])
    for name, text in COMMANDS.items():
        thai, english = both(text)
        lines += [f"  {name:<15}{thai}", f"  {'':<15}{english}"]
    return "\n".join(lines)
