"""Programs that others wrote for OpenAI's API speak to the governed door unchanged, for real.

The openai Python client and curl always run. The others run where they are installed, and are named so:

    THIRDCHAIR_TEST_NPM=folder with node_modules/openai     THIRDCHAIR_TEST_LLM=…/bin/llm
    THIRDCHAIR_TEST_INSPECT=python that has inspect_ai      THIRDCHAIR_TEST_SCHEMATHESIS=…/bin/schemathesis

THIRDCHAIR_TEST_EXAMPLES says how many requests Schemathesis makes up for each path; a few, if it is not set.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

import web
from door import DANGER
from stub_model import QUESTION, SUPPORTED, StubModel, says, sends, stub_model

openai = pytest.importorskip("openai", reason="the openai client is in requirements/dev.txt")

HERE: Final = Path(__file__).parent
MODEL: Final = "thirdchair/answer_question"
SAID: Final = "talking therapy"
USER: Final = [{"role": "user", "content": QUESTION}]


@dataclass
class Served:
    """A served service.

    Args:
        address: up to and including the version.
        agreed, asked_later, nurse: keys.
        folder: of its data.
    """

    address: str
    agreed: str
    asked_later: str
    nurse: str
    folder: Path
    stub: StubModel

    def count(self, table: str, where: str = "1") -> int:
        """Rows in its database."""
        with sqlite3.connect(f"file:{self.folder / 'thirdchair.sqlite3'}?mode=ro", uri=True) as database:
            [(count,)] = database.execute(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608
        database.close()
        return count

    def trail(self, kind: str) -> int:
        """Entries of a kind."""
        return self.count("trail_trailentry", f"kind = '{kind}'")

    def client(self, key: str | None = None, **options: Any) -> Any:
        """The openai client."""
        return openai.OpenAI(base_url=self.address, api_key=key or self.agreed, **options)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service in processes of its own."""
    folder = tmp_path_factory.mktemp("served") / "data"
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("THIRDCHAIR_", "DJANGO_", "PYTEST_"))
    }
    environment = inherited | {
        "THIRDCHAIR_DATA_DIR": str(folder),
        "THIRDCHAIR_PLACES": "GB",
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "src"), str(HERE.parent)]),
    }
    program = [sys.executable, str(HERE / "door_service.py")]
    with stub_model() as stub:
        made = subprocess.run(
            [*program, "make", stub.address], env=environment, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr[-3000:]
        port = _free_port()
        log = (folder / "serve.log").open("wb")
        server = subprocess.Popen(
            [*program, "serve", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}/v1"
            _wait_for(address, server, folder / "serve.log")
            yield Served(address, folder=folder, stub=stub, **json.loads(made.stdout))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)
            log.close()
        assert "Traceback" not in (folder / "serve.log").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def stub_says(served: Served) -> Iterator[None]:
    """The stub's ordinary answer, before every test."""
    served.stub.acts = [says(SUPPORTED)]
    served.stub.bodies.clear()
    yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text(encoding="utf-8")[-3000:]
        try:
            if httpx.get(f"{address}/openapi.json", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            threading.Event().wait(0.1)
    pytest.fail("the service did not start")


# --- the openai Python client ----------------------------------------------------------------------------------


def test_openai_whole_and_streamed_say_the_same(served: Served):
    with served.client() as client:
        whole = client.chat.completions.create(model=MODEL, messages=USER)
        streamed = list(client.chat.completions.create(model=MODEL, messages=USER, stream=True))
    words = "".join(chunk.choices[0].delta.content or "" for chunk in streamed)
    assert SAID in words
    assert words == whole.choices[0].message.content
    assert whole.choices[0].finish_reason == streamed[-1].choices[0].finish_reason == "stop"
    assert whole.model_extra["thirdchair"]["method"] == "ward"
    assert streamed[-1].model_extra["thirdchair"]["sources"]
    assert len(served.stub.bodies) == 2


def test_openai_lists_the_uses(served: Served):
    with served.client() as client:
        [listed] = client.models.list()
    assert listed.id == MODEL
    assert listed.model_extra["thirdchair"]["methods"]["ward"]["en"]["open"] is True


def test_openai_sends_patient_and_encounter_by_header_or_metadata(served: Served):
    session = [{"role": "user", "content": web.SESSION.decode()}]
    with served.client(served.nurse) as client:
        first = client.chat.completions.create(
            model="thirdchair/summarise_session", messages=session, metadata={"patient": "p-1"}
        )
        again = client.chat.completions.create(
            model="thirdchair/summarise_session",
            messages=session,
            extra_headers={"X-Thirdchair-Patient": "p-1"},
        )
    assert first.choices[0].message.content == again.choices[0].message.content
    assert served.count("encounters_encounter") == 1, "the same session sent twice is one"


@pytest.mark.parametrize(
    ("key", "model", "messages", "wanted", "rule"),
    [
        ("nobody", MODEL, USER, "AuthenticationError", "key.unknown"),
        ("asked_later", f"{MODEL}:ward", USER, "PermissionDeniedError", "consent.missing"),
        ("agreed", "gpt-4o", USER, "NotFoundError", "use.unknown"),
        ("agreed", f"{MODEL}:other", USER, "NotFoundError", "model.unknown"),
        ("agreed", MODEL, [{"role": "user", "content": ""}], "BadRequestError", "request.unreadable"),
        ("nurse", MODEL, USER, "BadRequestError", "patient.missing"),
    ],
)
def test_openai_raises_its_own_errors_with_the_rule_and_the_way_out(
    served: Served, key, model, messages, wanted, rule
):
    for stream in (False, True):
        with (
            served.client(getattr(served, key, key)) as client,
            pytest.raises(getattr(openai, wanted)) as raised,
        ):
            client.chat.completions.create(model=model, messages=messages, stream=stream)
        assert raised.value.code == rule
        assert raised.value.body["thirdchair"]["remedy"] in raised.value.message
    assert served.stub.bodies == []


def test_openai_tries_again_and_nothing_is_doubled(served: Served):
    """Its own retries after a 502: each is decided and written down by itself, and one reply is sent."""
    served.stub.acts = [sends(b"{}", status=401), sends(b"{}", status=401), says(SUPPORTED)]
    sent, asked = served.trail("reply_sent"), served.trail("model_called")
    with served.client(max_retries=2) as client:
        answer = client.chat.completions.create(model=MODEL, messages=USER)
    assert SAID in answer.choices[0].message.content
    assert len(served.stub.bodies) == 3
    assert (served.trail("model_called") - asked, served.trail("reply_sent") - sent) == (3, 1)


def test_openai_gives_up_on_a_model_that_fails(served: Served):
    served.stub.acts = [sends(b"{}", status=401)]
    with served.client(max_retries=0) as client, pytest.raises(openai.InternalServerError) as raised:
        client.chat.completions.create(model=MODEL, messages=USER)
    assert (raised.value.status_code, raised.value.code) == (502, "model.unreachable")


def test_openai_is_told_of_a_stream_that_breaks(served: Served):
    """An error event in the stream becomes an exception, never a silent end."""
    served.stub.acts = [sends(b"data: {not json\n\n")]
    with served.client(max_retries=0) as client, pytest.raises(openai.APIError) as raised:
        list(client.chat.completions.create(model=MODEL, messages=USER, stream=True))
    assert raised.value.code == "model.unreachable"


def test_openai_gets_the_card_and_a_lost_answer_raises_no_second_alert(served: Served):
    """The answer is lost on its way, so the client sends the same words again."""

    class Loses(httpx.HTTPTransport):
        lost = 0

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = super().handle_request(request)
            if not self.lost:
                self.lost += 1
                response.read()
                raise httpx.ReadError("lost on its way", request=request)
            return response

    transport = Loses()
    with served.client(max_retries=1, http_client=_http_client(transport)) as client:
        danger = [{"role": "user", "content": DANGER}]
        answer = client.chat.completions.create(model=MODEL, messages=danger)
        stream = list(client.chat.completions.create(model=MODEL, messages=danger, stream=True))
    told = answer.model_extra["thirdchair"]
    assert (told["kind"], told["alerted"], transport.lost) == ("card", True, 1)
    assert "".join(c.choices[0].delta.content or "" for c in stream) == answer.choices[0].message.content
    assert served.count("crisis_crisisalert") == served.trail("alert_raised") == 1
    assert served.stub.bodies == []


def _http_client(transport: httpx.HTTPTransport) -> httpx.Client:
    return httpx.Client(transport=transport, trust_env=False)


# --- curl, npm, llm, Inspect -----------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_curl(served: Served, stream: bool):
    curl = shutil.which("curl") or pytest.skip("curl is not installed")
    said = _run(
        [
            *(curl, "-sSN", f"{served.address}/chat/completions"),
            *("-H", f"Authorization: Bearer {served.agreed}"),
            *("-d", json.dumps({"model": MODEL, "messages": USER, "stream": stream})),
        ]
    )
    assert SAID in said
    assert said.endswith("data: [DONE]\n\n") == stream


NODE_SCRIPT: Final = """
import OpenAI from "openai";
const [baseURL, apiKey, later, model, question] = process.argv.slice(2);
const messages = [{ role: "user", content: question }];
const client = new OpenAI({ baseURL, apiKey });
const whole = await client.chat.completions.create({ model, messages });
let streamed = "";
for await (const chunk of await client.chat.completions.create({ model, messages, stream: true }))
  streamed += chunk.choices[0]?.delta?.content ?? "";
let refused = {};
try { await new OpenAI({ baseURL, apiKey: later }).chat.completions.create({ model: `${model}:ward`, messages }); }
catch (error) { refused = { name: error.constructor.name, status: error.status, code: error.code }; }
console.log(JSON.stringify({ whole: whole.choices[0].message.content, streamed, refused }));
"""


def test_npm_openai(served: Served, tmp_path: Path):
    node = shutil.which("node") or pytest.skip("node is not installed")
    folder = _chosen("THIRDCHAIR_TEST_NPM", "a folder where `npm install openai` ran")
    script = tmp_path / "ask.mjs"
    script.write_text(NODE_SCRIPT, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(Path(folder).resolve() / "node_modules")
    command = [node, str(script), served.address, served.agreed, served.asked_later, MODEL, QUESTION]
    told = json.loads(_run(command))
    assert SAID in told["whole"]
    assert told["streamed"] == told["whole"]
    assert told["refused"] == {"name": "PermissionDeniedError", "status": 403, "code": "consent.missing"}


@pytest.mark.parametrize("how", [[], ["--no-stream"]], ids=["stream", "whole"])
def test_llm(served: Served, tmp_path: Path, how: list[str]):
    llm = _chosen("THIRDCHAIR_TEST_LLM", "the `llm` program")
    models = f"- model_id: governed\n  model_name: {MODEL}\n  api_base: {served.address}\n  api_key_name: thirdchair\n"
    (tmp_path / "extra-openai-models.yaml").write_text(models, encoding="utf-8")
    command = [llm, "-m", "governed", "--key", served.agreed, *how, QUESTION]
    assert SAID in _run(command, LLM_USER_PATH=str(tmp_path))


INSPECT_SCRIPT: Final = """
import sys
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.solver import generate
[log] = eval(Task(dataset=[Sample(input=sys.argv[1])], solver=generate()), log_dir=sys.argv[2], display="none",
             model="openai-api/thirdchair/thirdchair/answer_question")
print(log.status, log.samples[0].output.completion)
"""


def test_inspect(served: Served, tmp_path: Path):
    python = _chosen("THIRDCHAIR_TEST_INSPECT", "a python that has inspect_ai")
    environment = {"THIRDCHAIR_API_KEY": served.agreed, "THIRDCHAIR_BASE_URL": served.address}
    said = _run([python, "-c", INSPECT_SCRIPT, QUESTION, str(tmp_path)], **environment)
    assert "success" in said and SAID in said


def test_schemathesis(served: Served, tmp_path: Path):
    """What it makes up from our own description never breaks the door, and opens nothing without a key."""
    schemathesis = _chosen("THIRDCHAIR_TEST_SCHEMATHESIS", "the `schemathesis` program")
    checks = "not_a_server_error,ignored_auth,status_code_conformance,response_schema_conformance"
    examples = os.environ.get("THIRDCHAIR_TEST_EXAMPLES", "15")
    config = tmp_path / "schemathesis.toml"
    config.write_text("", encoding="utf-8")
    _run(
        [
            *(schemathesis, "--config-file", str(config), "run", f"{served.address}/openapi.json"),
            *("--header", f"Authorization: Bearer {served.agreed}", "--checks", checks, "--seed=1"),
            *("--max-examples", examples, "--generation-database=none", "--phases=examples,coverage,fuzzing"),
        ],
        cwd=tmp_path,
    )


def _chosen(variable: str, what: str) -> str:
    return os.environ.get(variable) or pytest.skip(f"{variable} does not name {what}")


def _run(command: list[str], *, cwd: Path | None = None, **environment: str) -> str:
    ran = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"NO_PROXY": "127.0.0.1"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert ran.returncode == 0, f"{ran.stdout[-6000:]}{ran.stderr[-3000:]}"
    return ran.stdout
