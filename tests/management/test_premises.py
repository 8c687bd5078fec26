"""One run for a data folder; what a killed run left is cleared away; a taken port is no obstacle."""

import json
import socket

import pytest

from linkage.management.premises import AlreadyRunningError, Premises, listen


def test_the_folder_of_the_socket_is_private_and_its_path_short(tmp_path):
    premises = Premises(tmp_path)
    assert premises.runtime.stat().st_mode & 0o777 == 0o700
    assert len(str(premises.runtime / "redis.sock")) < 100
    premises.leave()
    assert not premises.runtime.exists()


def test_a_second_run_is_refused_with_the_address_of_the_first(tmp_path):
    premises = Premises(tmp_path)
    premises.note("http://127.0.0.1:8000/")
    with pytest.raises(AlreadyRunningError, match=r"^http://127\.0\.0\.1:8000/$"):
        Premises(tmp_path)
    premises.leave()
    Premises(tmp_path).leave()


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    killed = Premises(tmp_path)
    killed.lock.close()  # the kernel does this when a process dies
    following = Premises(tmp_path)
    assert not killed.runtime.exists()
    following.leave()


@pytest.mark.parametrize("content", ["", "{", json.dumps({"runtime": "/nowhere/linkage-x"})])
def test_a_half_written_lock_is_no_obstacle(tmp_path, content):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "lock.json").write_text(content)
    Premises(tmp_path).leave()


def test_only_our_own_kind_of_folder_is_cleared_away(tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "lock.json").write_text(json.dumps({"runtime": str(precious)}))
    Premises(tmp_path).leave()
    assert precious.exists()


def test_a_taken_port_gives_way_to_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as door:
            assert port < door.getsockname()[1] < port + 20
