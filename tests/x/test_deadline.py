"""The overall deadline: nothing outlasts it, and each answer arrives in exactly one place."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue

import pytest

from bot.domain.publication import Live, Outcome, Unknown
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.x.deadline import within
from bot.x.publisher import XPublisher
from tests.x.conftest import TEXT, At, LocalX
from tests.x.servers import bare, json_answer

CREATED = json_answer(b'{"data": {"id": "7", "text": "a"}}')


@pytest.fixture
def go() -> Iterator[threading.Event]:
    """Lets a call go on that waits for it."""
    event = threading.Event()
    yield event
    event.set()


def waiting_for(go: threading.Event) -> Callable[[], str]:
    def call() -> str:
        go.wait(10)
        return "answer"

    return call


def never(answer: object) -> None:
    raise AssertionError(f"this came late: {answer}")


def test_an_answer_in_time_is_returned_and_is_not_late() -> None:
    assert within(5, lambda: "answer", overdue="overdue", late=never) == "answer"


def test_an_answer_after_the_deadline_goes_to_late_on_another_thread(go: threading.Event) -> None:
    late: SimpleQueue[tuple[str, int]] = SimpleQueue()

    def arrive(answer: str) -> None:
        late.put((answer, threading.get_ident()))

    assert within(0.01, waiting_for(go), overdue="overdue", late=arrive) == "overdue"
    go.set()
    answer, thread = late.get(timeout=10)
    assert (answer, thread != threading.get_ident()) == ("answer", True)


def test_answers_at_the_very_deadline_are_neither_lost_nor_doubled() -> None:
    seconds, calls = 0.001, 500
    late: SimpleQueue[int] = SimpleQueue()
    returned = set()
    for number in range(calls):
        until = time.monotonic() + seconds

        def call(until: float = until, number: int = number) -> int:
            while time.monotonic() < until:
                pass
            return number

        returned.add(within(seconds, call, overdue=-1, late=late.put))
    returned.discard(-1)
    arrived = [late.get(timeout=10) for _ in range(calls - len(returned))]
    assert sorted([*arrived, *returned]) == list(range(calls))
    assert late.empty()


def test_an_answer_that_beats_the_deadline_by_nothing_is_returned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wait: Callable[..., str] = Future.result
    too_late = iter([True])

    def result(future: "Future[str]", timeout: float | None = None) -> str:
        answer = wait(future, timeout)
        if next(too_late, False):
            raise TimeoutError  # the waiting has ended, and the answer is there
        return answer

    monkeypatch.setattr(Future, "result", result)
    assert within(5, lambda: "answer", overdue="overdue", late=never) == "answer"


def test_what_fails_with_a_late_answer_is_logged_without_its_words(
    caplog: pytest.LogCaptureFixture, go: threading.Event
) -> None:
    threads: SimpleQueue[threading.Thread] = SimpleQueue()

    def fail(_: str) -> None:
        threads.put(threading.current_thread())
        raise ValueError(TEXT)

    within(0.01, waiting_for(go), overdue="overdue", late=fail)
    go.set()
    threads.get(timeout=10).join(10)
    assert "ValueError" in caplog.text
    assert TEXT not in caplog.text


def test_a_drip_is_cut_at_the_deadline_and_ends_late_once(local_x: LocalX, at: At) -> None:
    local_x.turn(next=["drip"])
    late: SimpleQueue[Outcome] = SimpleQueue()
    began = time.monotonic()
    outcome = at(f"{local_x.address}/x", deadline_s=0.5).post(Outgoing(TEXT, None), late.put)
    assert time.monotonic() - began < 10  # the drip itself never ends
    assert isinstance(outcome, Unknown)
    assert late.empty()
    assert len(local_x.see("ledger")["tweets"]) == 1
    local_x.within(local_x.x.stop)
    assert isinstance(late.get(timeout=10), Unknown)
    assert late.empty()


def test_an_answer_that_drips_to_its_end_arrives_late_once(at: At) -> None:
    def drip(connection: socket.socket) -> None:
        for byte in range(len(CREATED)):
            connection.sendall(CREATED[byte : byte + 1])
            time.sleep(0.003)  # the pace of the drip, not a hope

    late: SimpleQueue[Outcome] = SimpleQueue()
    with bare(drip) as server:
        publisher = at(f"http://{server.host}", deadline_s=0.1)
        assert isinstance(publisher.post(Outgoing("a", None), late.put), Unknown)
        assert late.get(timeout=10) == Live("7", "a")
    assert late.empty()
    assert len(server.calls) == 1


def test_a_silent_answer_arrives_late_once(at: At, go: threading.Event) -> None:
    def answer(connection: socket.socket) -> None:
        go.wait(10)
        connection.sendall(CREATED)

    late: SimpleQueue[Outcome] = SimpleQueue()
    with bare(answer) as server:
        publisher = at(f"http://{server.host}", deadline_s=0.1, read_s=10.0)
        assert isinstance(publisher.post(Outgoing("a", None), late.put), Unknown)
        go.set()
        assert late.get(timeout=10) == Live("7", "a")
    assert late.empty()


@pytest.mark.parametrize(
    "ask", [XPublisher.identity, lambda x: x.timeline("0")], ids=["identity", "timeline"]
)
def test_a_question_ends_at_the_deadline_too(
    local_x: LocalX, at: At, ask: Callable[[XPublisher], object]
) -> None:
    local_x.turn(next=["drip"])
    with pytest.raises(AccountError) as caught:
        ask(at(f"{local_x.address}/x", deadline_s=0.3))
    assert not caught.value.permanent
