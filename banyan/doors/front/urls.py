"""The door's addresses. None ever holds a code, a word or a case: those travel in the bodies of posts."""

from django.urls import path

from banyan.doors.front import further, inside, letters, line, pages

app_name = "front"
urlpatterns = [
    path("", pages.first, name="first"),
    path("next/", pages.guide, {"topic": "next"}, name="next"),
    path("who/", pages.guide, {"topic": "who"}, name="who"),
    path("young/", pages.guide, {"topic": "young"}, name="young"),
    path("phone/", pages.guide, {"topic": "phone"}, name="phone"),
    path("read/<slug:address>/", further.further, name="further"),
    path("words/", pages.words, name="words"),
    path("line/<str:ticket>/", line.wait, name="line"),
    path("write/", pages.write, name="write"),
    path("sent/", pages.sent, name="sent"),
    path("back/", pages.back, name="back"),
    path("inside/", inside.inside, name="inside"),
    path("older/", inside.older, name="older"),
    path("check/", inside.check, name="check"),
    path("letters/", letters.letters, name="letters"),
    path("letter/", letters.letter, name="letter"),
    path("money/", letters.money, name="money"),
    path("agree/", inside.agree, name="agree"),
    path("agreed/", inside.agreed, name="agreed"),
    path("forget/", inside.forget, name="forget"),
    path("erase/", inside.erase, name="erase"),
]
