"""One of each thing that an address may name, made by the capabilities' own actions."""

from tests.architecture.things.addresses import ARGUMENTS
from tests.architecture.things.all_of_them import Things, contents, make_things

__all__ = ["ARGUMENTS", "Things", "contents", "make_things"]
