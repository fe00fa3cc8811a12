from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0001_first_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='edge',
            name='public_id',
            field=models.CharField(max_length=10, null=True, editable=False),
        ),
    ]
