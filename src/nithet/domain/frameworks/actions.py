"""Every write to the catalogue of editions."""

from nithet.domain.frameworks import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.frameworks.measures import known_measures
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Edition as Rules
from nithet.domain.frameworks.rules.loading.edition import load_edition
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed, open_draft
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken


@action("edition.add", event="edition.added")
def add_edition(*, actor: Actor, text: str) -> Edition:
    """Add an edition from the text of its file, or return the kept one of the same words.

    Raises `RuleBroken`: "edition.not_good" with every `problems` (as `rules.problems.Problem`), "edition.frozen" where a
    round uses other words under the same version, "edition.version_taken" and "edition.items_vanish" where other words
    stand there that no round uses. Only the installation itself replaces those, and only while every item stays.
    """
    words = text.removeprefix("\ufeff").replace("\r\n", "\n")
    loaded = load_edition(words, known_measures=known_measures())
    if not isinstance(loaded, Rules):
        raise RuleBroken(
            "edition.not_good",
            "The edition has %(count)s problems; the first is on line %(line)s.",
            field="text",
            count=len(loaded),
            line=loaded[0].line,
            problems=loaded,
        )
    fields = {
        "title": loaded.title.th,
        "subject": loaded.subject,
        "text": words,
        "digest": sha256_hex(words.encode()),
    }
    kept, was_made = Edition.objects.select_for_update().get_or_create(
        urn=loaded.urn, version=loaded.version, defaults={**fields, "added_at": clock.now()}
    )
    if not was_made and kept.digest == fields["digest"]:
        nothing_changed()
    elif not was_made:
        _replace(actor, kept, loaded, fields)
    note(version=loaded.version, urn=loaded.urn, digest=fields["digest"])
    return kept


def _replace(actor: Actor, kept: Edition, loaded: Rules, fields: dict[str, str]) -> None:
    if kept.frozen_at is not None:
        raise RuleBroken(
            "edition.frozen",
            "A round uses version %(version)s of this edition, so it no longer changes. Give the new text a new version.",
            field="text",
            version=kept.version,
        )
    if not actor.is_system:
        raise RuleBroken(
            "edition.version_taken",
            "Version %(version)s of this edition has other words. Give the new text a new version.",
            field="text",
            version=kept.version,
        )
    if gone := {one.id for one in rules_of(kept).items} - {one.id for one in loaded.items}:
        raise RuleBroken(
            "edition.items_vanish",
            "The new text has no item %(items)s, which records may point at. Give it a new version.",
            field="text",
            items=", ".join(sorted(gone)),
        )
    open_draft().before["digest"] = kept.digest
    Edition.objects.filter(pk=kept.pk).update(**fields)
    kept.refresh_from_db()


@action("edition.freeze", event="edition.frozen", on="edition")
def freeze_edition(*, actor: Actor, edition: Edition) -> Edition:
    """Freeze an edition for good, because a round uses it; a frozen one is returned as it is."""
    kept = Edition.objects.select_for_update().get(pk=edition.pk)
    if kept.frozen_at is not None:
        nothing_changed()
        return kept
    change(kept, frozen_at=clock.now())
    return kept
