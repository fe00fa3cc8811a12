from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0005_needs_said_to_be_two"),
    ]

    operations = [
        migrations.RenameModel(old_name="Letter", new_name="Notice"),
    ]
