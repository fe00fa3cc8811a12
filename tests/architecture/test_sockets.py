"""Each socket and each command that may be sent through it says who may; a silent one is a hole."""

from __future__ import annotations

from kompetanse.board import OpKind
from kompetanseforum.boards.live import COMMANDS
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.permissions import permissions
from tests.architecture.doors import WHO_MAY

DOORS = [door for capability in capabilities() for door in capability.sockets]


def test_there_is_a_socket():
    assert [door.name for door in DOORS] == ["boards:live"]


def test_every_socket_declares_who_may_come():
    assert [door.name for door in DOORS if door.permission not in permissions()] == []


def test_every_command_declares_a_permission_that_has_a_rule():
    asked = {(door.name, command): name for door in DOORS for command, name in door.commands.items()}
    assert {command: name for command, name in asked.items() if name and name not in permissions()} == {}
    assert set(asked.values()) - set(WHO_MAY) == set()


def test_every_operation_is_a_command():
    assert {kind.value for kind in OpKind} - set(COMMANDS) == set()
    assert [kind for kind in OpKind if not COMMANDS[kind.value]] == []
