"""The suite itself: no test can reach beyond this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_connection_beyond_loopback_is_blocked():
    # It warns and then blocks; warnings are errors here, so the warning is what is raised.
    with pytest.raises((UserWarning, SocketConnectBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
