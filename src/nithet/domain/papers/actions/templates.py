"""Templates: brought, put in force, left for the shipped one; and the head of the office's papers."""

from nithet.domain.papers import files, policy  # noqa: F401  registers the policies of these actions
from nithet.domain.papers.kinds import kinds
from nithet.domain.papers.models.letterheads import Letterhead
from nithet.domain.papers.models.templates import Template, TemplateVersion
from nithet.domain.papers.policy import may_keep_templates
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.templates.filling import Problem, problems_of
from nithet.foundation.files.store import StoredBlob
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.text import collapse


class UnfitTemplate(BadInput):
    """A template asks for what no paper of its kind can give; `problems` lists all of it."""

    problems: list[Problem]


def bring_template(
    *, actor: Actor, kind: str, data: bytes, file_name: str, why: str = ""
) -> TemplateVersion:
    """Bring a version of the office's template of a kind and put it in force; the same file again changes nothing.

    Raises `Refused`, `BadInput` for what is no plain Word file, and `UnfitTemplate` where it asks for unknown fields.
    """
    if not (verdict := may_keep_templates(actor, None)):
        raise Refused("template.bring", verdict)
    if (known := kinds().get(kind)) is None:
        raise RuleBroken("template.no_kind", "There is no such kind of paper.", field="kind")
    if problems := problems_of(data, known.known):
        raise unfit(problems)
    return _bring(actor=actor, kind=kind, file_name=file_name, why=why, blob=files.keep(data))


def unfit(problems: list[Problem]) -> UnfitTemplate:
    """Say the first problem in words; all of them travel with the error."""
    first = problems[0]
    if first.is_broken:
        error = UnfitTemplate(
            "template.not_understood",
            "“%(field_name)s” in paragraph %(paragraph)d cannot be understood. Write only names of fields between braces.",
            field="file",
            **_said(first),
        )
    elif first.meant:
        error = UnfitTemplate(
            "template.unknown_field",
            "There is no field “%(field_name)s” (paragraph %(paragraph)d: %(near)s). Did you mean “%(meant)s”?",
            field="file",
            **_said(first),
        )
    else:
        error = UnfitTemplate(
            "template.unknown_field",
            "There is no field “%(field_name)s” (paragraph %(paragraph)d: %(near)s). The list beside shows all fields.",
            field="file",
            **_said(first),
        )
    error.problems = problems
    return error


def _said(problem: Problem) -> dict[str, object]:
    return {
        "field_name": problem.field,
        "paragraph": problem.paragraph,
        "near": problem.near,
        "meant": problem.meant,
    }


@action("template.bring", event="template.brought")
def _bring(
    *, actor: Actor, kind: str, file_name: str, why: str, blob: StoredBlob
) -> TemplateVersion:
    template, _ = Template.objects.get_or_create(office_id=actor.writes_in, kind=kind)
    template = Template.objects.select_for_update(of=("self",)).get(pk=template.pk)
    kept = template.versions.filter(sha256=blob.sha256).first()
    if kept is None:
        kept = template.versions.create(
            office_id=template.office_id,
            number=template.versions.count() + 1,
            file_name=collapse(file_name)[-255:] or "template.docx",
            sha256=blob.sha256,
            size=blob.size,
            why=collapse(why)[:500],
            brought_by=actor.signature,
            brought_at=clock.now(),
        )
    elif template.in_force_id == kept.pk:
        nothing_changed()
        return kept
    about(template)
    note(number=kept.number, file=kept.sha256, why=kept.why)
    change(template, in_force=kept, version=template.version + 1)
    return kept


@action("template.choose", event="template.chosen", on="template")
def choose_template(
    *, actor: Actor, template: Template, version: int, chosen: TemplateVersion | None
) -> Template:
    """Put a version of a template in force; None goes back to the shipped one. `version` is what the writer saw."""
    fresh = Template.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if fresh.version != version:
        raise Conflict(
            "template.changed_meanwhile",
            "Somebody else changed this template meanwhile. Look at it again and choose.",
            version=fresh.version,
            theirs={"in_force": str(fresh.in_force or "")},
            yours={"in_force": str(chosen or "")},
        )
    if chosen is not None and chosen.template_id != fresh.pk:
        raise RuleBroken("template.foreign", "This version belongs to another template.")
    if fresh.in_force_id == (chosen.pk if chosen else None):
        nothing_changed()
        return fresh
    change(fresh, in_force=chosen, version=version + 1)
    return fresh


def edit_letterhead(
    *, actor: Actor, version: int, emblem: bytes | None = None, **words: str | bool
) -> Letterhead:
    """Word the head of the office's papers; `emblem` are the bytes of the office's drawing of the crest, None keeps it.

    `words`: group, address, phone, signer_title, digits_thai; what is not given stays.
    """
    if not (verdict := may_keep_templates(actor, None)):
        raise Refused("letterhead.edit", verdict)
    sha256 = files.keep(files.crest(emblem)).sha256 if emblem else None
    return _edit_letterhead(actor=actor, version=version, sha256=sha256, words=words)


@action("letterhead.edit", event="letterhead.edited")
def _edit_letterhead(
    *, actor: Actor, version: int, sha256: str | None, words: dict[str, str | bool]
) -> Letterhead:
    head, was_made = Letterhead.objects.get_or_create(office_id=actor.writes_in)
    fresh = Letterhead.objects.select_for_update(of=("self",)).get(pk=head.pk)
    allowed = ("group", "address", "phone", "signer_title", "digits_thai")
    new: dict[str, object] = {
        name: collapse(value) if isinstance(value, str) else bool(value)
        for name, value in words.items()
        if name in allowed
    }
    if fresh.version != version and not was_made:
        raise Conflict(
            "letterhead.changed_meanwhile",
            "Somebody else changed the head of the papers meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={name: getattr(fresh, name) for name in new},
            yours=new,
        )
    if sha256:
        new["emblem_sha256"] = sha256
    if all(getattr(fresh, name) == value for name, value in new.items()):
        if not was_made:
            nothing_changed()
        return fresh
    change(fresh, version=fresh.version + 1, **new)
    return fresh
