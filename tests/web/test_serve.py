"""`bygd reconcile serve` as people run it: a server of its own, asked over HTTP and looked at in a browser."""

import json
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import COMMAND, MARKUP, PIPES, ROWS, org_id, serving, words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a running service, and what it said when it started."""
    with serving(tmp_path_factory.mktemp("serve")) as served:
        yield served


def ask(address: str, form: dict[str, str] | None = None) -> Any:
    body = urlencode(form).encode() if form else None
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=120) as response:
        return json.load(response)


def test_it_says_what_it_serves_and_to_whom(server: tuple[str, list[str]]) -> None:
    said = "".join(server[1])
    assert f"{len(ROWS)} organisations of register. Persons and sole traders (1) are left out." in said
    assert "on this machine can look them up. Nothing of ledgers, payments and decisions is served." in said
    assert f"{server[0]}/reconcile" in said


def test_a_client_goes_by_the_manifest_alone(server: tuple[str, list[str]]) -> None:
    manifest = valid("0.2", "manifest", ask(f"{server[0]}/reconcile"))
    suggest = manifest["suggest"]["entity"]
    found = ask(f"{suggest['service_url']}{suggest['service_path']}?prefix=byggd")["result"][0]
    with urllib.request.urlopen(manifest["preview"]["url"].replace("{{id}}", quote(found["id"], safe=""))) as page:
        assert found["name"] in page.read().decode()


def test_many_ask_at_once_and_all_get_their_own_answer(server: tuple[str, list[str]]) -> None:
    names = [row["name"] for row in ROWS.values()]

    def first(name: str) -> str:
        answer = ask(f"{server[0]}/reconcile", {"queries": json.dumps({"q": {"query": name}})})
        return str(answer["q"]["result"][0]["name"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(first, names)) == names


def test_a_body_far_too_large_is_refused(server: tuple[str, list[str]]) -> None:
    with pytest.raises((urllib.error.HTTPError, urllib.error.URLError)) as error:
        ask(f"{server[0]}/reconcile", {"queries": "x" * (8 << 20)})
    if isinstance(error.value, urllib.error.HTTPError):
        assert error.value.code == 413
        error.value.close()
    assert ask(f"{server[0]}/reconcile")["versions"] == ["0.2"]


def run(*more: str, before: str = "") -> subprocess.CompletedProcess[str]:
    program, option, code = COMMAND
    return subprocess.run([program, option, before + code, *more], capture_output=True, text=True, timeout=300)


def test_serving_to_others_must_be_said(tmp_path: Path) -> None:
    result = run("-C", str(tmp_path), "reconcile", "serve", "--host", "0.0.0.0", "--port", "0", *words(tmp_path))
    assert result.returncode == 2 and "--address" in result.stderr and not result.stdout


def test_an_address_must_be_whole(tmp_path: Path) -> None:
    result = run("-C", str(tmp_path), "reconcile", "serve", "--address", "register.example.org", *words(tmp_path))
    assert result.returncode == 2 and "https://" in result.stderr


def test_a_port_that_is_taken_is_told(server: tuple[str, list[str]], tmp_path: Path) -> None:
    port = server[0].rpartition(":")[2]
    result = run("-C", str(tmp_path), "reconcile", "serve", "--port", port, *words(tmp_path))
    assert result.returncode == 2 and f"Port {port}" in result.stderr and "Traceback" not in result.stderr


FRAMED = """<!DOCTYPE html><html lang="en"><title>client</title><h1>client</h1>
<iframe title="preview" width="{width}" height="{height}" src="{url}"></iframe>"""


@pytest.fixture
def client_page(server: tuple[str, list[str]]) -> Iterator[Callable[[str], str]]:
    """What gives a page of its own server, as OpenRefine is, for a piece of HTML: its address."""
    html: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html[0])

        def log_message(self, *_: Any) -> None:
            pass

    def show(text: str) -> str:
        html[:] = [text.encode()]
        return f"http://127.0.0.1:{other.server_port}/"

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield show
        other.shutdown()
        thread.join()


@pytest.mark.parametrize("serial", [PIPES, MARKUP])
@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_the_preview_in_a_browser(
    server: tuple[str, list[str]], chromium: Any, client_page: Callable[[str], str], serial: int, language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    preview = ask(f"{server[0]}/reconcile")["preview"]
    size = {"width": preview["width"], "height": preview["height"]}
    url = preview["url"].replace("{{id}}", quote(org_id(serial), safe=""))
    page = chromium.new_page(viewport=size, extra_http_headers={"Accept-Language": language})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(url)
    assert page.inner_text("h1") == ROWS[serial]["name"]
    assert page.evaluate("document.documentElement.scrollWidth") <= preview["width"]
    assert page.evaluate("document.documentElement.scrollHeight") <= preview["height"], "it fits its frame"
    assert page.evaluate("getComputedStyle(document.querySelector('dl div')).display") == "grid", "the style came"
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    assert said == []
    page.goto(client_page(FRAMED.format(url=url, **size)))
    assert page.frame_locator("iframe").locator("h1").inner_text() == ROWS[serial]["name"]
    page.close()


ASK = """async ([address, name]) => {
  const conditions = [{matchType: "name", propertyValue: name}];
  const draft = await fetch(`${address}/reconcile/1.0-draft/match`, {
    method: "POST", headers: {"Content-Type": "application/json", "Accept-Language": "sv"},
    body: JSON.stringify({queries: [{conditions}]}),
  });
  const old = await fetch(`${address}/reconcile`, {
    method: "POST", body: new URLSearchParams({queries: JSON.stringify({q0: {query: name}})}),
  });
  const refused = await fetch(`${address}/reconcile/nix`);
  return [await draft.json(), await old.json(), refused.status, await refused.json()];
}"""


def test_a_page_of_another_site_may_ask(
    server: tuple[str, list[str]], chromium: Any, client_page: Callable[[str], str]
) -> None:
    page = chromium.new_page()
    page.goto(client_page("<!DOCTYPE html><title>test bench</title>"))
    draft, old, status, problem = page.evaluate(ASK, [server[0], ROWS[PIPES]["name"]])
    assert valid("1.0-draft", "results", draft)["results"][0]["candidates"][0]["id"] == org_id(PIPES)
    assert valid("0.2", "results", old)["q0"]["result"][0]["id"] == org_id(PIPES)
    assert status == valid("0.2", "problem", problem)["status"] == 404
    page.close()


@pytest.mark.parametrize("path", ["/", f"/reconcile/view?id={quote(org_id(PIPES))}", "/reconcile/view?id=x"])
@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_pages_on_a_narrow_screen(server: tuple[str, list[str]], chromium: Any, path: str, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": 320, "height": 600}, extra_http_headers={"Accept-Language": language})
    page.goto(server[0] + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.documentElement.lang") == language
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    page.close()


def test_help_imports_no_django() -> None:
    """So that it comes at once."""
    code = "import atexit, sys; atexit.register(lambda: print('django' in sys.modules)); "
    told = run("reconcile", "--help", before=code)
    assert told.returncode == 0 and told.stdout.startswith("Usage:") and told.stdout.endswith("\nFalse\n"), told.stdout
