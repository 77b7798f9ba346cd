"""The trigram index. The statements stand in `search.full_text`, so that a later change of the table can make it again."""

from django.db import migrations

from nithet.foundation.search.full_text import install_by_migration, remove_by_migration


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_entries")]
    operations = [migrations.RunPython(install_by_migration, remove_by_migration)]
