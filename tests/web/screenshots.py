"""Pictures of every page of the workbench over the sample place, to be looked at: three languages, two widths.

make screenshots            # into screenshots/
"""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.lib import web as running

from bygd.workbench import build, sample

LANGUAGES = ("sv", "nl", "en")
WIDTHS = {"wide": 1280, "phone": 320}


def main(out: Path) -> None:
    """Draw all pages into the folder, one file for each language, width and kind of page."""
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing) / "place"
        build.build(sample.write(folder))
        with running.running(folder) as web, running.browser() as browser:
            context = browser.new_context()
            running.enter(context.new_page(), web)
            state = context.storage_state()
            walked = running.walk(context, [f"{web.address}/"])
            context.close()
            for language in LANGUAGES:
                for name, width in WIDTHS.items():
                    shown = browser.new_context(
                        storage_state=state, viewport={"width": width, "height": 900}, locale=language
                    )
                    page, target = shown.new_page(), out / language / name
                    target.mkdir(parents=True)
                    for kind, address in sorted(walked.pages.items()):
                        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="load")
                        file = kind.strip("/").replace("/", "_").replace("*", "x") or "home"
                        page.screenshot(path=target / f"{file}.png", full_page=True)
                    shown.close()
            print(f"{len(walked.pages)} pages in {len(LANGUAGES)} languages and {len(WIDTHS)} widths: {out}")
            for line in walked.broken:
                print(f"leads nowhere: {line}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
