from django.db import migrations


def lines_become_members(apps, schema_editor):
    """A line that is one organisation's name is that organisation; any other stands as it was written."""
    CycleMember = apps.get_model("organisations", "CycleMember")
    Organisation = apps.get_model("organisations", "Organisation")
    for cycle in apps.get_model("forum", "Cycle").objects.exclude(members=""):
        for line in dict.fromkeys(" ".join(line.split())[:160] for line in cycle.members.splitlines()):
            if not line:
                continue
            called = list(Organisation.objects.filter(name__iexact=line)[:2])
            one = called[0] if len(called) == 1 else None
            if not CycleMember.objects.filter(cycle=cycle, organisation=one, name="" if one else line).exists():
                CycleMember.objects.create(cycle=cycle, organisation=one, name="" if one else line)


def members_become_lines(apps, schema_editor):
    CycleMember = apps.get_model("organisations", "CycleMember")
    for cycle in apps.get_model("forum", "Cycle").objects.all():
        rows = CycleMember.objects.filter(cycle=cycle).select_related("organisation", "person").order_by("pk")
        cycle.members = "\n".join(row.name or (row.organisation or row.person).name for row in rows)
        cycle.save(update_fields=["members"])


class Migration(migrations.Migration):

    dependencies = [("organisations", "0005_members_of_a_cycle")]
    # The lines are gone after it.
    run_before = [("forum", "0007_members_stand_with_organisations")]

    operations = [migrations.RunPython(lines_become_members, members_become_lines)]
