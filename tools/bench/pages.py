"""Pages as a browser asks for them: logged in by a cookie, one connection that stays open."""

import http.client
import re
import urllib.parse

from app.cli.demo import PASSWORD

LOGIN = "/dang-nhap"


class Browser:
    """Somebody's browser; without a cookie nobody is logged in."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = cookie

    def read(self, path: str) -> tuple[int, str]:
        """Status and text of the page."""
        return self._send("GET", path, None)

    def log_in(self, username: str) -> str:
        """Go through the form; returns the session's cookie."""
        _, page = self.read(LOGIN)
        token = re.search(r'name="csrf_token"[^>]*?value="([^"]+)"', page, re.DOTALL)
        form = {
            "csrf_token": token[1] if token else "",
            "username": username,
            "password": PASSWORD,
            "next": "",
        }
        status, _ = self._send("POST", LOGIN, urllib.parse.urlencode(form))
        if status != http.client.SEE_OTHER:
            raise RuntimeError(f"{username} cannot log in: {status}")
        return self.cookie

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        if given := response.getheader("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return response.status, response.read().decode()
