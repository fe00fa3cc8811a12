from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_uploads_become_batches")]

    operations = [migrations.DeleteModel(name="OfferUpload")]
