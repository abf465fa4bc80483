"""Who may enter a served app, and which addresses it may be served on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.cli.gate import Gate, Verdict, Visit, loopback
from keykata.core.errors import UsageError

TOKEN = "opensesame"
HOST = "127.0.0.1:8123"
ORIGIN = f"http://{HOST}"
GATE = Gate("127.0.0.1", 8123, TOKEN)


def test_the_printed_address_enters_and_leaves_the_token_behind() -> None:
    assert GATE.address == f"{ORIGIN}/?token={TOKEN}"
    assert GATE.judge(Visit([HOST], token=TOKEN, first=True)) is Verdict.TAKE_COOKIE
    assert GATE.judge(Visit([HOST], cookie=TOKEN, first=True)) is Verdict.ENTER


def test_only_the_first_page_is_answered_with_a_cookie() -> None:
    assert GATE.judge(Visit([HOST], token=TOKEN)) is Verdict.ENTER


@given(st.text(), st.none() | st.text())
def test_whoever_does_not_know_the_token_stays_outside(cookie: str, token: str | None) -> None:
    if TOKEN not in (cookie, token):
        assert GATE.judge(Visit([HOST], cookie=cookie, token=token)) is Verdict.NO_TOKEN


def test_an_old_token_in_the_address_does_not_shut_out_who_has_the_cookie() -> None:
    assert GATE.judge(Visit([HOST], cookie=TOKEN, token="of yesterday", first=True)) is Verdict.ENTER


@pytest.mark.parametrize(
    "hosts",
    [[], ["evil.example"], ["evil.example:8123"], ["127.0.0.1"], ["127.0.0.1:80"], [HOST, "evil.example"]],
)
@pytest.mark.parametrize("gate", [GATE, Gate("127.0.0.1", 8123, "")])
def test_another_name_that_leads_here_is_refused_even_with_the_token(gate: Gate, hosts: list[str]) -> None:
    assert gate.judge(Visit(hosts, cookie=TOKEN, token=TOKEN, first=True)) is Verdict.WRONG_HOST


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", f"https://{HOST}", "http://127.0.0.1"])
@pytest.mark.parametrize("gate", [GATE, Gate("127.0.0.1", 8123, "")])
def test_a_page_of_another_site_is_refused_even_with_the_token(gate: Gate, origin: str) -> None:
    assert gate.judge(Visit([HOST], [origin], cookie=TOKEN, token=TOKEN)) is Verdict.WRONG_ORIGIN


def test_the_own_page_may_ask_for_more() -> None:
    assert GATE.judge(Visit([HOST], [ORIGIN], cookie=TOKEN)) is Verdict.ENTER


def test_without_a_token_the_right_address_is_enough() -> None:
    gate = Gate("127.0.0.1", 8123, "")
    assert gate.address == f"{ORIGIN}/"
    assert gate.judge(Visit([HOST])) is Verdict.ENTER
    assert gate.judge(Visit([HOST], token="any", first=True)) is Verdict.ENTER


def test_two_servers_keep_their_cookies_apart() -> None:
    assert Gate("127.0.0.1", 1, "a").cookie_name != Gate("127.0.0.1", 2, "a").cookie_name


def test_addresses_are_written_as_browsers_send_them() -> None:
    assert Gate("::1", 8123, "").judge(Visit(["[::1]:8123"], ["http://[::1]:8123"])) is Verdict.ENTER
    assert Gate("localhost", 80, "").judge(Visit(["LocalHost"], ["http://localhost"])) is Verdict.ENTER


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", " LOCALHOST "])
def test_this_computer_may_be_served_to(host: str) -> None:
    assert loopback(host) == host.strip().lower()


@pytest.mark.parametrize("host", ["0:0:0:0:0:0:0:1", "::0001", "0000::1"])
def test_an_address_is_known_as_browsers_shorten_it(host: str) -> None:
    gate = Gate(loopback(host), 8123, "")
    assert gate.judge(Visit(["[::1]:8123"], ["http://[::1]:8123"])) is Verdict.ENTER


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.168.1.7", "example.org", "localhost.example", "127.0.0.1.nip.io"]
)
def test_nobody_else_may(host: str) -> None:
    with pytest.raises(UsageError, match="not a loopback address"):
        loopback(host)
