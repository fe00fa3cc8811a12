from django.db import migrations

from kompetanseforum.core.refs import new_public_id


def give(apps, schema_editor):
    for edge in apps.get_model('threads', 'Edge').objects.filter(public_id=None):
        edge.public_id = new_public_id()
        edge.save(update_fields=['public_id'])


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0002_edges_have_an_address'),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
