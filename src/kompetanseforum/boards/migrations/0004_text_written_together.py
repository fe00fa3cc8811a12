from django.db import migrations, models

_KINDS = ("welcome", "write", "show", "group", "vote", "commit", "summary", "free", "text")


class Migration(migrations.Migration):
    """A phase of its own kind: a text that all write."""

    dependencies = [("boards", "0003_letters_to_guests")]

    operations = [
        migrations.AlterField("phase", "kind", models.CharField(choices=[(kind, kind) for kind in _KINDS], max_length=10)),
    ]
