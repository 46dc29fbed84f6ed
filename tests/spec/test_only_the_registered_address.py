"""A model is reached at its registered address and nowhere else: shown where there is no other way out to take.

The asking happens in a process of its own, in a network namespace with nothing but a loopback interface, and every
address that it connects to is noted. Not shown: what the model's server does with what it is sent.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

ASKING = """
import asyncio, json, socket, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

tried = []
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        tried.append([event, str(arguments[1] if event == "socket.connect" else arguments[0]), ])
sys.addaudithook(note)

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"choices": [{"message": {"content": "hello"}, "finish_reason": "stop"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments): pass

from thirdchair.clients.registration import ProviderFacts, RegisteredModel, client_of
from thirdchair.clients.weights import served_weights
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Message

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
ask = Ask((Message("user", "hello"),))

def model(**changes):
    return RegisteredModel(**{**dict(name="ward", engine="openai", served_as="m", path=None, digest="a" * 64,
        base_url=f"http://127.0.0.1:{server.server_port}/v1", digest_kind="operator", runs_where="this_host",
        data_classes=frozenset(), provider=None), **changes})

here = client_of(model())
async def in_pieces():
    async with here.stream(ask) as stream:
        pieces = "".join([piece async for piece in stream])
    whole = (await here.answer_async(ask)).text
    await here.aclose()
    return pieces, whole
said = [here.answer(ask).text, *asyncio.run(in_pieces())]
served_weights(f"http://127.0.0.1:{server.server_port}/v1", served_as="m")
reached = [*tried]
tried.clear()
outside = client_of(model(base_url="https://192.0.2.1:4433/v1", runs_where="outside",
    provider=ProviderFacts("p", "c", "r", "n")))
outside._sleep = lambda seconds: None
try:
    outside.answer(ask)
    failed = ""
except ClientFailed as error:
    failed = str(error)
interfaces = [name for _, name in socket.if_nameindex()]
print(json.dumps({"said": said, "port": server.server_port, "reached": reached, "outside": tried, "failed": failed,
    "interfaces": interfaces}))
"""


def namespace() -> list[str]:
    """What puts a command into a network namespace with a loopback interface and nothing else."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        pytest.skip("needs unshare (util-linux) and ip (iproute2)")
    inside = [
        "unshare",
        "--user",
        "--map-root-user",
        "--net",
        "sh",
        "-c",
        'ip link set lo up && exec "$@"',
        "sh",
    ]
    tried = subprocess.run([*inside, "true"], capture_output=True, timeout=60, check=False)
    if tried.returncode:
        pytest.skip("this machine does not permit a network namespace of one's own")
    return inside


@pytest.fixture(scope="module")
def seen():
    done = subprocess.run(
        [*namespace(), sys.executable, "-c", ASKING], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_there_is_no_other_way_out(seen):
    assert "lo" in seen["interfaces"]
    assert not [name for name in seen["interfaces"] if name.startswith(("eth", "en", "wl"))]


def test_a_model_on_this_host_is_reached_with_no_network_at_all(seen):
    assert seen["said"] == ["hello", "hello", "hello"]


def test_nothing_but_its_address_is_connected_to(seen):
    connected = {address for event, address in seen["reached"] if event == "socket.connect"}
    assert connected == {str(("127.0.0.1", seen["port"]))}
    looked_up = {host for event, host in seen["reached"] if event == "socket.getaddrinfo"}
    assert looked_up <= {"127.0.0.1"}


def test_a_model_outside_is_asked_for_at_its_address_alone_and_fails_without_it(seen):
    connected = {address for event, address in seen["outside"] if event == "socket.connect"}
    assert connected == {str(("192.0.2.1", 4433))}
    assert "could not be reached" in seen["failed"]
