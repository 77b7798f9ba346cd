"""Submissions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.models import OfficeOwned


class Submission(OfficeOwned):
    """A filled-in form as a device sent it (แบบที่ส่งเข้ามา). What was sent never changes; only its standing does.

    `body` is the XML to the letter and `sha256` its digest in UTF-8; `answers` holds the same by path, questions of a repeat as
    a list (`rules/answers.py`). `version` is empty where the office has no such version: `form_id` and `form_version` say
    what was sent. `started_at` and `ended_at` are by the device's clock, `received_at` by ours. `about` is the record that it
    was filled in for, as a reference, or empty. `deprecated_id` is the number of what an edit changes and `replaces` that
    submission; it stays and is no longer `is_current`. `rival_of` is the submission that has the same instance ID and another
    body: both are kept until a person decides. `expected` names the media that the answers speak of.
    """

    class State(models.TextChoices):
        """Whether it counts."""

        ACCEPTED = "accepted", _("Received")
        WAITING = "waiting", _("Waits to be checked")
        SET_ASIDE = "set_aside", _("Set aside")

    class Reason(models.TextChoices):
        """Why it waits."""

        NONE = "", _("No reason")
        UNKNOWN_FORM = "unknown_form", _("The office has no form of this code.")
        UNKNOWN_VERSION = "unknown_version", _("The form has no version of this name.")
        FORM_CLOSED = "form_closed", _("The form is no longer in use.")
        VERSION_RETIRED = "version_retired", _("This version was replaced long ago.")
        DEVICE_REVOKED = "device_revoked", _("The device had been revoked when this arrived.")
        NOT_THEIRS = "not_theirs", _("The form is not meant for whoever sent this.")
        SCHOOL_OUTSIDE = "school_outside", _("The school is none that this person may write about.")
        OTHER_BODY = "other_body", _("Something else was sent before under the same number.")
        EDITED_UNKNOWN = "edited_unknown", _("It changes a submission that is not here.")
        EDITED_TWICE = "edited_twice", _("It changes a submission that was changed already.")
        REFUSED = "refused", _("It could not become a record by itself.")

    version = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    form_id = models.CharField(max_length=250)
    form_version = models.CharField(max_length=250, blank=True)
    instance_id = models.CharField(max_length=250)
    deprecated_id = models.CharField(max_length=250, blank=True)
    title = models.CharField(max_length=300, blank=True)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField(max_length=160, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    sent_by = models.CharField(max_length=300)
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    entities = models.JSONField(default=list)
    expected = models.JSONField(default=list)
    is_complete = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACCEPTED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_words = models.CharField(max_length=500, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="edits"
    )
    rival_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="rivals"
    )
    is_current = models.BooleanField(default=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    hand_over_after = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decision = models.CharField(_("Note on the decision"), max_length=500, blank=True)

    class Meta:
        """One record an instance ID, whoever sends it how often; the newest first by key, also of one form or state."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "instance_id"],
                condition=Q(rival_of__isnull=True),
                name="submission_instance_once",
            ),
            models.UniqueConstraint(
                fields=["office", "instance_id", "sha256"],
                condition=Q(rival_of__isnull=False),
                name="submission_rival_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "form_id", "id"], name="submission_of_form"),
            models.Index(
                fields=["office", "id"], condition=Q(state="waiting"), name="submission_waiting"
            ),
            models.Index(
                fields=["office", "hand_over_after"],
                condition=Q(hand_over_after__isnull=False),
                name="submission_to_hand_over",
            ),
        ]

    def __str__(self) -> str:
        """Show its own title, else the code of the form."""
        return self.title or self.form_id
