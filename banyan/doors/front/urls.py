"""The door's addresses. None ever holds a code, a word or a case: those travel in the bodies of posts. Where somebody
leaves an account or erases what they wrote the address does not say so: a phone remembers it.
"""

from django.urls import path

from banyan.doors.front import files, further, inside, letters, line, pages, testimony

app_name = "front"
urlpatterns = [
    path("", pages.first, name="first"),
    *(path(f"{topic}/", pages.guide, {"topic": topic}, name=topic) for topic in pages.GUIDES),
    path("read/<slug:address>/", further.further, name="further"),
    path("words/", pages.words, name="words"),
    path("line/<str:ticket>/", line.wait, name="line"),
    path("practise/", pages.practise, name="practise"),
    path("write/", pages.write, name="write"),
    path("sent/", pages.sent, name="sent"),
    path("back/", pages.back, name="back"),
    path("inside/", inside.inside, name="inside"),
    path("news/", inside.news, name="news"),
    path("more/", inside.more, name="more"),
    path("older/", inside.older, name="older"),
    path("check/", inside.check, name="check"),
    path("letters/", letters.letters, name="letters"),
    path("letter/", letters.letter, name="letter"),
    path("money/", letters.money, name="money"),
    path("file/", files.file, name="file"),
    path("apart/", testimony.testimony, name="testimony"),
    path("agree/", inside.agree, name="agree"),
    path("agreed/", inside.agreed, name="agreed"),
    path("withdraw/", inside.withdraw, name="withdraw"),
    path("part/", inside.forget, name="forget"),
    path("close/", inside.erase, name="erase"),
]
