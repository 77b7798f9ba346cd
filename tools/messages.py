#!/usr/bin/env python
"""The Thai catalogues: collect messages, compile them, check that they are complete.

    python tools/messages.py extract [PATH ...]   bring catalogues up to date (only below the paths)
    python tools/messages.py compile              write each .mo that is older than its .po
    python tools/messages.py check                exit 1 and list everything to put right

The English text is the id. Each Django application keeps the Thai of what its own files say in
``locale/th/LC_MESSAGES/django.po``; what stands outside of any application goes to the catalogue of
``nithet.foundation.ui``. Nothing is translated by guessing: a new id stays empty, unless another
catalogue holds the very same id, of which Django shows one translation anyway.
"""

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message
from message_catalogues import (
    CATALOGUE,
    Key,
    PoFile,
    compile_file,
    library_ids,
    library_thai,
    thai_of,
    written,
)
from message_sources import PLACE, Fault, Found, find, sources

FALLBACK = Path("foundation/ui")


@dataclass
class Application:
    """A package with a catalogue of its own, and everything that its files say.

    `literals` are all texts in its Python files: an id that a catalogue holds and that stands there
    is said, although nothing shows how.
    """

    folder: Path
    catalogue: PoFile
    said: dict[Key, list[Found]] = field(default_factory=lambda: defaultdict(list))
    literals: set[Key] = field(default_factory=set)


@dataclass
class Product:
    """The package with all its applications, and what could not be read of it."""

    folder: Path
    applications: list[Application]
    unreadable: list[Fault]

    @property
    def libraries(self) -> set[Key]:
        """Ids of Django and of every listed application that is not ours."""
        return library_ids(tuple(sorted({"django", *foreign(self.folder)})))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all is well."""
    parser = argparse.ArgumentParser(description="Collect, compile and check the Thai catalogues.")
    parser.add_argument("command", choices=["extract", "compile", "check"])
    parser.add_argument("paths", nargs="*", type=Path, help="extract: only packages below these")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    given = parser.parse_args(arguments)
    root = given.root.resolve()
    package = root / "src" / "nithet"
    if given.command == "compile":
        faults = [fault for path in sorted(package.rglob("*.po")) if (fault := compile_file(path))]
        return report(faults, root)
    product = collect(package)
    if product.unreadable or given.command == "check":
        return report([*product.unreadable, *check(product)], root)
    extract(product, [path.resolve() for path in given.paths] or [package], root)
    return 0


def report(faults: Iterable[Fault], root: Path) -> int:
    """Print each fault once as path:line: text, in order; 1 when there were any."""
    ordered = sorted(set(faults), key=lambda fault: (fault.path, fault.line, fault.text))
    for fault in ordered:
        print(f"{fault.path.relative_to(root)}:{fault.line}: {fault.text}")
    if ordered:
        print(f"{len(ordered)} to put right.", file=sys.stderr)
    return 1 if ordered else 0


# --- which catalogue holds what


def collect(package: Path) -> Product:
    """Every application with its catalogue and what its files say."""
    everything = find(sources(package))
    ours = installed(package)
    paths = {said.path for said in everything.found} | everything.literals.keys()
    owners = {path: owner(path, package, ours) for path in paths}
    folders = {*owners.values(), *(path.parents[3] for path in package.rglob("*.po"))}
    apps = {folder: Application(folder, PoFile(folder / CATALOGUE)) for folder in sorted(folders)}
    for said in everything.found:
        apps[owners[said.path]].said[said.context, said.id].append(said)
    for path, texts in everything.literals.items():
        apps[owners[path]].literals |= {(None, text) for text in texts}
    broken = [app.catalogue.broken for app in apps.values() if app.catalogue.broken]
    return Product(package, list(apps.values()), everything.faults + broken)


def owner(path: Path, package: Path, ours: set[Path]) -> Path:
    """The folder of the application nearest above a file, else the one that serves them all."""
    for folder in path.parents:
        if folder == package:
            break
        if folder in ours or (folder / "apps.py").exists():
            return folder
    return package / FALLBACK


def installed(package: Path) -> set[Path]:
    """Folders of our applications that the settings list; empty without settings."""
    names = (name for name in listed(package) if name.startswith("nithet."))
    return {package.joinpath(*name.split(".")[1:]) for name in names}


def foreign(package: Path) -> set[str]:
    """Module names of the listed applications that are not ours, with the packages they lie in."""
    names = {name for name in listed(package) if not name.startswith("nithet.")}
    return names | {name.split(".")[0] for name in names}


def listed(package: Path) -> list[str]:
    """The texts in INSTALLED_APPS of the settings, read without running them."""
    settings = package / "config" / "settings.py"
    if not settings.exists():
        return []
    for node in ast.parse(settings.read_text("utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "INSTALLED_APPS":
            parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
            return [part for part in parts if isinstance(part, str)]
    return []


# --- extract


def extract(product: Product, below: list[Path], root: Path) -> None:
    """Bring the catalogues of the packages below some folders up to date."""
    known: dict[Key, str] = {}
    for app in product.applications:
        known |= {key: thai_of(entry) for key, entry in app.catalogue.entries().items()}
    for app in product.applications:
        path = app.catalogue.path
        is_asked = any(app.folder.is_relative_to(folder) for folder in below)
        if not is_asked or not (app.said or path.exists()):
            continue
        text = written(app.catalogue, app.said, known, product.libraries | app.literals)
        if text != (path.read_text("utf-8") if path.exists() else ""):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"{path.relative_to(root)} is brought up to date.")


# --- check


def check(product: Product) -> Iterator[Fault]:
    """What keeps a Thai reader from reading Thai, and what a catalogue holds for nothing."""
    ours = installed(product.folder)
    for app in product.applications:
        entries = app.catalogue.entries()
        for key, places in app.said.items():
            yield from check_places(places)
            yield from check_entry(app, entries.get(key), places, product.folder)
        for entry in app.catalogue.twice:
            yield at(app, entry, f"{said_by(entry)!r} stands twice")
        for key in entries.keys() - app.said.keys() - app.literals - product.libraries:
            yield at(app, entries[key], f"nothing says {key[1]!r} any more")
        if ours and app.folder not in ours:
            why = "this application is not in INSTALLED_APPS, so nobody sees its Thai"
            yield Fault(app.catalogue.path, 1, why)
    yield from disagreements(product.applications)
    yield from shadowed(product)


def check_places(places: list[Found]) -> Iterator[Fault]:
    """Calls that do not give their message every value it has a place for."""
    for said in places:
        needed = set(PLACE.findall(said.id))
        for name in sorted(needed - said.values) if said.values is not None else []:
            yield Fault(said.path, said.line, f"no value for %({name})s in {said.id!r}")
        if said.is_formatted and not can_be_filled(said.id):
            yield Fault(said.path, said.line, f"a single % in {said.id!r}: write %%")


def check_entry(
    app: Application, entry: Message | None, places: list[Found], package: Path
) -> Iterator[Fault]:
    """Whether one message has its Thai, with the same places in it."""
    said, thai = places[0], thai_of(entry)
    if entry is None or not thai:
        where = f"{said.path.relative_to(package)}:{said.line}"
        why = "is not sure (fuzzy)" if entry is not None and entry.fuzzy else "is missing"
        line = getattr(entry, "lineno", None) or 1
        yield Fault(app.catalogue.path, line, f"the Thai of {said.id!r} {why}, said in {where}")
        return
    texts = {said.id, *(found.plural for found in places if found.plural)}
    needed = {name for text in texts for name in PLACE.findall(text)}
    has = set(PLACE.findall(thai))
    if needed != has:
        text = f"{said.id!r} has the places {names(needed)}, its Thai has {names(has)}"
        yield at(app, entry, text)
    elif (needed or any(found.is_formatted for found in places)) and not can_be_filled(thai):
        yield at(app, entry, f"a single % in the Thai of {said.id!r}: write %%")


def disagreements(applications: list[Application]) -> Iterator[Fault]:
    """Ids that two catalogues translate differently: Django shows one of the two, by luck."""
    first: dict[Key, tuple[Application, str]] = {}
    for app in applications:
        for key, entry in app.catalogue.entries().items():
            thai = thai_of(entry)
            if not thai:
                continue
            before, other = first.setdefault(key, (app, thai))
            if other != thai:
                text = f"{key[1]!r} is {thai!r} here, {other!r} in {before.folder.name}"
                yield at(app, entry, f"{text}: agree, or give one of them a context")


def shadowed(product: Product) -> Iterator[Fault]:
    """Applications whose Thai is replaced by that of a library that stands before them.

    Django shows the translation of the first application in INSTALLED_APPS that has one.
    """
    order = listed(product.folder)
    for app in product.applications:
        name = ".".join(("nithet", *app.folder.relative_to(product.folder).parts))
        before = order[: order.index(name)] if name in order else []
        for library in (other for other in before if not other.startswith("nithet.")):
            theirs = library_thai(library)
            ours = {key: thai_of(entry) for key, entry in app.catalogue.entries().items()}
            lost = sorted(k[1] for k in ours if k in theirs and ours[k] not in ("", theirs[k]))
            if lost:
                why = f"{library} stands before {name} in INSTALLED_APPS and replaces its Thai of"
                yield Fault(app.catalogue.path, 1, f"{why} {len(lost)} messages, as of {lost[0]!r}")


def can_be_filled(text: str) -> bool:
    """Whether ``text % values`` works when every value is there."""
    try:
        text % dict.fromkeys(PLACE.findall(text), 0)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def names(places: set[str]) -> str:
    """Placeholders as a sentence lists them."""
    return ", ".join(sorted(places)) or "none"


def said_by(entry: Message) -> str:
    """The singular id of an entry."""
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def at(app: Application, entry: Message, text: str) -> Fault:
    """A fault at an entry of a catalogue."""
    return Fault(app.catalogue.path, entry.lineno or 1, text)


if __name__ == "__main__":
    sys.exit(main())
