"""cunwu desk: what it refuses to begin with, and where it listens when its port is taken."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.commands import desk as command
from generator.desk import gate


def test_what_is_not_handed_in_never_lies_among_the_records(county: Path):
    done = CliRunner().invoke(
        command.desk, ["--root", str(county), "--home", str(county / "home"), "--no-browser"]
    )

    assert done.exit_code == 2
    assert "不能放在县的文件夹里" in done.output
    assert not (county / "home").exists()


def test_a_machine_without_a_network_cannot_be_opened_to_one(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(gate, "lan_address", lambda: "")
    home = str(tmp_path / "home")
    done = CliRunner().invoke(command.desk, ["--root", str(county), "--home", home, "--lan", "--no-browser"])

    assert done.exit_code == 2
    assert "没有连上网络" in done.output


def test_a_port_that_is_taken_gives_way_to_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert gate.free_port(port, ["127.0.0.1"]) not in (port, 0)


def test_a_port_that_is_free_is_kept():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert gate.free_port(port, ["127.0.0.1"]) == port
