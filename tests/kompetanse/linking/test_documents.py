"""Long texts are read clause by clause, and what every ad says is left out."""

from kompetanse.linking.documents import link_document, without_boilerplate
from tests.kompetanse.linking import terms
from tests.kompetanse.linking.terms import LINKER

_AD = """Verkstedet søker flere til laget vårt i Halden, og vi har det travelt fra morgen til kveld hele året.
Du må kunne sveise aluminium og kjøre truck, og vi ser etter noen som liker å arbeide ute i all slags vær.
Vi tilbyr lønn etter tariff, pensjonsordning og et godt kurs i demens.
Søknadsfrist er 1. mai, og søknad sendes til kokken."""


def test_boilerplate_is_blanked_and_offsets_stay():
    read = without_boilerplate(_AD)
    assert len(read) == len(_AD)
    assert "tariff" not in read
    found = {link.uri: [_AD[span.start : span.end] for span in link.causes] for link in link_document(LINKER, _AD)}
    assert found[terms.ALUMINIUM] == ["sveise aluminium"]
    assert found[terms.TRUCK] == ["kjøre truck"]
    assert terms.DEMENTIA not in found
    assert terms.COOK not in found


def test_a_short_need_keeps_every_word():
    assert without_boilerplate("oppstart av truck, deltid") == "oppstart av truck, deltid"


def test_no_more_links_than_somebody_would_read():
    assert len(link_document(LINKER, _AD, limit=1)) == 1
