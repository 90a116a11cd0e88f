"""A second start gets one clear sentence."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from schakelbord.errors import StateError
from schakelbord.site.one_process import free_socket, only_process


def test_a_second_process_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with only_process(tmp_path, address="http://localhost:8000"):
        with pytest.raises(StateError) as refused, only_process(tmp_path, address="http://localhost:8001"):
            pass
        assert "http://localhost:8000" in refused.value.nl
        assert "http://localhost:8000" in refused.value.en
    with only_process(tmp_path, address="http://localhost:8002"):
        assert (tmp_path / "serving.lock").read_text() == "http://localhost:8002"


def test_a_place_that_this_machine_does_not_have_is_refused() -> None:
    with pytest.raises(StateError) as refused:
        free_socket("203.0.113.7", 8000)
    assert refused.value.code == "place_refused"


def test_a_port_that_is_taken_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StateError, match=f"--port {port + 1}"):
            free_socket("127.0.0.1", port)
