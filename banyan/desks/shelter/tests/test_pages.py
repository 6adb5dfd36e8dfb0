"""The pages of Mon's desk through requests; beside each success what is refused, and who sees nothing."""

import re

from banyan.cases import casework
from banyan.cases.folders import house
from banyan.cases.stages import Stage
from banyan.desks.shelter import actions, lists
from banyan.desks.shelter.rules import Need
from banyan.desks.shelter.tests.conftest import slug, title
from banyan.folders.seats import Seat

HERON = {"label": "Heron", "region": "TH", "beds": "4", "step_free": "on", "open": "on", "words": ""}


def test_a_household_gets_a_bed_by_the_pages(yard):
    assert title(yard.get()) == "One thing waits for you" and "arrived and has no bed yet" in yard.get()
    assert title(yard.get("houses")) == "No bed is free"
    assert 'id="id_label-error"' in yard.post(
        "houses/new", **{**HERON, "label": ""}, keeper=yard.id("Mon").hex()
    )
    page = yard.post("houses/new", **HERON, keeper=yard.id("Nwe").hex())
    assert title(page) == "4 beds are free" and "Heron" in page
    yard.meet()
    (heron,) = yard.at.held("house")
    case = f"case/{yard.slug}"
    assert "Begin the placement" in yard.get(case)
    page = yard.post(f"{case}/do/begin")
    assert "has no bed yet" in title(page) and "Ask a house for beds" in page
    # what was typed is kept where it is refused
    page = yard.post(f"{case}/ask", shelter=heron.hex(), people="7")
    assert "This house has 4 free beds: too few." in page and 'value="7"' in page and "checked" in page
    assert yard.state(heron).requests == {}
    page = yard.post(f"{case}/ask", shelter=heron.hex(), people="3")
    assert "waits for a keeper" in title(page) and "Withdraw the request" in page
    assert "has not confirmed yet" in yard.post(f"{case}/here")
    assert "Do not promise one" in yard.post(f"{case}/letter", text="typed in vain", language="en")
    assert "typed in vain" in yard.post(f"{case}/letter", text="typed in vain", language="en")
    yard.meet()
    key = next(iter(yard.state(heron).requests)).hex()
    assert "Only the keeper" in yard.post(f"houses/{slug(heron)}/do/confirm", key=key)
    yard.sit("Nwe")
    assert title(yard.get()) == "One thing waits for you" and "you are its keeper" in yard.get()
    page = yard.get(f"houses/{slug(heron)}")
    assert yard.case().reference not in page and "Care for children" in page and "Mon" in page
    page = yard.post(f"houses/{slug(heron)}/do/confirm", key=key)
    assert title(page) == "Heron: 1 bed free" and "<svg" in page and "<table>" in page
    assert "does not wait any more" in yard.post(f"houses/{slug(heron)}/do/confirm", key=key)
    yard.meet()
    yard.sit("Mon")
    assert title(yard.get(case)) == f"Beds are ready for {yard.case().reference}"
    assert "on its way" in yard.post(f"{case}/letter", text="A bed is ready", language="en")
    page = yard.post(f"{case}/here")
    assert (
        title(page) == f"{yard.case().reference} lives in Heron" and "Nobody for all of the money" not in page
    )
    assert "On to reintegration" in page and yard.case().stage is Stage.SUPPORT
    assert "The case stands elsewhere" in yard.post(f"{case}/do/go-on", to="follow-up")
    assert "On to follow-up" in yard.post(f"{case}/do/go-on", to="reintegration")
    assert title(yard.get()) == "Nothing is due before tomorrow"
    assert 'id="id_why-error"' in yard.post(f"{case}/leave", yes="1")
    page = yard.post(f"{case}/leave", why="own_place")
    assert "lives in no house of ours" in title(page) and "Left for a place of their own" in page
    assert "live in no house now" in yard.post(f"{case}/leave", why="left")


def test_who_arrived_while_the_way_was_stopped_gets_a_bed_and_the_page_says_so(gate):
    way = gate.journey.goes()
    casework.go_to(gate.desk("Kyi"), gate.cover, Stage.RECEPTION)
    casework.halt(gate.desk("Aye"), gate.cover, "danger")  # neither had heard of the other
    way.carry()
    casework.give_seats(
        gate.desk("Kyi"), gate.cover, [(way.member(name), Seat.SHELTER) for name in ("Mon", "Nwe")]
    )
    way.carry()
    heron = gate.house()
    page = gate.get(f"case/{gate.slug}")
    assert "The way was stopped at once" in page and "They need a bed all the same" in page
    assert "has no bed yet" in title(gate.post(f"case/{gate.slug}/do/begin"))
    gate.asks(heron)
    gate.meet()
    actions.confirm(desk=gate.desk("Nwe"), folder=heron, key=next(iter(gate.state(heron, "Nwe").requests)))
    gate.meet()
    page = gate.post(f"case/{gate.slug}/here")
    assert gate.case().stage is Stage.SUPPORT and "The way was stopped at once" not in page


def test_the_wrong_member_finds_no_page_and_writes_nothing(yard):
    heron = yard.house()
    yard.begins()
    paths = [f"case/{yard.slug}{path}" for path in ("", "/ask", "/here", "/household", "/letter", "/leave")]
    paths += [f"houses/{slug(heron)}", f"houses/{slug(heron)}/change"]
    assert all(yard.client.get(f"/shelter/{path}").status_code == 200 for path in paths)
    before = len(yard.at.history(yard.cover).told)
    for name in ("Aye", "Kyi", "Ei", "Oo", "Chit"):
        yard.sit(name)
        assert title(yard.get()) == "Nothing is due before tomorrow" and "Heron" not in yard.get("houses")
        for path in paths:
            assert yard.client.get(f"/shelter/{path}").status_code == 404, (name, path)
        for path in ("do/begin", "do/withdraw", "do/go-on", "ask", "here", "leave", "letter", "household"):
            found = yard.client.post(f"/shelter/case/{yard.slug}/{path}", {"to": "follow-up", "key": "00"})
            assert found.status_code == 404, (name, path)
        for path in ("do/confirm", "do/share", "change"):
            assert yard.client.post(f"/shelter/houses/{slug(heron)}/{path}", {"key": "00"}).status_code == 404
    assert "Only members of shelter add" in yard.post("houses/new", **HERON, keeper=yard.id("Mon").hex())
    yard.sit("Mon")
    assert yard.client.post(f"/shelter/case/{yard.slug}/do/nothing").status_code == 404
    assert yard.client.get("/shelter/case/" + "0" * 16).status_code == 404
    yard.meet()
    assert len(yard.at.history(yard.cover).told) == before


def test_titles_hold_the_reference_alone_and_no_name_of_a_house(yard):
    heron = yard.house("Canary house")
    pages = [yard.get(path) for path in ("", "houses", f"houses/{slug(heron)}", f"case/{yard.slug}")]
    titles = [re.findall(r"<title>(.*?)</title>", page)[0] for page in pages]
    assert titles[2:] == ["A house", yard.case().reference]
    assert "Canary house" in pages[2] and not any("Canary" in one for one in titles)


def test_a_conflict_is_shown_on_both_desks_and_settled_by_one_button(yard):
    heron, owl = yard.house(), yard.house("Owl", keeper="Mon")
    yard.begins()
    one, other = yard.asks(heron), yard.asks(owl, "Nwe")
    yard.meet()
    yard.sit("Nwe")
    page = yard.get(f"case/{yard.slug}")
    assert "choose one" in title(page) and "Choose Heron" in page and "Choose Owl" in page
    page = yard.post(f"case/{yard.slug}/do/choose", key=other.hex())
    assert "Choose Heron" not in page and "Request withdrawn" in page
    assert yard.state(heron, "Nwe").state(one) == "freed"
    assert "nothing to choose" in yard.post(f"case/{yard.slug}/do/choose", key="zz")


def test_what_two_wrote_of_a_house_stands_twice_until_it_is_settled(yard):
    heron = yard.house()
    yard.at.write(heron, house.About(label="Stork", beds=5))
    yard.desk("Nwe").write(heron, house.About(label="Crane"))
    yard.meet()
    page = yard.get(f"houses/{slug(heron)}")
    assert "Stork" in page and "Crane" in page and "two answers" in page and "Settle it" in page
    assert "has two answers at once" in yard.get()
    page = yard.post(
        f"houses/{slug(heron)}/change", **{**HERON, "label": "Crane"}, keeper=yard.id("Nwe").hex()
    )
    assert "two answers" not in page and "Stork" not in page
    assert yard.state(heron).one("beds") == 4


def test_a_stage_that_two_set_at_once_is_chosen(yard):
    yard.begins()
    yard.settles(yard.house())
    yard.journey.carry()
    actions.go_on(desk=yard.at, cover=yard.cover, to="reintegration")
    for stage in (Stage.REINTEGRATION, Stage.FOLLOW_UP):
        casework.go_to(yard.desk("Aye"), yard.cover, stage)
    yard.journey.carry()
    assert "stands in two stages at once" in yard.get()
    page = yard.get(f"case/{yard.slug}")
    assert "Two set different stages at once" in page and "On to follow-up" not in page
    assert "stands elsewhere" in yard.post(f"case/{yard.slug}/do/go-on", to="support")
    page = yard.post(f"case/{yard.slug}/do/go-on", to="reintegration")
    assert "On to follow-up" in page and yard.case().stage is Stage.REINTEGRATION


def test_a_case_that_was_withdrawn_gives_its_beds_back(yard):
    heron = yard.house()
    yard.begins()
    yard.settles(heron)
    actions.go_on(desk=yard.at, cover=yard.cover, to="reintegration")
    casework.go_to(yard.desk("Aye"), yard.cover, Stage.WITHDRAWN)
    yard.journey.carry()
    page = yard.get(f"case/{yard.slug}")  # a withdrawal wins, and nothing is given any more
    assert "Withdrawn" in page and "On to follow-up" not in page
    assert "not in reception" in yard.post(f"case/{yard.slug}/ask", shelter=heron.hex(), people="1")
    assert [one for _, one in lists.today(yard.at).households] == [Need.ENDED]
    assert "so that others can have the beds" in page and "Free the beds" in yard.get()
    yard.post(f"case/{yard.slug}/leave", why="left")
    assert yard.state(heron).used == 0 and lists.today(yard.at).households == []


def test_something_unfinished_is_offered_and_a_case_that_left_says_so(yard):
    heron = yard.house()
    yard.begins()
    yard.settles(heron)
    actions.free_beds(desk=yard.desk("Nwe"), folder=heron, key=yard.household().lives[0].asked.key)
    yard.meet()
    assert "has something unfinished" in yard.get()
    assert [need for _, need in lists.today(yard.at).households] == [Need.HALF]
    key = yard.household().lives[0].asked.key.hex()
    page = yard.post(f"case/{yard.slug}/do/finish", key=key)
    assert "lives in no house of ours" in title(page)
    assert "finished already" in yard.post(f"case/{yard.slug}/do/finish", key=key)
    casework.give_seats(yard.desk("Nwe"), yard.cover, [], leave=[yard.id("Mon")])
    yard.meet()
    page = yard.get(f"case/{yard.slug}")
    assert "has left this desk" in title(page) and "Ask a house for beds" not in page
    page = yard.post(f"case/{yard.slug}/household", adults="1", children="7")
    assert "for shelter any more" in page and 'value="7"' in page
    assert yard.case("Nwe").one("children") == 1
