from django.db import migrations

import kompetanseforum.core.text_index
from kompetanseforum.core.text_index import make_anew, plain


def file_words(apps, schema_editor):
    Offer = apps.get_model("offers", "Offer")
    for pk, text in list(Offer.objects.values_list("pk", "searchable")):
        Offer.objects.filter(pk=pk).update(searchable=plain(text))
    make_anew(Offer)


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0005_missing_from_its_source'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='offer',
            index=kompetanseforum.core.text_index.TextIndex(fields=['searchable'], name='offer_text'),
        ),
        migrations.RunPython(file_words, migrations.RunPython.noop),
    ]
