"""One insider with a desk of their own making: entries with any content, any time and any claimed parents."""

import secrets
from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from banyan.cases import acts, casework
from banyan.cases.folders import identity, kind_of, passage, support
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Acted, Answer, FindingIn, Halted, Moved, Part
from banyan.cases.folders.finding import Found
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.cases.visit import NoSuchLetter
from banyan.folders.entry import Entry, seal_entry
from banyan.folders.roster import Change, assent, place
from banyan.sealing.format import Record, write
from banyan.sealing.keys import Keys


def forge(
    way: Journey, who: str, folder: bytes, document: Record, after: Iterable[bytes] = (), time: int = 0
) -> bytes:
    """Write whatever one likes, dated back, having seen what one likes; its name. It reaches everybody."""
    desk = way.desk(who)
    history = desk.history(folder)
    assert history is not None
    epoch = history.current[0]
    entry = Entry(
        folder=folder, epoch=epoch.statement.epoch, roster=desk.roster.head[0], seq=secrets.randbelow(10**6),
        previous=None, time=time, after=tuple(after), kind=kind_of(history.kind, document), document=write(document),
    )  # fmt: skip
    data, name = seal_entry(desk.keys, epoch.seed, entry)
    desk.store.add([data], unsent=True)
    desk.take_in_folder(folder)
    way.carry()
    return name


def heads(way: Journey, who: str) -> tuple[bytes, ...]:
    history = way.desk(who).history(way.cover)
    assert history is not None
    return history.heads


def test_nobody_but_who_founded_the_cover_opens_the_case_however_they_date_it(whole):
    way = Journey(whole).identified()
    opening, mine = way.case("Ei").opening, Keys.generate().public
    assert opening is not None
    forge(way, "Ba", way.cover, replace(opening, person=mine))  # letters would be sealed to Ba
    for name in ("Aye", "Ba", "Ei"):
        assert way.case(name).opening == opening and not way.case(name).conflicts
    forge(way, "Aye", way.cover, replace(opening, person=mine))
    assert way.case("Ei").opening == opening and way.case("Ei").refused


def test_a_folder_of_the_case_is_named_by_who_sits_there_to_hold_it(whole):
    way = Journey(whole).identified()
    slot = way.desk("Gyi").slot(way.part("Gyi", "identity"))
    forge(
        way, "Gyi", way.cover, Part(kind="placement", slot=slot), heads(way, "Gyi")
    )  # to read who arrives when
    assert way.case("Aye").part("placement") is None and way.case("Aye").refused
    other = way.desk("Gyi").slot(way.desk("Gyi").found("identity", []))
    forge(way, "Gyi", way.cover, Part(kind="identity", slot=other), heads(way, "Gyi"))
    assert way.part("Ei", "identity") == slot.folder


def test_a_halt_is_not_stepped_around_by_entering_the_same_signatures_again(whole):
    way = Journey(whole).planned()
    kyi, aye, ba = (way.desk(name) for name in ("Kyi", "Aye", "Ba"))
    done = way.case("Kyi").standing("admit")
    state = way.state("Kyi", way.part("Kyi", "passage"), passage.Passage)
    assert done is not None
    casework.propose(kyi, way.cover, "go", (done.name, state.planned))
    whole.carry(kyi, aye)
    (waiting,) = way.case("Aye").waiting(aye.now)
    go = casework.second(aye, way.cover, waiting)
    halt = ba.write(way.cover, Halted(reason="danger"))  # at once: neither had seen the other
    way.carry()
    assert way.case("Kyi").standing("go") is None
    forge(
        way,
        "Kyi",
        way.cover,
        Acted(statement=go.statement, signatures=(go.signatures[0], go.signatures[1])),
        [halt],
    )
    for name in ("Kyi", "Aye", "Ba"):
        assert way.case(name).standing("go") is None
    way.signed("go", (done.name, state.planned), "Kyi", "Aye")  # who signs now knows of the halt
    assert way.case("Ba").standing("go") is not None


def test_two_who_sign_a_go_and_a_yes_by_hand_let_nobody_go_without_the_persons_own(whole):
    way = Journey(whole).admitted()
    kyi, aye, admitted = way.desk("Kyi"), way.desk("Aye"), way.case("Kyi").standing("admit")
    folder = casework.found_part(kyi, way.cover, "passage", [], passage.Begun(cover=way.cover))
    plan = kyi.write(folder, passage.SafetyPlan(first_step="Wait"))
    assert admitted is not None
    kyi.drop(kyi.slot(way.cover), "cover", Answer(nth=99, yes=True))  # nobody answers for the person
    casework.propose(kyi, way.cover, "go", (admitted.name, plan))
    way.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    both = Acted(
        statement=waiting.statement, signatures=(waiting.signature, acts.sign(aye.keys, waiting.statement))
    )
    for _ in range(2):
        name = aye.write(way.cover, both)
        way.carry()
        for who in ("Kyi", "Aye", "Ba"):
            assert way.case(who).says is None and way.case(who).standing("go") is None
            assert (name, "a way to which the person never said yes") in way.case(who).refused


def declined(way: Journey) -> tuple[bytes, bytes]:
    """Declined by two, and screened again: the entry of the act, and what came just before."""
    way.found_twice("eligible", "not_eligible")
    casework.propose(way.desk("Ei"), way.cover, "admit", way.rests("Ei"))
    way.carry()
    before = heads(way, "Gyi")[0]
    casework.propose(way.desk("Hla"), way.cover, "decline", way.rests("Hla"))
    way.carry()
    waiting = next(
        one for one in way.case("Gyi").waiting(way.desk("Gyi").now) if one.statement.act == "decline"
    )
    done = casework.second(way.desk("Gyi"), way.cover, waiting)
    casework.go_to(way.desk("Gyi"), way.cover, Stage.DECLINED, act=done)
    way.carry()
    casework.go_to(way.desk("Aye"), way.cover, Stage.SCREENING)
    way.carry()
    return done.name, before


def test_an_act_that_moved_a_case_once_moves_it_no_second_time(whole):
    way = Journey(whole)
    act, _ = declined(way)
    forge(way, "Gyi", way.cover, Moved(to=Stage.DECLINED, act=act), [act])
    for name in ("Aye", "Ei"):
        assert way.case(name).stage is Stage.SCREENING
    assert not way.case("Aye").findings


def test_what_rests_on_findings_of_before_does_not_admit_once_it_is_screened_again(whole):
    way = Journey(whole)
    _, before = declined(way)
    one = next(one for one in way.case("Gyi").proposals if one.statement.act == "admit")
    mine = acts.sign(whole.keys["Gyi"], one.statement)
    late = forge(
        way, "Gyi", way.cover, Acted(statement=one.statement, signatures=(one.signature, mine)), [before]
    )
    assert way.case("Aye").standing("admit") is None
    forge(way, "Gyi", way.cover, Moved(to=Stage.PASSAGE, act=late), heads(way, "Gyi"))
    assert way.case("Aye").stage is Stage.SCREENING


def test_two_findings_of_one_screener_are_not_the_two_findings(whole):
    way = Journey(whole).identified()
    root = heads(way, "Ei")
    for finding in (b"1" * 32, b"2" * 32):
        forge(way, "Ei", way.cover, FindingIn(folder=b"f" * 32, finding=finding), root)
    statement = acts.new_statement(
        programme=way.desk("Ei").roster.programme, act="admit", number=way.case("Ei").number,
        rests=(b"1" * 32, b"2" * 32), time=way.desk("Ei").now,
    )  # fmt: skip
    pair = acts.sign(whole.keys["Ei"], statement), acts.sign(whole.keys["Hla"], statement)
    forge(way, "Ei", way.cover, Acted(statement=statement, signatures=pair), heads(way, "Ei"))
    assert not way.case("Aye").done


def test_nobody_settles_a_case_where_an_act_was_halted(whole):
    way = Journey(whole).goes()
    go = way.case("Kyi").standing("go")
    assert go is not None
    casework.halt(way.desk("Ba"), way.cover, "danger")
    casework.go_to(way.desk("Ba"), way.cover, Stage.WAITING)
    way.carry()
    forge(way, "Kyi", way.cover, Moved(to=Stage.RECEPTION), [go.name])
    assert set(way.case("Aye").stages) == {Stage.WAITING, Stage.RECEPTION}  # both are shown
    forge(way, "Kyi", way.cover, Moved(to=Stage.RECEPTION), heads(way, "Kyi"))
    assert Stage.WAITING in way.case("Aye").stages
    casework.go_to(way.desk("Aye"), way.cover, Stage.WAITING)
    way.carry()
    assert way.case("Kyi").stage is Stage.WAITING


def test_a_move_by_a_seat_uses_up_no_act(whole):
    way = Journey(whole).planned()
    admitted = way.case("Kyi").standing("admit")
    assert admitted is not None
    way.desk("Kyi").write(way.cover, Moved(to=Stage.WAITING, act=admitted.name))
    assert way.case("Kyi").standing("admit") is not None


def test_a_closing_signed_by_two_is_not_undone_by_who_dates_a_move_back(whole):
    way = Journey(whole).housed()
    before = heads(way, "Mon")
    way.signed("close", (), "Aye", "Ba")
    casework.go_to(way.desk("Aye"), way.cover, Stage.CLOSED, act=way.case("Aye").standing("close"))
    way.carry()
    forge(way, "Mon", way.cover, Moved(to=Stage.REINTEGRATION), before)
    forge(way, "Mon", way.cover, Moved(to=Stage.REINTEGRATION), heads(way, "Mon"))
    assert way.case("Aye").stage is Stage.CLOSED


def test_a_second_approval_dated_back_does_not_have_money_handed_over_twice(whole):
    way = Journey(whole).supported()
    folder, (san, aye) = way.part("Oo", "support"), (whole.keys[name].id for name in ("San", "Aye"))
    entered = support.Entered(
        run=b"r" * 16, month="2026-03", lines=(support.Line(code="base", amount=1),), rules_currency="THB", due=1,
        currency="THB", rate="1", rate_source="-", rate_day="2026-03-02", payer=san,
    )  # fmt: skip
    payment = way.desk("Oo").write(folder, entered)
    way.carry()
    way.desk("Phyu").write(folder, support.Approved(payment=payment, payer=san))
    way.carry()
    way.desk("San").write(folder, support.Paid(payment=payment, word="river"))
    way.carry()
    forge(way, "Phyu", folder, support.Approved(payment=payment, payer=aye), [payment])
    found = way.state("Oo", folder, support.Support).payments[payment]
    assert found.state == "paid" and found.payer == san
    assert found.approved_by == whole.keys["Phyu"].id


def test_two_approvals_at_once_that_name_two_payers_let_nobody_pay(whole):
    way = Journey(whole).supported()
    folder, (san, aye) = way.part("Oo", "support"), (whole.keys[name].id for name in ("San", "Aye"))
    entered = support.Entered(
        run=b"r" * 16, month="2026-03", lines=(support.Line(code="base", amount=1),), rules_currency="THB", due=1,
        currency="THB", rate="1", rate_source="-", rate_day="2026-03-02", payer=san,
    )  # fmt: skip
    payment = way.desk("Oo").write(folder, entered)
    way.carry()
    for payer in (san, aye):
        forge(way, "Phyu", folder, support.Approved(payment=payment, payer=payer), [payment])
    assert way.state("San", folder, support.Support).payments[payment].payer is None


def test_who_founds_a_folder_of_the_case_cannot_answer_for_the_person(whole):
    way, mine = Journey(whole).housed(), Keys.generate()
    oo = way.desk("Oo")
    folder = oo.found("support", [way.member(name).keys for name in ("Phyu", "San")], hears=mine.public)
    oo.write(folder, support.Begun(cover=way.cover))
    oo.write(way.cover, Part(kind="support", slot=oo.slot(folder)))
    way.carry()
    assert way.desk("Phyu").history(folder) is not None
    for name in ("Oo", "Phyu", "San"):
        assert way.desk(name).state(folder, support.Support) is None


def test_what_a_folder_begins_with_is_its_founders(whole):
    way = Journey(whole).found_twice()
    folder = next(one.folder for who, one in way.case("Ei").findings.items() if who == whole.keys["Ei"].id)
    found = way.state("Hla", folder, Found)
    assert found.finding is not None
    forge(way, "Gyi", folder, replace(found.finding, verdict="not_eligible"))
    assert way.state("Hla", folder, Found) == found
    names = way.part("Ei", "identity")
    forge(way, "Gyi", names, identity.Begun(cover=b"x" * 32))
    assert way.state("Ei", names, identity.Identity).cover == way.cover


def removal(way: Journey, name: str) -> bytes:
    """The link of the roster by which two remove a member."""
    keys, roster, now = way.programme.keys, way.desk("Aye").roster, way.desk("Aye").now // 1000
    act = write(Change(what="remove", member=keys[name].id, seats=(), made=now, nonce=b"n" * 16))
    assents = (assent(keys["Chit"], roster.programme, act), assent(keys["Dway"], roster.programme, act))
    return place(keys["Chit"], index=1, previous=roster.head, time=now, act=act, assents=assents)


def test_a_removed_members_letter_is_shown_only_where_the_person_had_read_it(whole):
    way = Journey(whole).planned()
    kyi, link = way.desk("Kyi"), removal(way, "Kyi")
    casework.write_to_person(kyi, way.cover, "way", Letter(text="Come to the old mill alone"))
    way.carry()
    texts = [one.letter.text for one in way.visit().letters()]
    assert texts == ["Your name, please", "Ready?", "Come to the old mill alone"]
    whole.hub.add([link])
    assert [one.letter.text for one in way.visit().letters()] == ["Your name, please", "Ready?"]


def test_no_answer_is_sealed_to_who_was_removed(whole):
    way = Journey(whole).identified()
    (letter,) = way.visit().letters()
    assert letter.slot is not None
    whole.hub.add([removal(way, "Gyi")])
    (letter,) = way.visit().letters()
    assert letter.slot is None
    with pytest.raises(NoSuchLetter):
        way.visit().answer(
            b"n" * 16, letter.name, "identity", lambda nth: identity.Told(nth=nth, given="Min")
        )
    way.carry()
    way.carry()  # Ei's desk hears of it, and closes the folder; asked anew, they answer to Ei alone
    folder = way.part("Ei", "identity")
    casework.write_to_person(
        way.desk("Ei"), way.cover, "names", Letter(text="Again, please"), answer_to=folder
    )
    way.carry()
    assert way.visit().letters()[-1].slot is not None
