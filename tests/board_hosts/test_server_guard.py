"""Who may ask the board's server anything: every rule, and what is said to whom it keeps out."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from caseload_balancer.board_hosts.server.guard import Guard
from tests.board_hosts.askers import Asker

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
OWN = {"sec-fetch-site": "same-origin", "content-type": "application/json"}


async def hello(request):
    return PlainTextResponse("hello")


async def change(request):
    return JSONResponse({"took": len(await request.body())})


@pytest.fixture
def links():
    return []


@pytest.fixture
def guard(links):
    routes = [
        Route("/", hello),
        Route("/data", hello),
        Route("/events", hello),
        Route("/change", change, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), PORT, on_entered=links.append)


def browser(guard):
    return Asker(guard, ORIGIN)


@pytest.fixture
def stranger(guard):
    return browser(guard)


@pytest.fixture
def person(guard):
    client = browser(guard)
    assert client.get(guard.entrance).status_code == 303
    return client


def test_the_link_lets_in_by_a_cookie_and_leads_to_a_clean_address(guard, stranger):
    answer = stranger.get(guard.entrance)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"caseload_board_{PORT}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Domain" not in cookie
    assert stranger.get("/").text == "hello"


def test_key_and_cookie_have_256_bits_and_differ(guard, stranger):
    key = guard.entrance.removeprefix("/?key=")
    secret = re.search(r"=([^;]+)", stranger.get(guard.entrance).headers["set-cookie"])[1]
    assert len(key) == len(secret) == 43  # 32 bytes in base64
    assert key != secret


def test_a_link_works_once_and_then_there_is_another(guard, links, stranger):
    first = guard.entrance
    assert stranger.get(first).status_code == 303
    assert links == [guard.entrance]
    assert guard.entrance != first
    other = browser(guard)
    assert other.get(first).status_code == 403
    assert other.get(guard.entrance).status_code == 303


def test_who_is_in_already_may_follow_an_old_link(guard, person):
    entrance = guard.entrance
    assert person.get("/?key=anything").headers["location"] == "/"
    assert guard.entrance == entrance


@pytest.mark.parametrize(
    "path", ["/", "/data", "/events", "/no-such-path", "/?key=", "/?key=wrong"]
)
def test_without_the_cookie_nothing_is_answered(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "hello" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_the_key_is_for_opening_the_page_only(guard, stranger, method):
    assert stranger.request(method, guard.entrance).status_code == 403
    assert stranger.get(guard.entrance.replace("/?", "/data?")).status_code == 403


@pytest.mark.parametrize("cookie", [b"", b"x", "é".encode(), b'"', b"\xff"])
def test_a_wrong_cookie_is_none(stranger, cookie):
    headers = {"cookie": b"caseload_board_%d=%s" % (PORT, cookie)}
    assert stranger.get("/data", headers=headers).status_code == 403


def test_cookies_of_other_programs_do_not_matter(person):
    person.cookies.set("caseload_board_1", "other")
    person.cookies.set("[odd", "one;")
    assert person.get("/data").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"localhost:{PORT}", ""],
)
def test_a_foreign_host_is_refused_also_with_the_cookie(person, host):
    assert person.get("/data", headers={"host": host}).status_code == 400
    assert person.post("/change", headers={**OWN, "host": host}).status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "SAME-ORIGIN"])
def test_another_page_may_change_nothing(person, site):
    # Another port of this machine is the same site, and browsers send it the cookie.
    headers = {**OWN, "sec-fetch-site": site, "origin": ORIGIN}
    assert person.post("/change", headers=headers).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/", "/data", "/events"])
def test_another_page_may_read_nothing(person, site, path):
    assert person.get(path, headers={"sec-fetch-site": site}).status_code == 403


def test_a_link_in_another_page_may_open_the_page_and_nothing_else(person):
    # As the link in a terminal that is itself shown by a browser.
    headers = {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}
    assert person.get("/", headers=headers).status_code == 200
    assert person.get("/data", headers=headers).status_code == 403
    assert person.post("/change", headers={**OWN, **headers}).status_code == 403


def test_the_own_page_may_change(person):
    assert person.post("/change", headers=OWN).status_code == 200


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (ORIGIN, 200),
        (None, 403),
        ("null", 403),
        (f"http://localhost:{PORT}", 403),
        (f"https://127.0.0.1:{PORT}", 403),
        ("http://127.0.0.1", 403),
        (f"{ORIGIN}.evil.example", 403),
    ],
)
def test_a_browser_that_does_not_say_whose_page_asks_must_name_the_origin(person, origin, code):
    headers = {} if origin is None else {"origin": origin}
    assert person.post("/change", headers=headers).status_code == code


def test_what_is_too_long_is_refused_before_it_is_read(person):
    answer = person.post("/change", headers=OWN, content=b"x" * 1_000_001)
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "x"])
def test_an_odd_length_is_refused(person, length):
    assert person.get("/data", headers={"content-length": length}).status_code == 413


def test_every_answer_has_the_headers_and_none_lets_others_read(guard, stranger, person):
    for answer in (
        person.get("/"),
        person.get("/no-such-path"),
        person.get("/data", headers={"host": "evil.example"}),
        stranger.get("/data", headers={"origin": "https://evil.example"}),
        stranger.get(guard.entrance),
    ):
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]


def test_who_is_kept_out_is_told_how_to_get_in(stranger):
    assert "link that the program printed" in stranger.get("/").text


def test_asking_without_being_let_in_keeps_no_program_alive(guard, stranger, person):
    guard.asked_at = -1.0
    stranger.get("/data")
    assert guard.asked_at == -1.0
    person.get("/data")
    assert guard.asked_at > 0


def test_raw_cookie_header_with_many_values(guard, person):
    (secret,) = person.cookies.values()
    headers = {"cookie": f"a=b; caseload_board_{PORT}={secret}; c=d"}
    assert browser(guard).get("/data", headers=headers).status_code == 200
