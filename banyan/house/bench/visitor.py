"""A person's browser as far as a bench needs one: it asks, follows redirects and what a page embeds, and counts
bytes.
"""

import gzip
import http.client
import re
import secrets
import socket
from urllib.parse import urlencode, urljoin, urlsplit

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
EMBEDDED = re.compile(r'<(?:script|img|iframe|source|link)\b[^>]*(?:src|href)="([^"#]+)"')
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0"}
REDIRECTS = (301, 302, 303, 307, 308)


class Visitor:
    """One browser with one connection; `requests`, `received` (bytes, with headers) and `script` add up."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.origin = address.rstrip("/")
        self.host, self.port = str(parts.hostname), parts.port or 80
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        self.requests = self.received = self.script = 0

    def open(self, path: str, form: dict[str, str] | None = None) -> str:
        """A page and all that it embeds; its text."""
        text = self.ask(path, form)
        self.script += sum(map(len, SCRIPT.findall(text)))
        for address in EMBEDDED.findall(text):
            if not address.startswith("data:") and "alternate" not in address:
                self.script += len(self.ask(address)) if address.endswith(".js") else 0
        return text

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        """One answer, after redirects; its text. Raises `OSError` for an answer that is none."""
        status, headers, body = self._once(path, form)
        while status in REDIRECTS:
            path = urljoin(path, str(headers["Location"]))
            status, headers, body = self._once(path, None)
        if status not in (200, 203):  # what a browser shows as a page
            raise OSError(f"{path} answered {status}")
        packed = headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(body) if packed else body).decode("utf-8", "replace")

    def answer(
        self, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """One answer as it is: its status, headers and text."""
        status, headers, body = self._once(path, form)
        packed = headers.get("Content-Encoding") == "gzip"
        return status, headers, (gzip.decompress(body) if packed else body).decode("utf-8", "replace")

    def _once(self, path: str, form: dict[str, str] | None) -> tuple[int, http.client.HTTPMessage, bytes]:
        self.connection.request("POST" if form is not None else "GET", path, *self._sent(form))
        answer = self.connection.getresponse()
        body = answer.read()
        self.requests += 1
        self.received += len(body) + len(str(answer.headers).encode()) + len("HTTP/1.1 200 OK\r\n")
        return answer.status, answer.headers, body

    def _sent(self, form: dict[str, str] | None) -> tuple[str | None, dict[str, str]]:
        if form is None:
            return None, HEADERS
        typed = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return urlencode(form), HEADERS | typed

    def drop(self, path: str, form: dict[str, str]) -> None:
        """Send a form and let the line break before the answer."""
        body, headers = self._sent(form)
        lines = [f"POST {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body or '')}", "", body or ""]
        with socket.create_connection((self.host, self.port), timeout=120) as line:
            line.sendall("\r\n".join(lines).encode())

    def close(self) -> None:
        """Leave."""
        self.connection.close()


def hidden(page: str) -> dict[str, str]:
    """The hidden fields that a page's form carries."""
    return dict(HIDDEN.findall(page))


def letter(code: str, text: str, **more: str) -> dict[str, str]:
    """The form of a message as a browser sends it, with a nonce of its own."""
    return {"code": code, "nonce": secrets.token_hex(16), "message": text, "send": "1", **more}
