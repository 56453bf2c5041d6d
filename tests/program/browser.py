"""A real browser without a window, told what to do over WebDriver, in the words of a reader of pages.

Chromium and its driver are Debian's, which `./dev` installs for the tests. A test that needs them where they are not is skipped, loudly,
and never on CI.
"""

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from s3_server import free_port

STARTS_WITHIN = 60  # seconds
CAPABILITIES = {
    "browserName": "chrome",
    "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    "goog:chromeOptions": {
        "binary": shutil.which("chromium") or "",
        # Tests may run as root in a container, where Chromium's own sandbox cannot be set up; the pages are ours.
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run"],
    },
}


def missing_browser():
    """Ends the test that needs one."""
    assert os.environ.get("CI") != "true", "chromium or chromedriver is not there; ./dev installs them"
    pytest.skip("CHROMIUM IS NOT THERE: NOTHING IS KNOWN ABOUT THE REPORT IN A BROWSER")


class Browser:
    """One window; close it."""

    def __init__(self, log):
        driver = shutil.which("chromedriver")
        if not driver or not shutil.which("chromium"):
            missing_browser()
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        with open(log, "wb") as out:
            self.process = subprocess.Popen([driver, f"--port={port}"], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            self._wait()
            self.session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": CAPABILITIES}})["sessionId"]
        except BaseException:
            self.process.kill()
            raise

    def _wait(self):
        end = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                if self._call("GET", "/status")["ready"]:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            assert self.process.poll() is None and time.monotonic() < end, "chromedriver does not answer"
            time.sleep(0.05)

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=STARTS_WITHIN) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode(errors='replace')}") from error

    def _do(self, path, **body):
        return self._call("POST", f"/session/{self.session}{path}", body)

    def close(self):
        """Ends browser and driver."""
        try:
            self._call("DELETE", f"/session/{self.session}")
        finally:
            self.process.terminate()
            self.process.wait(10)

    def resize(self, width, height):
        """The page gets exactly this room, as on a screen of that size."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, file):
        """Shows a file."""
        self._do("/url", url=file.resolve().as_uri())

    def ask(self, script, *arguments):
        """What `script`, the body of a function, returns in the page."""
        return self._do("/execute/sync", script=script, args=list(arguments))

    def devtools(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self._do("/goog/cdp/execute", cmd=command, params=parameters)

    def without_scripts(self):
        """From the next page on no page runs scripts of its own."""
        self.devtools("Emulation.setScriptExecutionDisabled", value=True)

    def as_printed(self, printed=True):
        """Shows the page as on paper."""
        self.devtools("Emulation.setEmulatedMedia", media="print" if printed else "screen")

    def complaints(self):
        """What the console was told since the last time, as texts."""
        return [entry["message"] for entry in self._do("/se/log", type="browser")]

    def requests(self):
        """The addresses that were asked for since the last time."""
        events = (json.loads(entry["message"])["message"] for entry in self._do("/se/log", type="performance"))
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def screenshot(self, file, whole=True):
        """A picture of the whole page, or of what is in view, as PNG."""
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self):
        """The page as PDF on A4."""
        return base64.b64decode(self.devtools("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
