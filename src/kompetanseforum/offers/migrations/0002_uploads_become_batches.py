"""Catalogues that were brought in before stand on the list of what has been brought in."""

from django.db import migrations

PREFIX = "csv:"


def move(apps, schema_editor):
    batch = apps.get_model("intake", "Batch")
    for upload in apps.get_model("offers", "OfferUpload").objects.filter(state="done").iterator():
        batch.objects.create(
            public_id=upload.public_id,
            intake="tilbud",
            name=upload.source.removeprefix(PREFIX),
            file_name=upload.file_name,
            stored_as=upload.stored_as,
            state="done",
            counts=upload.counts,
            problems=upload.problems,
            by=upload.by,
            received_at=upload.uploaded_at,
            changed_at=upload.changed_at,
            brought_at=upload.changed_at,
        )


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_first_tables"), ("intake", "0001_first_tables")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
