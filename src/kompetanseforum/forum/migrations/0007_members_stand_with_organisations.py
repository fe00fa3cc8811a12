from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("forum", "0006_demands_passkey")]

    operations = [migrations.RemoveField(model_name="cycle", name="members")]
