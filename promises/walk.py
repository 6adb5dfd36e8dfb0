"""A person without script: opens pages, fills forms and presses buttons, by `requests` and the HTML alone."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests


@dataclass
class Form:
    """A form as it stands on a page: where it goes, its fields as they are filled, and its buttons."""

    action: str
    method: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    buttons: list["Button"] = field(default_factory=list)


@dataclass
class Button:
    """A button: its name and value, where it sends its form if elsewhere, and its words."""

    name: str
    value: str
    action: str
    words: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._name = ""
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        a = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = Form(a.get("action", ""), a.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append((a.get("href", ""), ""))
            self._open.append("a")
        elif self._form is not None:
            self._field(tag, a)
        if tag in ("button", "textarea", "style", "title"):
            self._open.append(tag)

    def _field(self, tag, a):
        form, name = self._form, a.get("name", "")
        if tag == "input" and a.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(a.get("value", "on"))
            if "checked" in a:
                ticked = [*_several(form.fields.get(name)), a.get("value", "on")]
                form.fields[name] = ticked if a["type"] == "checkbox" and len(ticked) > 1 else ticked[-1]
        elif tag == "input" and a.get("type") == "submit":
            form.buttons.append(Button(name, a.get("value", ""), a.get("formaction", ""), a.get("value", "")))
        elif tag == "input" and name:
            form.fields[name] = a.get("value", "")
            if a.get("type", "text") in ("text", "search", "password", "number"):
                form.texts.append(name)
        elif tag == "textarea":
            form.fields[name] = ""
            form.texts.append(name)
            self._name = name
        elif tag == "select":
            self._name = name
            form.choices.setdefault(name, [])
        elif tag == "option":
            form.choices.setdefault(self._name, []).append(a.get("value", ""))
            form.fields.setdefault(self._name, a.get("value", ""))  # a browser sends the first one
            if "selected" in a:
                form.fields[self._name] = a.get("value", "")
        elif tag == "button":
            form.buttons.append(Button(name, a.get("value", ""), a.get("formaction", "")))

    def handle_endtag(self, tag):
        if tag in self._open:
            self._open.remove(tag)
        if tag == "form":
            self._form = None

    def handle_data(self, data):
        if "style" in self._open:
            return
        self.text.append(data)
        if "textarea" in self._open and self._form is not None:
            self._form.fields[self._name] = (self._form.fields[self._name] + data).removeprefix("\n")
        elif "button" in self._open and self._form is not None:
            self._form.buttons[-1].words = (self._form.buttons[-1].words + data).strip()
        elif "a" in self._open and self.links:
            href, label = self.links[-1]
            self.links[-1] = (href, (label + data).strip())


class Walker:
    """A browser without script, at one page."""

    def __init__(self, address: str, **headers: str) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(headers)
        self.open(address)

    def open(self, address: str) -> "Walker":
        """Go to an address."""
        return self._arrived(self.session.get(address, timeout=30))

    def _arrived(self, answer: requests.Response) -> "Walker":
        self.answer, self.url = answer, answer.url
        reader = _Reader()
        reader.feed(answer.text)
        self.forms, self.links = reader.forms, reader.links
        self.text = " ".join(" ".join(reader.text).split())
        return self

    def follow(self, part: str) -> "Walker":
        """Follow the first link whose address or words hold `part`."""
        found = [href for href, label in self.links if part in href or part in label]
        assert found, f"no link with {part!r} among {self.links}"
        return self.open(urljoin(self.url, found[0]))

    @property
    def text_of_links(self) -> str:
        """The addresses of all links."""
        return " ".join(href for href, _label in self.links)

    def linked(self, pattern: str) -> str:
        """The first link whose address holds this pattern."""
        found = [href for href, _label in self.links if re.search(pattern, href)]
        assert found, f"no link with {pattern!r} among {self.links}"
        return found[0]

    def form(self, part: str = "") -> Form:
        """The first form whose action, buttons or fields hold `part`."""
        for form in self.forms:
            told = (" ".join(_told(one)) for one in form.buttons)
            places = [form.action, *form.fields, *form.choices, *told]
            if any(part in place for place in places):
                return form
        said = f"{self.answer.status_code} {self.text[:300]!r}"
        raise AssertionError(f"no form with {part!r} at {self.url}, which said {said}: {self.forms}")

    def send(self, part: str = "", button: str = "", **filled: str | list[str] | bytes) -> "Walker":
        """Fill the form with `part` and press it; `button` picks one by its name, value, words or address. Bytes are a
        file that was chosen.
        """
        form = self.form(part or button)
        unknown = set(filled) - set(form.fields) - set(form.choices)
        assert not unknown, f"no field {unknown} in {form}"
        files = {key: (f"{key}.jpg", value) for key, value in filled.items() if isinstance(value, bytes)}
        data = {**form.fields, **{key: value for key, value in filled.items() if key not in files}}
        pressed = next((one for one in form.buttons if not button or button in _told(one)), None)
        assert pressed or not button, f"no button {button!r} in {form}"
        if pressed and pressed.name:
            data[pressed.name] = pressed.value
        address = urljoin(self.url, (pressed and pressed.action) or form.action)
        if form.method == "get":
            return self._arrived(self.session.get(address, params=data, timeout=30))
        for name in files:
            data.pop(name, None)
        return self._arrived(self.session.post(address, data=data, files=files or None, timeout=60))


def _several(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _told(button: Button) -> tuple[str, str, str, str]:
    return button.name, button.value, button.action, button.words
