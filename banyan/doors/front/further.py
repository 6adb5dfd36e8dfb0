"""Further pages of guidance that the programme's pack has: short, and without a word of ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from banyan.language.frontage import Page, said_in
from banyan.language.pack import front_of_pack


def further(request: HttpRequest, address: str) -> HttpResponse:
    """One page of the programme's own."""
    language = get_language() or "en"
    page = page_at(address)
    if page is None:
        raise Http404
    said = {
        "page_title": said_in(page.title, language),
        "paragraphs": [said_in(p, language) for p in page.paragraphs],
    }
    return render(request, "front/further.html", said)


def page_at(address: str) -> Page | None:
    """The page that the pack has at an address."""
    return next((one for one in front_of_pack().pages if one.address == address), None)
