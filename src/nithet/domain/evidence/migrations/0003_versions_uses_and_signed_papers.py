"""Files get versions, uses and pieces can be taken back, papers are scanned back."""

import django.db.models.deletion
from django.db import migrations, models

import nithet.kernel.clock


def first_versions(apps, schema_editor):
    """What a piece holds becomes version 1 of its file."""
    Piece = apps.get_model("evidence", "Piece")
    PieceFile = apps.get_model("evidence", "PieceFile")
    PieceFile.objects.bulk_create(
        [
            PieceFile(
                office_id=piece.office_id,
                piece=piece,
                number=1,
                sha256=piece.file_sha256,
                name=piece.file_name,
                size=piece.file_size or 0,
                media_type=piece.media_type,
                added_by_id=piece.made_by_id,
                added_by="",
                added_at=piece.made_at,
            )
            for piece in Piece.objects.exclude(file_sha256="")
        ]
    )


def reasons(apps, schema_editor):
    """A withdrawal of before kept its reason in the history alone; now the piece says it too."""
    Piece = apps.get_model("evidence", "Piece")
    AuditEvent = apps.get_model("audit", "AuditEvent")
    for piece in Piece.objects.filter(taken_back_at__isnull=False):
        event = AuditEvent.objects.filter(
            name="piece.withdrawn", target_kind="evidence.piece", target_id=str(piece.pk)
        ).last()
        if event:
            piece.taken_back_because = str(event.after.get("reason", ""))[:500]
            piece.taken_back_by = event.actor_name
            piece.save(update_fields=["taken_back_because", "taken_back_by"])


TAKEN_BACK = [
    ("made_at", models.DateTimeField(default=nithet.kernel.clock.now, editable=False)),
    ("made_by_id", models.BigIntegerField(blank=True, editable=False, null=True)),
    ("taken_back_at", models.DateTimeField(blank=True, editable=False, null=True)),
    ("taken_back_by", models.CharField(blank=True, editable=False, max_length=300)),
    (
        "taken_back_because",
        models.CharField(blank=True, max_length=500, verbose_name="Why it is cancelled"),
    ),
]
OFFICE = (
    "office",
    models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.unit"
    ),
)


def key():
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


def to_piece(name, kind=models.ForeignKey, **more):
    return (
        "piece",
        kind(
            on_delete=django.db.models.deletion.CASCADE,
            related_name=name,
            to="evidence.piece",
            **more,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_use_boxed"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="piece", name="piece_source_once"),
        migrations.RemoveConstraint(model_name="use", name="evidence_use_once"),
        migrations.RenameField("piece", "brought_at", "made_at"),
        migrations.RenameField("piece", "brought_by_id", "made_by_id"),
        migrations.RenameField("piece", "withdrawn_at", "taken_back_at"),
        *(migrations.AlterField("piece", name, field) for name, field in TAKEN_BACK[:3]),
        *(migrations.AddField("piece", name, field) for name, field in TAKEN_BACK[3:]),
        *(migrations.AddField("use", name, field) for name, field in TAKEN_BACK),
        migrations.AddField("use", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "piece",
            "made_by",
            models.CharField(blank=True, max_length=300, verbose_name="Brought by"),
        ),
        migrations.AddField("piece", "seen_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("piece", "seen_by", models.CharField(blank=True, max_length=300)),
        migrations.AddField("piece", "lost_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "piece",
            "shows_children",
            models.BooleanField(default=False, verbose_name="Children can be recognised"),
        ),
        migrations.AddField(
            "piece", "sharing_confirmed_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "piece", "sharing_confirmed_by", models.CharField(blank=True, max_length=300)
        ),
        migrations.AddField(
            "piece", "sharing_confirmed_because", models.CharField(blank=True, max_length=500)
        ),
        migrations.AddField(
            "clarityanswer", "file_number", models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            "clarityanswer", "reopened_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            "piece",
            models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True), ("taken_back_at__isnull", True)
                ),
                fields=("office", "source", "kind", "title"),
                name="piece_source_once",
            ),
        ),
        migrations.AddConstraint(
            "use",
            models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("piece", "edition", "fiscal_year", "item"),
                name="evidence_use_once",
            ),
        ),
        migrations.CreateModel(
            name="AlsoAbout",
            fields=[
                key(),
                ("about", models.CharField(max_length=120)),
                OFFICE,
                to_piece("further"),
            ],
        ),
        migrations.CreateModel(
            name="PieceFile",
            fields=[
                key(),
                ("number", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=120)),
                ("is_quarantined", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="What is new")),
                ("added_by_id", models.BigIntegerField(blank=True, null=True)),
                ("added_by", models.CharField(blank=True, max_length=300)),
                ("added_at", models.DateTimeField()),
                OFFICE,
                to_piece("files"),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.CreateModel(
            name="ReturnUse",
            fields=[
                key(),
                *TAKEN_BACK,
                ("report", models.CharField(max_length=20)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                OFFICE,
                to_piece("return_uses"),
            ],
            options={"ordering": ["-fiscal_year", "report"]},
        ),
        migrations.CreateModel(
            name="ReviewTask",
            fields=[
                key(),
                ("reviewer_id", models.BigIntegerField()),
                ("reviewer", models.CharField(max_length=300)),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="Please review by"),
                ),
                ("assigned_by", models.CharField(max_length=300)),
                ("assigned_at", models.DateTimeField()),
                OFFICE,
                to_piece("review_task", models.OneToOneField),
            ],
        ),
        migrations.CreateModel(
            name="Printout",
            fields=[
                key(),
                ("code", models.CharField(max_length=16, unique=True)),
                ("about", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=500, verbose_name="Title")),
                ("kind", models.CharField(max_length=60, verbose_name="Kind of evidence")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("printed_by_id", models.BigIntegerField(blank=True, null=True)),
                ("printed_by", models.CharField(blank=True, max_length=300)),
                ("printed_at", models.DateTimeField()),
                (
                    "authority",
                    models.CharField(
                        choices=[("electronic", "Electronic copy"), ("paper", "Signed paper")],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("authority_because", models.CharField(blank=True, max_length=500)),
                ("authority_by", models.CharField(blank=True, max_length=300)),
                ("authority_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                OFFICE,
                (
                    "signed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printouts",
                        to="evidence.piece",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            "alsoabout", models.Index(fields=["office", "about"], name="evidence_also_about")
        ),
        migrations.AddIndex(
            "piecefile", models.Index(fields=["office", "sha256"], name="evidence_file_sha")
        ),
        migrations.AddIndex(
            "returnuse",
            models.Index(
                fields=["office", "report", "fiscal_year"], name="evidence_return_year"
            ),
        ),
        migrations.AddIndex(
            "reviewtask", models.Index(fields=["office", "reviewer_id"], name="evidence_reviewer")
        ),
        migrations.AddIndex(
            "printout", models.Index(fields=["office", "about"], name="evidence_paper_about")
        ),
        migrations.AddIndex(
            "printout", models.Index(fields=["office", "-printed_at"], name="evidence_paper_day")
        ),
        migrations.AddConstraint(
            "alsoabout",
            models.UniqueConstraint(fields=("piece", "about"), name="piece_also_about_once"),
        ),
        migrations.AddConstraint(
            "piecefile",
            models.UniqueConstraint(fields=("piece", "number"), name="piece_file_number_once"),
        ),
        migrations.AddConstraint(
            "returnuse",
            models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("piece", "report", "fiscal_year"),
                name="return_use_once",
            ),
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(reasons, migrations.RunPython.noop, elidable=True),
    ]
