from django.db import migrations, models


class Migration(migrations.Migration):
    """Where to write to those who have been on a board, and when they were told what became of their notes."""

    dependencies = [("boards", "0002_canvas_files_and_votes")]

    operations = [
        migrations.AddField("guest", "email", models.EmailField(blank=True, max_length=254)),
        migrations.AddField("guest", "language", models.CharField(default="nb", max_length=5)),
        migrations.AddField("guest", "told_at", models.DateTimeField(null=True)),
        migrations.AddField("guest", "attempts", models.PositiveSmallIntegerField(default=0)),
    ]
