"""A small list of terms with known answers."""

from kompetanse.linking import Linker, Term
from kompetanse.linking.terms import Kind, Role

ALUMINIUM = "skill/aluminium"
WELD = "skill/weld"
TRUCK = "skill/truck"
REPAIR_TRUCK = "skill/repair-truck"
PLC = "skill/plc"
WELFARE = "skill/welfare-technology"
DEMENTIA = "skill/dementia"
ACCOUNTS = "skill/accounts"
WELDER = "occupation/welder"
COOK = "occupation/cook"
OPERATOR = "occupation/process-operator"

_ROWS: tuple[tuple[str, str, str, Role], ...] = (
    (ALUMINIUM, "nb", "sveise aluminium", "label"),
    (ALUMINIUM, "nn", "sveise aluminium", "label"),
    (ALUMINIUM, "en", "weld aluminium", "label"),
    (WELD, "nb", "sveise", "label"),
    (WELD, "nn", "sveise", "label"),
    (WELD, "en", "welding", "label"),
    (TRUCK, "nb", "kjøre truck", "label"),
    (TRUCK, "nn", "køyre truck", "label"),
    (TRUCK, "nb", "truck", "everyday"),
    (TRUCK, "en", "operate forklift", "label"),
    (REPAIR_TRUCK, "nb", "reparere truck", "label"),
    (PLC, "nb", "programmere PLS", "label"),
    (PLC, "nb", "PLS", "everyday"),
    (PLC, "en", "program a PLC", "label"),
    (WELFARE, "nb", "velferdsteknologi", "label"),
    (WELFARE, "nb", "bruke velferdsteknologi", "everyday"),
    (DEMENTIA, "nb", "demensomsorg", "label"),
    (DEMENTIA, "nb", "demens", "everyday"),
    (ACCOUNTS, "nb", "føre regnskap", "label"),
    (ACCOUNTS, "nn", "føre rekneskap", "label"),
    (WELDER, "nb", "sveiser", "label"),
    (WELDER, "nn", "sveisar", "label"),
    (WELDER, "en", "welder", "label"),
    (COOK, "nb", "kokk", "label"),
    (COOK, "nn", "kokk", "label"),
    (COOK, "en", "cook", "label"),
    (OPERATOR, "nb", "prosessoperatør", "label"),
)


def kind_of(uri: str) -> Kind:
    return "skill" if uri.startswith("skill/") else "occupation"


TERMS = tuple(
    Term(uri=uri, kind=kind_of(uri), language=language, text=text, role=role) for uri, language, text, role in _ROWS
)
LINKER = Linker(TERMS)
