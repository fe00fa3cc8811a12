"""An address that several people had stays with the one who used the forum last; the others confirm one anew."""

from django.db import migrations


def keep_each_address_once(apps, schema_editor):
    people = apps.get_model("accounts", "Person").objects
    seen = set()
    # Those who have signed in come first, the newest of them foremost; then the oldest rows.
    for person in sorted(
        people.exclude(email=""),
        key=lambda one: (one.last_login is None, -(one.last_login or one.joined_at).timestamp()),
    ):
        address = person.email.lower()
        person.email = "" if address in seen else address
        # `.example` is nobody's: only the demo forum's people have such an address.
        person.is_invented = address.endswith("@forum.example")
        person.save(update_fields=["email", "is_invented"])
        seen.add(address)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_ways_to_sign_in"),
    ]

    operations = [migrations.RunPython(keep_each_address_once, migrations.RunPython.noop)]
