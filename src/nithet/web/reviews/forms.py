"""Shape and wording of what is typed on the pages of folders and assessors."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.reviews.queries.folders import Signer
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.kernel import clock

NOT_REACHED = "none"
Levels = Sequence[tuple[int, str]]


def level_choices(levels: Levels, below: str) -> list[tuple[str, Any]]:
    """Return the choices of a level: none chosen, none reached, and each of the scale."""
    return [("", _("Please choose")), (NOT_REACHED, below), *((str(n), words) for n, words in levels)]


class LeveledForm(forms.Form):
    """A form with a level of the round's scale."""

    level = forms.ChoiceField(label=_("Level"))

    def __init__(self, *args: Any, levels: Levels, below: str, **kwargs: Any) -> None:
        """Offer the levels of the edition, and that none is reached."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = level_choices(levels, below)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """Return the level; None where none is reached."""
        value = self.cleaned_data["level"]
        return None if value in {NOT_REACHED, ""} else int(value)


class ProposeForm(LeveledForm):
    """A folder: which level, to whom, why, and for exactly what was shown."""

    field_order = ("level", "reason", "addressee", "words", "shown")
    addressee = forms.ChoiceField(label=_("To be signed by"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the records show another level, or cannot tell one yet"),
    )
    words = forms.CharField(
        label=_("Note to whoever signs"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, signers: Sequence[Signer], **kwargs: Any) -> None:
        """Offer who signs for the office."""
        super().__init__(*args, **kwargs)
        self.fields["addressee"].choices = [(str(one.user_id), one.name) for one in signers]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Approve, or send back with what is to be mended."""

    answer = forms.CharField(
        label=_("Your answer to whoever put it forward"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is sent back. A phone's keyboard can take it by voice."),
    )


class CodeForm(forms.Form):
    """The one-time code of the addressee's second factor, or one of their recovery codes."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("From the authenticator app of whoever is to sign"),
    )


def in_thirty_days() -> date:
    """Return the day that is offered as the end of an invitation."""
    return clock.today() + timedelta(days=30)


class InviteForm(forms.Form):
    """Who is invited as an assessor, and until when."""

    title = forms.CharField(
        label=_("Who is invited"), max_length=200, help_text=_("By position, as a letter would name them")
    )
    until = BuddhistDateField(label=_("Until"), initial=in_thirty_days)


class NoteForm(LeveledForm):
    """What an assessor thinks of one item; the level is theirs to leave open."""

    field_order = ("text", "level", "version")
    text = forms.CharField(label=_("Your note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the level open where the assessor wants to."""
        super().__init__(*args, **kwargs)
        self.fields["level"].required = False


class JudgeForm(LeveledForm):
    """The assessor's level for the whole round."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
