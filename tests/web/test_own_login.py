"""An organisation's own login in a real browser, under the rules that pages are served with."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pytest_httpserver import HTTPServer
from tests.lib import web as running
from tests.web.people.test_organisation import Provider
from werkzeug import Request, Response

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]


def test_there_and_back_again(built_sample: Path, tmp_path: Path, httpserver: HTTPServer) -> None:
    provider = Provider(httpserver)

    def agreed(request: Request) -> Response:
        answer = urlencode({"code": "the code", "state": request.args["state"]})
        return Response(status=302, headers={"Location": f"{request.args['redirect_uri']}?{answer}"})

    httpserver.expect_request("/authorize").respond_with_handler(agreed)
    shutil.copytree(built_sample, tmp_path / "place", symlinks=True)
    own = {"URL": provider.url, "CLIENT_ID": "bygd", "SECRET": "s", "NAME": "Kommunen"}
    with (
        running.running(
            tmp_path / "place", "--worker", "none", **{f"BYGD_OIDC_{name}": value for name, value in own.items()}
        ) as web,
        running.browser() as chromium,
    ):
        page = chromium.new_page(locale="en")
        running.enter(page, web)
        page.goto(f"{page.url}people/invite")
        page.fill("[name=email]", "anna@example.org")
        page.check("[name=roles][value=reader]")
        page.locator("main button.main").click()
        page.wait_for_selector("code.secret")
        hers, said = chromium.new_context(locale="en").new_page(), list[str]()
        hers.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
        hers.goto(f"{web.address}/account/login/")
        hers.get_by_role("button", name="Sign in with Kommunen").click()
        hers.wait_for_url("**/p/*/")
        assert "anna@example.org" in hers.inner_text(".who")
        assert said == []
    httpserver.check_assertions()
