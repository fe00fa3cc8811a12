import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kompetanseforum.core.refs


class Migration(migrations.Migration):

    dependencies = [
        ("forum", "0006_demands_passkey"),
        ("organisations", "0004_joinings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CycleMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    kompetanseforum.core.refs.PublicIdField(
                        default=kompetanseforum.core.refs.new_public_id, editable=False, max_length=10, unique=True
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.cycle"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_cycles",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "organisation"), name="organisation_once_in_a_cycle"),
                    models.UniqueConstraint(fields=("cycle", "person"), name="person_once_in_a_cycle"),
                    models.UniqueConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        fields=("cycle", "name"),
                        name="name_once_in_a_cycle",
                    ),
                ],
            },
        ),
    ]
