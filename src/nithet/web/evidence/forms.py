"""Forms of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.evidence.models import Piece, Printout
from nithet.foundation.ui.fields import BuddhistDateField, FilesField
from nithet.kernel.periods import Period

ACCEPTED = "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.txt,.csv,.zip,video/mp4,.heic"


class PeriodForm(forms.Form):
    """The time that a piece speaks of."""

    period_start = BuddhistDateField(
        label=_("Speaks of the time from"),
        required=False,
        help_text=_("When it happened, not the day on which it is brought."),
    )
    period_end = BuddhistDateField(label=_("until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Say which end is wrong."""
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The last day lies before the first."))
        return cleaned

    @property
    def period(self) -> Period | None:
        """Return the time; a single day stands for both ends."""
        start, end = self.cleaned_data.get("period_start"), self.cleaned_data.get("period_end")
        first, last = start or end, end or start
        return Period(first, last, "") if first and last else None


class _AboutPiece(PeriodForm):
    """What is said of every piece that is brought."""

    def __init__(self, *args: Any, kinds: Any = (), uses: Any = (), **kwargs: Any) -> None:
        """Offer kinds and items."""
        super().__init__(*args, **kwargs)
        # Nothing stands chosen: whoever takes a photograph would otherwise file it as the first kind of the list.
        self.fields["kind"].choices = [("", _("Please choose")), *kinds]  # type: ignore[attr-defined]
        if uses:
            self.fields["use"].choices = [("", _("Not for an item yet")), *uses]  # type: ignore[attr-defined]
        else:
            self.fields.pop("use", None)


class BringForm(_AboutPiece):
    """Several files and links in one go."""

    files = FilesField(  # type: ignore[assignment]  # the form's own files go under another name
        label=_("Files or photographs"), required=False, camera=True, accept=ACCEPTED
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url"}),
        help_text=_("One a line, beginning with https://"),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=500,
        help_text=_("Left empty, each file keeps its own name."),
    )
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    use = forms.ChoiceField(label=_("Use it for"), required=False)
    shows_children = forms.BooleanField(
        label=_("Children can be recognised (faces, names)"),
        required=False,
        help_text=_("Nothing of it leaves the office until a leader has confirmed it."),
    )
    field_order = ("files", "links", "title", "kind", "use", "period_start", "period_end")


class ThingForm(_AboutPiece):
    """A thing on a shelf."""

    title = forms.CharField(label=_("Title"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    custodian = forms.CharField(
        label=_("Kept by"),
        max_length=200,
        help_text=_("A position or a group, not a person's name."),
    )
    place = forms.CharField(
        label=_("Kept at"), max_length=250, help_text=_("Room, cupboard, shelf, folder.")
    )
    body = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    use = forms.ChoiceField(label=_("Use it for"), required=False)
    field_order = ("title", "kind", "custodian", "place", "body", "use")


class DescribeForm(PeriodForm):
    """What a piece is; only the parts that its medium has."""

    title = forms.CharField(label=_("Title"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    medium = forms.ChoiceField(
        label=_("Where it is"),
        choices=[
            (Piece.Medium.LISTED, Piece.Medium.LISTED.label),
            (Piece.Medium.PHYSICAL, Piece.Medium.PHYSICAL.label),
            (Piece.Medium.LINK, Piece.Medium.LINK.label),
            (Piece.Medium.STATEMENT, Piece.Medium.STATEMENT.label),
        ],
    )
    custodian = forms.CharField(label=_("Kept by"), required=False, max_length=200)
    place = forms.CharField(label=_("Kept at"), required=False, max_length=250)
    link = forms.CharField(label=_("Link"), required=False, max_length=200)
    body = forms.CharField(
        label=_("Text"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 4})
    )
    shows_children = forms.BooleanField(
        label=_("Children can be recognised (faces, names)"), required=False
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("title", "kind", "medium")

    def __init__(self, *args: Any, piece: Piece, kinds: Any, **kwargs: Any) -> None:
        """Leave out what a file does not have."""
        super().__init__(*args, **kwargs)
        known = list(kinds)
        if piece.kind and piece.kind not in dict(known):
            known.insert(0, (piece.kind, piece.kind))
        self.fields["kind"].choices = known  # type: ignore[attr-defined]
        self.fields["kind"].required = bool(piece.kind)
        if piece.file_sha256:
            for name in ("medium", "custodian", "place", "link"):
                self.fields.pop(name)


class VersionForm(forms.Form):
    """A further version of a piece's file."""

    file = forms.FileField(label=_("File"))
    why = forms.CharField(label=_("What is new"), required=False, max_length=500)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Whether a thing is where it should be."""

    found = forms.ChoiceField(
        label=_("Is it there?"),
        choices=[
            ("yes", _("It is there, or I have moved it")),
            ("no", _("I looked and did not find it")),
        ],
        widget=forms.RadioSelect,
    )
    custodian = forms.CharField(label=_("Kept by"), max_length=200)
    place = forms.CharField(label=_("Kept at"), max_length=250)
    why = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=500,
        help_text=_("Needed where it was not found: where was it looked for, and when?"),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SharingForm(forms.Form):
    """Why a piece with children on it may be shared."""

    because = forms.CharField(label=_("Why it may be shared"), max_length=500)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason; needed once a day has passed."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class ReviewerForm(forms.Form):
    """Who is asked to review."""

    reviewer = forms.TypedChoiceField(label=_("Second reader"), coerce=int)
    due_on = BuddhistDateField(label=_("Please review by"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the colleagues who may."""
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = people  # type: ignore[attr-defined]


class UseForm(forms.Form):
    """An item to use a piece for."""

    use = forms.ChoiceField(label=_("Use it for"))

    def __init__(self, *args: Any, uses: Any, **kwargs: Any) -> None:
        """Offer the items."""
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = uses  # type: ignore[attr-defined]


class EditUseForm(forms.Form):
    """How the form lists a piece for an item."""

    printed_title = forms.CharField(
        label=_("Title on the form"),
        required=False,
        max_length=500,
        help_text=_("Left empty, the piece's own title stands there."),
    )
    printed_body = forms.CharField(
        label=_("Lines under it"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    boxed = forms.BooleanField(label=_("A box stands before it"), required=False)
    ticked = forms.ChoiceField(
        label=_("Tick"),
        choices=[("yes", _("ticked")), ("no", _("not ticked")), ("", _("not known"))],
        required=False,
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ScanForm(forms.Form):
    """Photographs or scans of signed papers."""

    files = FilesField(  # type: ignore[assignment]  # as above
        label=_("Photograph or scan of the signed paper"),
        camera=True,
        accept="image/*,application/pdf,.heic",
    )


class AuthorityForm(forms.Form):
    """Which copy of a paper counts."""

    authority = forms.ChoiceField(
        label=_("The copy that counts"),
        choices=Printout.Authority.choices,
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label=_("Reason"), max_length=500)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
