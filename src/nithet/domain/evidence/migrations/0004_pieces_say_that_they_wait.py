"""A piece says by itself that its newest file waits for the virus scanner, so that measures ask nothing more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_versions_uses_and_signed_papers")]

    operations = [
        migrations.AddField("piece", "is_quarantined", models.BooleanField(default=False)),
    ]
