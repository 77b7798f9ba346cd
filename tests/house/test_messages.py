"""The tool that keeps the Thai complete: it finds every message, keeps every translation, misses no fault."""

import gettext
import importlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("messages")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A product of two applications: one of plain and Django code, one that serves them all."""
    write(
        tmp_path, "config/settings.py", 'INSTALLED_APPS = ["nithet.foundation.ui", "nithet.visits"]'
    )
    write(tmp_path, "foundation/ui/apps.py", "")
    write(tmp_path, "visits/apps.py", "")
    return tmp_path


@pytest.fixture
def run(tool: ModuleType, root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_tool(command: str, *more: str, at: Path = root) -> tuple[int, str]:
        code = tool.main([command, *more, "--root", str(at)])
        return code, capsys.readouterr().out

    return run_tool


def write(root: Path, name: str, text: str) -> Path:
    path = root / "src" / "nithet" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def po(root: Path, application: str = "visits") -> Path:
    return root / "src" / "nithet" / application / "locale/th/LC_MESSAGES/django.po"


def translate(root: Path, thai: dict[str, str], application: str = "visits") -> None:
    entries = (f'msgid "{english}"\nmsgstr "{words}"\n' for english, words in thai.items())
    write(root, f"{application}/locale/th/LC_MESSAGES/django.po", HEAD + "\n".join(entries))


def ids(path: Path) -> set[str]:
    lines = path.read_text("utf-8").splitlines()
    return {line[7:-1] for line in lines if line.startswith('msgid "') and line != 'msgid ""'}


PYTHON = '''
"""A docstring with a %(place)s is no message."""
import logging
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy as _, ngettext, pgettext
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.foundation.access.verdicts import allow, deny
from nithet.foundation.audit.events import Event
from nithet.kernel.messages import msgid
from nithet.domain.frameworks.rules.edition import Text

LATER = "Through a constant."
REFUSAL_MESSAGES = {"a": "In a table.", "b": "In a table too."}
LOOSE = "A loose sentence about %(subject)s."
BOTH = Text("สองภาษา %(x)s", "Both languages %(x)s")

class Locked(RuleBroken):
    pass

class Special(RuleBroken):
    def __init__(self, name):
        super().__init__("special", "Said by a constructor: %(name)s.", name=name)

def all_of_them(x, **more):
    gettext("Plain."), _("Lazy."), translation.gettext("By module.")
    ngettext("One visit.", "%(n)s visits.", 2), pgettext("month", "May")
    deny("Yes side." if x else "No side."), allow(LATER), deny(reason="By keyword.")
    Event("visit.closed", "%(actor)s closed it."), Event("visit.opened", sentence="Opened it.")
    msgid("Marked."), gettext(x), x.deny("somebody else's deny")
    logging.getLogger().info("logged %(x)s", {"x": 1}), "filled %(here)s" % {"here": 1}
    raise RuleBroken("c", "Joined "
        "from two lines.", field="f") from BadInput("c", "Bad %(thing)s.", thing=1)
    raise Locked("c", "Through an heir.")
'''
FROM_PYTHON = {
    *("Plain.", "Lazy.", "By module.", "One visit.", "May", "Yes side.", "No side."),
    *("Through a constant.", "By keyword.", "%(actor)s closed it.", "Opened it.", "Marked."),
    *("Joined from two lines.", "Bad %(thing)s.", "Through an heir.", "In a table."),
    *("In a table too.", "A loose sentence about %(subject)s.", "Said by a constructor: %(name)s."),
}
TEMPLATE = """{% load i18n %}
    <h1>{% translate "Don't stop" %}</h1> (an open bracket
  {% blocktranslate trimmed with n=x.y %}
      Seen {{ n }}
      times.
  {% endblocktranslate %}
{% include "x" with label=_("Label") %} {% translate "May" context "month" %}
{% comment %}{% translate "Gone" %}{% endcomment %} ไทย
"""


def test_every_way_of_saying_a_message_in_python_is_found(root: Path, run: Run) -> None:
    write(root, "visits/rules/words.py", PYTHON)
    assert run("extract")[0] == 0
    assert ids(po(root)) == FROM_PYTHON
    text = po(root).read_text("utf-8")
    assert 'msgctxt "month"\nmsgid "May"' in text
    assert 'msgid "One visit."\nmsgid_plural "%(n)s visits."\nmsgstr[0] ""' in text


def test_every_way_of_saying_a_message_in_a_template_is_found(root: Path, run: Run) -> None:
    write(root, "visits/templates/visits/one.html", TEMPLATE)
    run("extract")
    assert ids(po(root)) == {"Don't stop", "Seen %(n)s times.", "Label", "May"}


def test_a_message_goes_to_the_nearest_application_and_else_to_the_one_of_all(
    root: Path, run: Run
) -> None:
    raises = 'from nithet.kernel.errors import BadInput\nraise BadInput("c", "{}")'
    write(root, "visits/rules/deep/plain.py", raises.format("Of the visits."))
    write(root, "kernel/dates.py", raises.format("Of the kernel."))
    run("extract")
    assert ids(po(root)) == {"Of the visits."}
    assert ids(po(root, "foundation/ui")) == {"Of the kernel."}


def test_extracting_keeps_translations_and_their_order_and_guesses_nothing(
    root: Path, run: Run
) -> None:
    write(
        root,
        "visits/words.py",
        "from x import gettext\ngettext('New'), gettext('Newer'), gettext('Old')",
    )
    translate(root, {"Old": "เก่า", "Gone": "หายไป"})
    run("extract")
    text = po(root).read_text("utf-8")
    assert 'msgid "Old"\nmsgstr "เก่า"' in text
    assert 'msgid "New"\nmsgstr ""' in text and "fuzzy" not in text
    assert '#~ msgid "Gone"\n#~ msgstr "หายไป"' in text
    assert text.index('"Old"') < text.index('"New"') < text.index('"Newer"') < text.index('"Gone"')
    run("extract")
    assert po(root).read_text("utf-8") == text


def test_a_message_that_comes_back_gets_its_translation_back(root: Path, run: Run) -> None:
    source = write(root, "visits/words.py", "from x import gettext\ngettext('A (%(n)s)')")
    translate(root, {"A (%(n)s)": "ก (%(n)s)"})
    text = "from x import gettext\ngettext('A (%(n)s)')"
    source.write_text("", "utf-8")
    run("extract")
    assert ids(po(root)) == set()
    source.write_text(text, "utf-8")
    run("extract")
    assert 'msgid "A (%(n)s)"\nmsgstr "ก (%(n)s)"' in po(root).read_text("utf-8")
    assert run("check") == (0, "")


def test_the_same_message_elsewhere_starts_with_the_same_thai(root: Path, run: Run) -> None:
    for application in ("visits", "foundation/ui"):
        write(root, f"{application}/words.py", "from x import gettext\ngettext('Save')")
    translate(root, {"Save": "บันทึก"})
    run("extract")
    assert run("check") == (0, "")


def test_extracting_below_a_folder_leaves_other_catalogues_alone(root: Path, run: Run) -> None:
    for application in ("visits", "foundation/ui"):
        write(root, f"{application}/words.py", "from x import gettext\ngettext('Save')")
    run("extract", str(root / "src/nithet/visits"))
    assert po(root).exists() and not po(root, "foundation/ui").exists()


def test_compiled_messages_are_what_gettext_reads(root: Path, run: Run) -> None:
    translate(root, {"Old": "เก่า", "Empty": "", "A (%(n)s)": "ก (%(n)s)"})
    assert run("compile")[0] == 0
    with po(root).with_suffix(".mo").open("rb") as file:
        thai = gettext.GNUTranslations(file)
    assert thai.gettext("Old") == "เก่า" and thai.gettext("Empty") == "Empty"
    assert thai.gettext("A (%(n)s)") == "ก (%(n)s)"
    before = po(root).with_suffix(".mo").stat().st_mtime_ns
    run("compile")
    assert po(root).with_suffix(".mo").stat().st_mtime_ns == before


SAID = "from x import gettext, RuleBroken, deny\n"


@pytest.mark.parametrize(
    ("source", "thai", "fault"),
    [
        ("gettext('Save')", {}, "the Thai of 'Save' is missing, said in visits/words.py:2"),
        ("gettext('Save')", {"Save": ""}, "the Thai of 'Save' is missing"),
        ("", {"Save": "บันทึก"}, "nothing says 'Save' any more"),
        ("gettext('At %(a)s')", {"At %(a)s": "ที่"}, "has the places a, its Thai has none"),
        ("gettext('At %(a)s')", {"At %(a)s": "ที่ %(b)s"}, "has the places a, its Thai has b"),
        ("gettext('At %(a)s')", {"At %(a)s": "ที่ %(a)s 5% "}, "a single % in the Thai of"),
        ("deny('5% of it')", {"5% of it": "5 ใน 100"}, "a single % in '5% of it'"),
        ("deny('At %(a)s', b=1)", {"At %(a)s": "ที่ %(a)s"}, "no value for %(a)s"),
        ("gettext(f'At {1}')", {}, "put together from pieces"),
        ("gettext('At ' + str(1))", {}, "put together from pieces"),
        ("gettext(", {}, "cannot be read"),
    ],
)
def test_each_fault_is_named_and_fails_the_check(
    root: Path, run: Run, source: str, thai: dict[str, str], fault: str
) -> None:
    write(root, "visits/words.py", SAID + source)
    translate(root, thai)
    code, out = run("check")
    assert code == 1
    assert fault in out and "src/nithet/visits/" in out


@pytest.mark.parametrize(
    ("source", "thai"),
    [
        ("gettext('Save')", {"Save": "บันทึก"}),
        ("deny('At %(a)s', a=1)", {"At %(a)s": "ที่ %(a)s"}),
        ("deny('At %(a)s', **x)", {"At %(a)s": "ที่ %(a)s"}),
        ("RuleBroken('c', '%(a)d %% of it', a=1)", {"%(a)d %% of it": "%(a)d %%"}),
        ("gettext('5% of it')", {"5% of it": "5% ของทั้งหมด"}),
        ("KNOWN = ('Save',)", {"Save": "บันทึก"}),
        ("", {"This field is required.": "กรุณากรอกช่องนี้"}),
        ("RuleBroken('c', '%(why)s', why=1)", {}),
    ],
)
def test_what_is_right_passes_the_check(
    root: Path, run: Run, source: str, thai: dict[str, str]
) -> None:
    write(root, "visits/words.py", SAID + source)
    translate(root, thai)
    assert run("check") == (0, "")


def test_an_entry_that_is_unsure_or_stands_twice_is_a_fault(root: Path, run: Run) -> None:
    write(root, "visits/words.py", SAID + "gettext('A'), gettext('B')")
    entries = '#, fuzzy\nmsgid "A"\nmsgstr "ก"\n\nmsgid "B"\nmsgstr "ข"\n\nmsgid "B"\nmsgstr "ค"\n'
    write(root, "visits/locale/th/LC_MESSAGES/django.po", HEAD + entries)
    code, out = run("check")
    assert code == 1
    assert "the Thai of 'A' is not sure (fuzzy)" in out and "'B' stands twice" in out


def test_two_catalogues_must_agree_unless_a_context_tells_them_apart(root: Path, run: Run) -> None:
    write(root, "visits/words.py", SAID + "gettext('Open')")
    write(root, "foundation/ui/words.py", SAID + "gettext('Open')")
    translate(root, {"Open": "เปิด"})
    translate(root, {"Open": "ยังไม่ปิด"}, "foundation/ui")
    code, out = run("check")
    assert code == 1 and "agree, or give one of them a context" in out
    write(root, "visits/words.py", "from x import pgettext\npgettext('verb', 'Open')")
    entry = f'{HEAD}msgctxt "verb"\nmsgid "Open"\nmsgstr "เปิด"\n'
    write(root, "visits/locale/th/LC_MESSAGES/django.po", entry)
    assert run("check") == (0, "")


def test_a_catalogue_that_nobody_loads_is_a_fault(root: Path, run: Run) -> None:
    write(root, "audit/apps.py", "")
    write(root, "audit/words.py", SAID + "gettext('Save')")
    translate(root, {"Save": "บันทึก"}, "audit")
    code, out = run("check")
    assert code == 1 and "not in INSTALLED_APPS" in out


def test_a_library_that_stands_first_and_replaces_our_thai_is_a_fault(root: Path, run: Run) -> None:
    translate(root, {"Password": "รหัส"})
    apps = 'INSTALLED_APPS = [{}"nithet.foundation.ui", "nithet.visits", "django.contrib.auth"]'
    write(root, "config/settings.py", apps.format(""))
    assert run("check") == (0, "")
    write(root, "config/settings.py", apps.format('"django.contrib.auth", '))
    code, out = run("check")
    assert code == 1 and "django.contrib.auth stands before nithet.visits" in out


@pytest.mark.parametrize(
    "damage",
    ['msgstr "unclosed', 'msgstr "one "two" three"', "msgstr", "garbage", 'msgid "B"\nmsgid "C"'],
)
def test_a_damaged_catalogue_is_named_by_every_command_and_left_alone(
    root: Path, run: Run, damage: str
) -> None:
    damaged = f'msgid "A"\n{damage}\n'
    write(root, "visits/locale/th/LC_MESSAGES/django.po", damaged)
    for command in ("extract", "compile", "check"):
        code, out = run(command)
        assert code == 1 and "a catalogue: " in out, command
        assert "locale/th/LC_MESSAGES/django.po:" in out
    assert po(root).read_text("utf-8") == damaged


def test_faults_planted_in_a_copy_of_the_product_are_all_found(
    tmp_path: Path, tool: ModuleType, run: Run
) -> None:
    kept = shutil.ignore_patterns("*.mo", "__pycache__", "static", "migrations", "*.ttf", "*.otf")
    shutil.copytree(ROOT / "src/nithet", tmp_path / "src/nithet", ignore=kept, dirs_exist_ok=True)
    package = tmp_path / "src/nithet"
    product = tool.collect(package)
    for app in product.applications:
        thai = {
            key: "ก" + "".join(f"%({name})s" for name in places(tool, said))
            for key, said in app.said.items()
        }
        if app.said:
            app.catalogue.path.parent.mkdir(parents=True, exist_ok=True)
            held = product.libraries | app.literals
            app.catalogue.path.write_text(
                tool.written(app.catalogue, app.said, thai, held), "utf-8"
            )
    before = set(run("check", at=tmp_path)[1].splitlines())
    assert not [line for line in before if "is missing" in line]
    path = package / "foundation/access/verdicts.py"
    path.write_text(path.read_text("utf-8") + '\n\ngettext("Planted in code.")\n', "utf-8")
    page = sorted(package.glob("web/*/templates/**/*.html"))[0]
    page.write_text(
        page.read_text("utf-8") + '\n{% load i18n %}{% translate "Planted in a page." %}', "utf-8"
    )
    catalogue = po(tmp_path, "foundation/access")
    text = catalogue.read_text("utf-8") + '\nmsgid "Planted for nothing."\nmsgstr "ก"\n'
    assert "%(roles)s" in text
    catalogue.write_text(without_the_place_in_thai(text, "%(roles)s"), "utf-8")
    code, out = run("check", at=tmp_path)
    found = "\n".join(set(out.splitlines()) - before)
    assert code == 1
    for planted in ("'Planted in code.' is missing", "'Planted in a page.' is missing"):
        assert planted in found
    assert "nothing says 'Planted for nothing.' any more" in found
    assert "has the places roles, its Thai has none" in found


def places(tool: ModuleType, said: list[object]) -> list[str]:
    texts = {text for one in said for text in (one.id, one.plural) if text}  # type: ignore[attr-defined]
    return sorted({name for text in texts for name in tool.PLACE.findall(text)})


def without_the_place_in_thai(text: str, place: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        line.replace(place, "") if line.startswith("msgstr") else line for line in lines
    )


def test_the_tool_runs_as_a_script() -> None:
    import subprocess

    script = [sys.executable, str(ROOT / "tools/messages.py"), "compile"]
    assert subprocess.run(script, check=False, capture_output=True).returncode == 0
