"""Triggers that refuse to change or delete an audit row. The statements stand in `audit.triggers`, which tests share."""

from django.db import migrations

from nithet.foundation.audit.triggers import install_by_migration, remove_by_migration


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install_by_migration, remove_by_migration)]
