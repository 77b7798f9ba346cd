"""What is signed for a school, with its words and its three answers: one calm page, whoever holds the pen."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.evidence.files import KeptFile, keep_file
from nithet.domain.supervision.actions.answers import answer_visit, say_opinion, sign_visit
from nithet.domain.supervision.models.answers import SchoolAnswer, VisitOpinion
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import agreements_to_look_at, digest_of_visit
from nithet.domain.supervision.queries.pages import has_opinion, signed_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.text import collapse
from nithet.web.shared.problems import tell_at_field
from nithet.web.visits.forms import OPINION_FIELDS, opinion_field
from nithet.web.visits.showing import grouped_findings, shown_of

DRAWN = "image/png"
PNG = f"data:{DRAWN};base64,"
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
LARGEST_DRAWING = 400_000
"""Letters of a drawn signature as a page sends it; a full screen of strokes has some fifty thousand."""


class SigningForm(forms.Form):
    """The school's words, its three answers, and its signature; only who signs is asked for."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Words of the school"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("May stay empty. They stand on the copy of the visit."),
    )
    signed_by = forms.CharField(label=_("Name"), max_length=180)
    position = forms.CharField(label=_("Position"), max_length=110, required=False)
    drawn = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LARGEST_DRAWING)

    def __init__(self, *args: Any, asks_opinion: bool, asks_name: bool, **kwargs: Any) -> None:
        """Leave out the three questions where they are answered, and the name where an account says it."""
        super().__init__(*args, **kwargs)
        self.asks_opinion = asks_opinion
        if asks_opinion:
            for name, label in OPINION_FIELDS.items():
                self.fields[name] = opinion_field(label, required=False)
        if not asks_name:
            del self.fields["signed_by"], self.fields["position"]

    @property
    def opinion_fields(self) -> list[forms.BoundField]:
        """Return the three questions as far as they are asked."""
        return [self[name] for name in OPINION_FIELDS if name in self.fields]

    @property
    def signer(self) -> str:
        """Return name and position as the signature keeps them."""
        said = self.cleaned_data
        return collapse(f"{said.get('signed_by', '')} {said.get('position', '')}")[:300]

    @property
    def opinion(self) -> dict[str, str]:
        """Return the three answers; empty where none was given."""
        given = {name: self.cleaned_data.get(name, "") for name in OPINION_FIELDS}
        return given if all(given.values()) else {}

    def clean_drawn(self) -> str:
        """Take only a drawing that is a picture."""
        text = str(self.cleaned_data["drawn"])
        if text and not text.startswith(PNG):
            raise forms.ValidationError(_("The drawn signature could not be read."), "drawn")
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for all three answers, or none."""
        said = super().clean() or self.cleaned_data
        given = [bool(said.get(name)) for name in OPINION_FIELDS if name in self.fields]
        if any(given) and not all(given):
            for name in OPINION_FIELDS:
                if not said.get(name):
                    self.add_error(name, _("Answer all three questions, or leave all three."))
        return said


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs: as whom the school acts, by which way, and whether an account says the name."""

    actor: Actor
    way: SchoolAnswer.Way
    asks_name: bool


def signing_form(request: HttpRequest, visit: Visit, *, asks_name: bool) -> SigningForm:
    """Return the form as it stands before anything is typed, or with what was sent."""
    signed = signed_of(visit)
    answer = signed.answer if signed else None
    first = {
        "shown": digest_of_visit(visit),
        "version": answer.version if answer else 0,
        "words": answer.words if answer and visit.closed_at is None else "",
    }
    return SigningForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        asks_opinion=not has_opinion(visit),
        asks_name=asks_name,
    )


def signing_page(visit: Visit, form: SigningForm) -> dict[str, Any]:
    """Return what is shown above the signature: everything that it stands for."""
    shown = shown_of(visit)
    # What was agreed on later visits is no part of this one.
    until = clock.day_of(visit.written_at) if visit.written_at else visit.visited_on
    looked_at = {check.agreement_id for check in shown["checks"]}
    return {
        "visit": visit,
        "form": form,
        "findings": grouped_findings(visit),
        **shown,
        "left": [
            one
            for one in agreements_to_look_at(visit)
            if one.pk not in looked_at and clock.day_of(one.made_at) <= until
        ],
        "wording": visit.versions.count() + 1,
        "says": VisitOpinion.Says.choices,
    }


def sign_with(form: SigningForm, visit: Visit, hand: Hand) -> bool:
    """Keep signature, words and answers of a valid form; False where it is to be shown again with what is wrong.

    A record that was corrected meanwhile is not signed: the form comes back with everything typed, for the new wording.
    """
    digest = digest_of_visit(visit)
    if form.cleaned_data["shown"] != digest:
        _show_new_wording(form, digest)
        return False
    try:
        drawn = read_drawn(form.cleaned_data["drawn"])
        sign_visit(
            actor=hand.actor,
            visit=visit,
            shown=digest,
            signed_by=form.signer if hand.asks_name else "",
            way=hand.way,
            drawn=drawn,
        )
    except Conflict:
        _show_new_wording(form, digest_of_visit(visit))
        return False
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    return keep_words(form, visit, hand)


def keep_words(form: SigningForm, visit: Visit, hand: Hand) -> bool:
    """Keep words and answers of a valid form, without a signature."""
    said = form.cleaned_data
    who = form.signer if hand.asks_name else ""
    try:
        if said["words"].strip():
            signed = signed_of(visit)
            unchanged = signed is not None and signed.answer.words == said["words"].strip()
            # Signing counts the answer up by itself; a colleague's words in between still stop this.
            now = signed.answer.version if signed else 0
            version = now if unchanged or _only_signed(signed, said["version"]) else said["version"]
            answer_visit(
                actor=hand.actor,
                visit=visit,
                version=version or 0,
                words=said["words"],
                answered_by=who,
            )
        if form.asks_opinion and form.opinion:
            say_opinion(actor=hand.actor, visit=visit, **form.opinion)
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    return True


def _only_signed(signed: Any, version: int | None) -> bool:
    """Say whether nothing but the signature that was just given lies between the form and the answer as it stands."""
    return signed is not None and signed.answer.version - (version or 0) == 1


def _show_new_wording(form: SigningForm, digest: str) -> None:
    sent: Any = form.data
    sent = sent.copy()
    sent["shown"] = digest
    form.data = sent
    form.add_error(
        None, gettext("The record was corrected meanwhile. Read it again above, then sign.")
    )
    form.was_corrected = True  # type: ignore[attr-defined]


def read_drawn(text: str) -> KeptFile | None:
    """Return a drawn signature, kept; None where nothing was drawn. Raises `RuleBroken` for what is no picture."""
    if not text:
        return None
    try:
        data = base64.b64decode(text.removeprefix(PNG), validate=True)
        # What a file says of itself does not count: a link is all that whoever sends it needs.
        kept = keep_file("signature.png", data, DRAWN) if data.startswith(PNG_BEGINS) else None
    except (binascii.Error, BadInput):
        kept = None
    if kept is None or kept.media_type != DRAWN:
        raise RuleBroken("visit.drawn", "The drawn signature could not be read.", field="signed_by")
    return kept
